"""The command line: one file a command in `commands`, and what they share.

Importing this costs next to nothing; a command's module is imported when it is called.
"""


def main() -> None:
    """Run `troth` with the process's arguments and exit with its code."""
    from troth.cli.application import application

    application.main()

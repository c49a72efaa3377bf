"""Write docs/reference/cli.md from the commands themselves: `python tools/cli_reference.py`."""

from collections.abc import Iterator
from pathlib import Path

import click

from troth.cli.application import application, speak

TARGET = Path(__file__).parent.parent / "docs" / "reference" / "cli.md"
HEAD = """\
# The command line

This page is written by `python tools/cli_reference.py` from the commands' own help.

Results go to standard output; notes, progress and errors go to standard error. `--json` (and `--csv`
where it is offered) answers with ids and numbers that are the same in every language; an error is then a
JSON object on standard error: `{"error": {"code", "message", "hint", "allowed", "where"}}`. The options
`--workspace`, `--lang` and `--quiet` may stand before the command's name or after it.

| exit code | meaning |
| --- | --- |
| 0 | fine |
| 1 | findings (`doctor`), those at or above the gate (`check --fail-on`, `audit --fail-under`) |
| 2 | the call, the configuration or the blueprint is wrong |
| 3 | failure |
| 130 | interrupted |
| 141 | the reader of the output went away |

| environment | meaning |
| --- | --- |
| `TROTH_WORKSPACE` | the workspace's folder, where `--workspace` is not given |
| `TROTH_PSEUDONYM_KEY` | the key of the pseudonyms, where `--key-file` is not given |
| `TROTH_MEMORY`, `TROTH_THREADS` | how much memory (`4GB`) and how many threads the ledger may take |
| `TROTH_STORE` | the team's PostgreSQL, instead of `office.sqlite`: [serve](../how-to/serve.md) |
| `TROTH_URL` and others | [how the server is reached](../how-to/people-and-rights.md) |
| `TROTH_CHROMIUM` | the Chromium that audits use, where `--browser` is not given |
| `TROTH_READING_ENDPOINT`, `TROTH_READING_MODEL` | whom `troth train labels --ask` asks |
| `TROTH_READING_KEY` | its key, where it wants one |
| `TROTH_FASTEMBED_MODEL` | the model of `troth train --embed fastembed` |
| `TROTH_DEBUG` | `1`: an error shows its traceback |
| `LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG` | the language, where `--lang` is not given |
| `NO_COLOR`, `COLUMNS` | no colours; the width of the output where there is no terminal |
"""


def page() -> str:
    """The whole page."""
    speak("en")
    return "\n".join([HEAD, *_sections(application, None)])


def _sections(command: click.Command, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(
        command, info_name=command.name, parent=parent, terminal_width=80, max_content_width=80
    )
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if (part := command.get_command(context, name)) is not None:
                yield from _sections(part, context)


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page(), "utf-8")

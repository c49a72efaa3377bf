"""`troth` itself: the list of commands, the language, and how a call ends.

Exit codes: 0 fine, 1 findings at or above the gate, 2 the call or the configuration is wrong, 3 failure,
130 interrupted, 141 the reader of the output went away.
"""

import gettext
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any, cast

import click

from troth import __version__
from troth.cli.failure import report_failure
from troth.cli.invocation import Invocation
from troth.cli.parts import Group, Option
from troth.texts import LANGUAGES, LOCALE_DIRECTORY, language_from_environment, lazy, set_language

COMMANDS = (
    "init", "check", "import", "quarantine", "forget", "read", "train", "status", "summary", "trust",
    "explain", "moments", "outcome", "report", "serve", "audit", "sql", "schema", "person", "erasures",
    "retention", "backup", "restore", "account", "doctor", "demo",
)  # fmt: skip
"""In the order of the work, which is the order of the help."""

INTERRUPTED = 130
PIPE_BROKEN = 141


class Application(Group):
    """The group of all commands, each in its own module, imported when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command `name`, from its module in `commands`; that of `import` is `import_`."""
        if name not in COMMANDS:
            return None
        module = import_module(f"troth.cli.commands.{name}{'_' if iskeyword(name) else ''}")
        return cast("click.Command", module.command)

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - what a command returns: its exit code or None
        """Run the command; click itself would take a broken pipe for findings."""
        try:
            code = super().invoke(context)
            sys.stdout.flush()
        except BrokenPipeError:
            return _leave_broken_pipe()
        return code

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run one call and exit. Errors are printed; nothing but `SystemExit` leaves."""
        arguments = sys.argv[1:] if args is None else list(args)
        _open_streams()
        invocation = Invocation(json="--json" in arguments)
        speak(_language_asked_for(arguments) or language_from_environment())
        try:
            code = super().main(arguments, "troth", standalone_mode=False, obj=invocation)
        except click.exceptions.NoArgsIsHelpError as help_wanted:
            click.echo(help_wanted.format_message(), err=True)
            code = help_wanted.exit_code
        except click.Abort:
            code = INTERRUPTED
        except Exception as error:  # noqa: BLE001 - the end of the line: every error is told
            code = INTERRUPTED if _is_interruption(error) else report_failure(error, invocation)
        sys.exit(code)


def speak(language: str) -> None:
    """Make `language` the process's: for Troth's texts, and for click's, in gettext's default domain."""
    set_language(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("troth", LOCALE_DIRECTORY)
    gettext.textdomain("troth")


def _language_asked_for(arguments: list[str]) -> str | None:
    """The value of `--lang`, sought before parsing, because parsing may end in help or in an error."""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            wanted = value or next(iter(arguments[place + 1 :]), "")
            return wanted if wanted in LANGUAGES else None
    return None


def _is_interruption(error: Exception) -> bool:
    """Whether it is what DuckDB makes of Ctrl-C while a statement runs."""
    return type(error) is RuntimeError and str(error) == "Query interrupted"


def _leave_broken_pipe() -> int:
    """Point standard output at the null device, so that the interpreter's last flush stays quiet."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_BROKEN


def _open_streams() -> None:
    """Give a call that was started with its output closed (`>&-`) the null device to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
            setattr(sys, name, stream)


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"troth {__version__}")
        context.exit()


application = Application(
    "troth",
    help=lazy("Makes customer trust measurable: from raw records to a trust report."),
    params=[
        Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
            help=lazy("Show the version and exit."),
        )
    ],
)  # fmt: skip

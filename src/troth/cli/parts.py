"""What commands are declared with: click's decorators, with translated help and with the shared options.

click reads a text once, when a command is made; the classes here translate it each time it is read, so
that one process can speak three languages. Every command takes `--workspace`, `--lang` and `--quiet`, before
its name or after it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from troth.cli.invocation import Invocation
from troth.texts import LANGUAGES, Lazy, _, lazy

Function = TypeVar("Function", bound=Callable[..., Any])


class _Spoken:
    """A part of click whose texts are translated each time they are read."""

    _help: Lazy | str | None = None

    @property
    def help(self) -> str | None:
        """The help in the language in force."""
        return None if self._help is None else str(self._help)

    @help.setter  # noqa: A003 - click's name
    def help(self, text: Lazy | str | None) -> None:
        self._help = text


class Option(_Spoken, click.Option):
    """An option whose help follows the language, and whose numbers are called so in it."""

    def __init__(self, *arguments: Any, help: Lazy, **attributes: Any) -> None:  # noqa: A002, ANN401 - click's names
        super().__init__(*arguments, **attributes)
        self.help = help
        if isinstance(self.type, click.IntRange):
            self.type.name = cast("str", lazy("whole number"))
            self.metavar = "N"


class Argument(_Spoken, click.Argument):
    """An argument whose help follows the language."""

    def __init__(self, *arguments: Any, help: Lazy, **attributes: Any) -> None:  # noqa: A002, ANN401 - click's names
        super().__init__(*arguments, **attributes)
        self.help = help


class Command(_Spoken, click.Command):
    """A command whose help follows the language; it also takes the shared options."""

    def __init__(self, name: str, help: Lazy, **attributes: Any) -> None:  # noqa: A002, ANN401 - click's names
        super().__init__(name, add_help_option=False, **attributes)
        self.help = help
        self.params.extend(shared_options())


class Group(Command, click.Group):
    """A command of commands."""

    command_class = Command


def declare(name: str, help: Lazy, **attributes: Any) -> Callable[[Function], Command]:  # noqa: A002, ANN401 - click's names
    """Make a command of a function; its first paragraph of `help` is what the list of commands shows."""
    return click.command(name, cls=Command, help=help, **attributes)


def declare_in(group: Group, name: str, help: Lazy) -> Callable[[Function], Command]:  # noqa: A002 - click's name
    """The same for a command of `group`."""

    def register(function: Function) -> Command:
        made = declare(name, help)(function)
        group.add_command(made)
        return made

    return register


def option(*declarations: str, help: Lazy, **attributes: Any) -> Callable[[Function], Function]:  # noqa: A002, ANN401
    """Give a command an option."""
    return click.option(*declarations, cls=Option, help=help, **attributes)


def argument(name: str, help: Lazy, **attributes: Any) -> Callable[[Function], Function]:  # noqa: A002, ANN401
    """Give a command an argument."""
    return click.argument(name, cls=Argument, help=help, **attributes)


def shared_options() -> list[click.Parameter]:
    """`--workspace`, `--lang`, `--quiet` and `--help`: a command does not see them.

    They set the invocation. click's own `--help` would keep the language in which it was made.
    """
    return [
        Option(
            ["-C", "--workspace"], type=click.Path(path_type=Path), metavar="DIR",
            expose_value=False, callback=_set_folder,
            help=lazy("Folder of the workspace; else TROTH_WORKSPACE of the environment, else here."),
        ),
        Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False,
            help=lazy("Language of the texts; else that of the environment."),
        ),
        Option(
            ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_set_quiet,
            help=lazy("No notes and no progress on standard error."),
        ),
        Option(
            ["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
            help=lazy("Show this message and exit."),
        ),
    ]  # fmt: skip


def json_option(function: Function) -> Function:
    """Give a reading command `--json`; `invocation.json` says whether it was given."""
    return option(
        "--json", is_flag=True, expose_value=False, callback=_set_json,
        help=lazy("Answer in JSON: ids and numbers, the same in every language."),
    )(function)  # fmt: skip


at_option = option(
    "--at", metavar="TIME",
    help=lazy(
        "Read out at this time: a date (its end, in UTC), a time, or now. "
        "Default: the newest moment in the data."
    ),
)  # fmt: skip


def _invocation(context: click.Context) -> Invocation:
    return cast("Invocation", context.obj)


def _show_help(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(context.get_help())
        context.exit()


def _set_folder(context: click.Context, _parameter: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        _invocation(context).folder = folder


def _set_quiet(context: click.Context, _parameter: click.Parameter, quiet: bool) -> None:
    _invocation(context).quiet |= quiet


def _set_json(context: click.Context, _parameter: click.Parameter, json: bool) -> None:
    _invocation(context).json |= json


key_file_option = option(
    "--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=lazy("File with the pseudonyms' key; else TROTH_PSEUDONYM_KEY of the environment."),
)  # fmt: skip


def pseudonym_key(key_file: Path | None) -> bytes | None:
    """The key of the pseudonyms: of the file, else of the environment, else None."""
    if key_file is not None:
        return key_file.read_bytes().strip()
    return os.environ.get("TROTH_PSEUDONYM_KEY", "").encode() or None


def names(_context: click.Context, _parameter: click.Parameter, text: str) -> list[str]:
    """The value of an option that lists names with commas between them."""
    return [name for part in text.split(",") if (name := part.strip())]


def pairs(context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, list[str]]:
    """The value of a repeatable `NAME=VALUE`: the values by name."""
    found: dict[str, list[str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not (name and sign):
            raise click.BadParameter(_("%(text)r is not NAME=VALUE.") % {"text": text}, context, parameter)
        found.setdefault(name.strip(), []).append(value.strip())
    return found

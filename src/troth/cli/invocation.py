"""One call of the command line: what it was told before any command runs, and where it may speak.

Standard output carries results only; notes, progress and errors go to standard error.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from troth.cli.visible import visible
from troth.texts import _

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console, RenderableType

    from troth.intake.progress import Progress
    from troth.workspace import Workspace


WIDTH = 80
"""How wide output is where there is no terminal and COLUMNS says nothing sensible."""


def _folder_of_the_environment() -> Path:
    return Path(os.environ.get("TROTH_WORKSPACE") or ".")


@dataclass(slots=True)
class Invocation:
    """The shared options and the streams. `json`: the answer is for a machine; `quiet`: no notes."""

    folder: Path = field(default_factory=_folder_of_the_environment)
    json: bool = False
    quiet: bool = False

    def workspace(self) -> Workspace:
        """The workspace that was asked for; a context manager. While a server has it open, through that."""
        from troth.workspace import Workspace
        from troth.workspace.presence import announcement

        if (found := announcement(self.folder)) is not None:
            from troth.workspace.remote import Remote

            if (remote := Remote.reach(self.folder, found)) is not None:
                return remote
        return Workspace.open(self.folder, watch=self.watch)

    def watch(self) -> AbstractContextManager[Progress | None]:
        """A bar while the ledger is rebuilt."""
        from troth.cli.progress import bar

        return bar(self, _("ledger"))

    def console(self, *, stderr: bool = False) -> Console:
        """A console on standard output or error. Without a terminal it is as wide as COLUMNS says, or 80."""
        from troth.cli.console import Terminal

        stream = sys.stderr if stderr else sys.stdout
        columns = os.environ.get("COLUMNS", "")
        wide = int(columns) if columns.isdecimal() else 0
        width = None if stream.isatty() else wide or WIDTH
        return Terminal(stderr=stderr, width=width, highlight=False, emoji=False, markup=False)

    def show(self, *parts: RenderableType) -> None:
        """Print for a person, on standard output."""
        console = self.console()
        for part in parts:
            console.print(part)

    def note(self, text: str) -> None:
        """Say something in passing, on standard error; not with `--quiet`."""
        if not self.quiet:
            click.echo(visible(text), err=True)

    def emit(self, answer: object) -> None:
        """Print an answer for a machine: one JSON document, times in ISO 8601 and UTC."""
        click.echo(json.dumps(answer, default=_plain, ensure_ascii=False, indent=2, allow_nan=False))


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON's own hook is typed so
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)

"""`troth backup`: one file with everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.store.backup import Backup


@declare(
    "backup",
    lazy(
        "Write a backup of the workspace into one ZIP file.\n\n"
        "It holds the ledger, the office and the blueprint as they are at this moment. Without FILE it is "
        "named after the time. While a server has the workspace open, the server writes it and goes on."
    ),
)
@argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), help=lazy("Where to."))
@json_option
@click.pass_obj
def command(invocation: Invocation, file: Path | None) -> None:
    """Take it and say what is in it."""
    target = file or Path(f"troth-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.zip")
    about = _taken(invocation, target)
    if invocation.json:
        invocation.emit({"file": str(target), "bytes": target.stat().st_size, **asdict(about)})
    else:
        click.echo(_("Wrote %(path)s.") % {"path": target})


def _taken(invocation: Invocation, target: Path) -> Backup:
    """Write it, or let the server that has the workspace open do so."""
    from troth.store.backup import inspect
    from troth.workspace.keeping import back_up
    from troth.workspace.presence import announcement
    from troth.workspace.remote import backed_up

    found = announcement(invocation.folder)
    if found is not None and backed_up(found, target):
        return inspect(target)
    return back_up(invocation.folder, target)

"""`troth backup`: one file with everything."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option
from troth.texts import _, lazy


@declare(
    "backup",
    lazy(
        "Write a backup of the workspace into one ZIP file.\n\n"
        "It holds the ledger, the office and the blueprint as they are at this moment. Without FILE it is "
        "named after the time."
    ),
)
@argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), help=lazy("Where to."))
@json_option
@click.pass_obj
def command(invocation: Invocation, file: Path | None) -> None:
    """Take it and say what is in it."""
    from troth.workspace.keeping import back_up

    target = file or Path(f"troth-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.zip")
    about = back_up(invocation.folder, target)
    if invocation.json:
        invocation.emit({"file": str(target), "bytes": target.stat().st_size, **asdict(about)})
    else:
        click.echo(_("Wrote %(path)s.") % {"path": target})

"""`troth restore`: a workspace as a backup has it."""

from dataclasses import asdict
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option, option
from troth.texts import _, lazy


@declare(
    "restore",
    lazy(
        "Bring a backup back into the workspace's folder.\n\n"
        "The folder (-C) must hold neither ledger nor blueprint; it is made when it is not there. Everything "
        "in the file is checked before anything is written. Whoever was erased after the backup was taken is "
        "erased again, by the list erasures.jsonl that is still in the folder or that --erasures names."
    ),
)
@argument("file", type=click.Path(dir_okay=False, path_type=Path), help=lazy("A file of `troth backup`."))
@option("--dry-run", is_flag=True, help=lazy("Only check the file and say what is in it."))
@option(
    "--erasures", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="LIST",
    help=lazy("The newest erasures.jsonl, from another copy of the workspace."),
)  # fmt: skip
@json_option
@click.pass_obj
def command(invocation: Invocation, file: Path, dry_run: bool, erasures: Path | None) -> None:
    """Check and bring back."""
    from troth.store.backup import inspect
    from troth.workspace.keeping import bring_back

    about = inspect(file) if dry_run else bring_back(file, invocation.folder, erasures)
    if invocation.json:
        invocation.emit(asdict(about))
    elif dry_run:
        click.echo(_("The backup is whole: %(files)d files.") % {"files": len(about.digests)})
    else:
        click.echo(_("Restored into %(folder)s.") % {"folder": invocation.folder.resolve()})

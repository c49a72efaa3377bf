"""`troth restore`: a workspace as a backup has it."""

from dataclasses import asdict
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option, option
from troth.errors import UsageError
from troth.texts import _, lazy, ngettext


@declare(
    "restore",
    lazy(
        "Bring a backup back into the workspace's folder.\n\n"
        "The folder (-C) must hold neither ledger nor blueprint; it is made when it is not there. Everything "
        "in the file is checked before anything is written. Whoever was erased after the backup was taken is "
        "erased again, by the list erasures.jsonl that is still in the folder or that --erasures names; that "
        "is asked first, and without any list there is a warning."
    ),
)
@argument("file", type=click.Path(dir_okay=False, path_type=Path), help=lazy("A file of `troth backup`."))
@option("--dry-run", is_flag=True, help=lazy("Only check the file and say what is in it."))
@option(
    "--erasures", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="LIST",
    help=lazy("The newest erasures.jsonl, from another copy of the workspace."),
)  # fmt: skip
@option("--yes", is_flag=True, help=lazy("Do not ask."))
@json_option
@click.pass_obj
def command(invocation: Invocation, file: Path, dry_run: bool, erasures: Path | None, yes: bool) -> None:
    """Check, warn and bring back."""
    from troth.store.backup import inspect
    from troth.workspace.keeping import bring_back, erased_since

    _warn(invocation, erased_since(file, invocation.folder, erasures), ask=not (yes or dry_run))
    about = inspect(file) if dry_run else bring_back(file, invocation.folder, erasures)
    if invocation.json:
        invocation.emit(asdict(about))
    elif dry_run:
        click.echo(_("The backup is whole: %(files)d files.") % {"files": len(about.digests)})
    else:
        click.echo(_("Restored into %(folder)s.") % {"folder": invocation.folder.resolve()})


def _warn(invocation: Invocation, erased: int | None, *, ask: bool) -> None:
    """Say what becomes of people who were erased after the backup was taken.

    Raises:
        UsageError: `unconfirmed`: it is to be asked, and nobody is there to answer.
    """
    from troth.cli.importing import is_interactive

    if erased is None:
        invocation.note(
            _(
                "Nothing here says whom you have erased since this backup was taken: they would come back. "
                "Name the newest erasures.jsonl with --erasures."
            )
        )
    elif erased:
        said = ngettext(
            "The backup is older than %(n)d erasure: whom it names is erased again.",
            "The backup is older than %(n)d erasures: whom they name is erased again.",
            erased,
        ) % {"n": erased}
        if ask and not is_interactive():
            raise UsageError("unconfirmed", said, _("Say --yes to do it."))
        invocation.note(said)
        if ask:
            click.confirm(_("Restore it?"), abort=True, err=True)

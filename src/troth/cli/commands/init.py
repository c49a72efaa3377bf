"""`troth init`: a new workspace."""

from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, option
from troth.texts import _, lazy

STARTERS = ("shop", "insurer", "bank")


@declare("init", lazy("Start a workspace: a folder with a commented blueprint."))
@argument("starter", type=click.Choice(STARTERS), help=lazy("The journey to start from."))
@argument(
    "folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]",
    help=lazy("Where; made when it is not there. Default: the workspace's folder."),
)  # fmt: skip
@option("--dry-run", is_flag=True, help=lazy("Only say what would be written."))
@click.pass_obj
def command(invocation: Invocation, starter: str, folder: Path | None, dry_run: bool) -> None:
    """Write the starter's blueprint, unless there is one."""
    from troth.workspace import Workspace

    place = folder or invocation.folder
    path = Workspace.create(place, starter, dry_run=dry_run)
    said = _("Would write %(path)s.") if dry_run else _("Wrote %(path)s.")
    click.echo(said % {"path": path})
    invocation.note(
        _("Next: say in it what your exports look like, then `troth check` and `troth import KIND=FILE`.")
    )

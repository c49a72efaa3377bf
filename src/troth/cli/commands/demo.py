"""`troth demo`: a shop with a known truth, from its exports to the report."""

from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, option
from troth.errors import UsageError
from troth.texts import _, lazy, number

EXPORTS = "exports"


@declare(
    "demo",
    lazy(
        "Make a demo shop: exports, import, summary, report.\n\n"
        "Simulates a shop's customers, writes what its systems would export, imports that into a new "
        "workspace from the starter shop, prints the summary and writes report.html. What was planted is "
        "in exports/truth.json. The same seed and size give the same shop."
    ),
)
@argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"), metavar="[DIR]",
    help=lazy("Where; a demo shop that is there is replaced, anything else is left alone. Default: demo."),
)  # fmt: skip
@option(
    "--customers", type=click.IntRange(50, 1_000_000), default=5000, show_default=True,
    help=lazy("How many customers the shop has."),
)  # fmt: skip
@option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help=lazy("The seed of the simulation."),
)
@option("--dry-run", is_flag=True, help=lazy("Only say what would be written."))
@click.pass_obj
def command(invocation: Invocation, folder: Path, customers: int, seed: int, dry_run: bool) -> None:
    """Generate, import, sum up, report."""
    from troth import demo
    from troth.cli.importing import import_all
    from troth.cli.views.summary import show_summary
    from troth.store import FILE_NAME
    from troth.workspace import BLUEPRINT_NAME, REPORT_NAME, Workspace

    _check_free(folder)
    if dry_run:
        click.echo(_("Would write a workspace, its exports and its report to %(path)s.") % {"path": folder})
        return
    invocation.note(_("Simulating %(n)s customers …") % {"n": number(customers)})
    truth = demo.generate(folder / EXPORTS, customers=customers, seed=seed)
    for name in (BLUEPRINT_NAME, FILE_NAME, REPORT_NAME):
        (folder / name).unlink(missing_ok=True)
    Workspace.create(folder, "shop")
    with Workspace.open(folder, watch=invocation.watch) as workspace:
        import_all(
            invocation,
            workspace,
            [(kind, str(folder / EXPORTS / name)) for kind, name in truth.files.items()],
        )
        show_summary(invocation.console(), workspace.summary(), workspace.blueprint)
        report = workspace.report()
    invocation.note(_("Wrote %(path)s.") % {"path": report})


def _check_free(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / EXPORTS / "truth.json").is_file():
        raise UsageError(
            "folder-taken",
            _("There is something else in this folder."),
            _("Name a new one: `troth demo DIR`."),
            where=str(folder),
        )

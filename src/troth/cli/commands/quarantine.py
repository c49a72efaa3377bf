"""`troth quarantine`: the rows that could not be used."""

import sys
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import Group, declare_in, json_option, option
from troth.texts import _, lazy

kind_option = option("--kind", metavar="KIND", help=lazy("Only rows of this record kind."))

command = Group(
    "quarantine",
    help=lazy(
        "Rows that could not be used: list, export, replay.\n\n"
        "Nothing is dropped in silence: such a row is kept as it came, with the reason. Mend the blueprint, "
        "then replay; or mend the export, and import it again."
    ),
)


@declare_in(command, "list", lazy("List the rows, or how many there are for each reason."))
@kind_option
@option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help=lazy("At most so many rows.")
)
@json_option
@click.pass_obj
def list_(invocation: Invocation, kind: str | None, limit: int) -> None:
    """Print counts by reason, then the first rows."""
    with invocation.workspace() as workspace:
        rows = list(workspace.quarantined(kind))
        if invocation.json:
            invocation.emit({"total": len(rows), "rows": rows[:limit]})
            return
        from troth.cli.views.quarantine import show_quarantine

        show_quarantine(invocation.console(), rows, limit)


@declare_in(command, "export", lazy("Write the rows as they came to a CSV file, with reason and place."))
@kind_option
@option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Where to. Default: standard output."),
)  # fmt: skip
@option("--dry-run", is_flag=True, help=lazy("Only say what would be written."))
@click.pass_obj
def export(invocation: Invocation, kind: str | None, output: Path | None, dry_run: bool) -> None:
    """Write them."""
    with invocation.workspace() as workspace:
        if dry_run:
            count = sum(1 for _row in workspace.quarantined(kind))
            click.echo(_("Would write %(n)d rows to %(path)s.") % {"n": count, "path": output or "-"})
            return
        from troth.cli.views.quarantine import write_rows

        if output is None:
            write_rows(sys.stdout, workspace.quarantined(kind))
            return
        with output.open("w", encoding="utf-8", newline="") as file:
            count = write_rows(file, workspace.quarantined(kind))
    invocation.note(_("Wrote %(n)d rows to %(path)s.") % {"n": count, "path": output})


@declare_in(command, "replay", lazy("Read the rows anew, after the blueprint was mended."))
@kind_option
@option("--dry-run", is_flag=True, help=lazy("Only count; keep nothing."))
@json_option
@click.pass_obj
def replay(invocation: Invocation, kind: str | None, dry_run: bool) -> None:
    """Replay and print what came of it."""
    from troth.cli.views.imports import as_json, show_imports

    with invocation.workspace() as workspace:
        summaries = workspace.replay(kind, dry_run=dry_run)
        if invocation.json:
            invocation.emit(as_json(summaries, dry_run=dry_run))
        elif summaries:
            show_imports(invocation.console(), summaries, dry_run=dry_run)
        else:
            invocation.note(_("Nothing to replay."))

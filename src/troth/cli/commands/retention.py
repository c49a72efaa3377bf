"""`troth retention`: remove records that are past their time."""

import click

from troth.cli.alone import actor, alone
from troth.cli.invocation import Invocation
from troth.cli.parts import declare, json_option, option
from troth.texts import _, lazy


@declare(
    "retention",
    lazy(
        "Remove the records that are past their time.\n\n"
        "Those that are older than their kind's `keep` in the blueprint, and all that was derived from them. "
        "A running server does this every day by itself."
    ),
)
@option("--dry-run", is_flag=True, help=lazy("Only say what would be removed."))
@json_option
@click.pass_obj
def command(invocation: Invocation, dry_run: bool) -> None:
    """Remove and print how many."""
    from troth.cli.views.privacy import show_counts
    from troth.workspace.privacy import retain

    with alone(invocation) as host:
        limited = [name for name, kind in host.blueprint.records.items() if kind.keep is not None]
        counts = retain(host, actor=actor(), dry_run=dry_run) if limited else {}
    if invocation.json:
        invocation.emit({"dry_run": dry_run, "limited": limited, "counts": counts})
    elif not limited:
        click.echo(_("No record kind has a `keep` in the blueprint: everything is kept."))
    else:
        show_counts(invocation.console(), counts)
        if dry_run:
            click.echo(_("Nothing was removed: this was a dry run."))

"""`troth moments`: the critical moments, costliest first."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import at_option, declare, json_option, option
from troth.texts import lazy


@declare(
    "moments",
    lazy(
        "The critical moments, costliest first.\n\n"
        "Where bad experiences cost trust: what the company index would gain without them, with the "
        "interval, the customers touched, and whether it creeps (frictions) or breaks. Below, what is not "
        "known well enough."
    ),
)
@at_option
@option("--limit", type=click.IntRange(min=1), help=lazy("At most so many moments."))
@option("--examples", is_flag=True, help=lazy("With the ids of up to three records each."))
@json_option
@click.pass_obj
def command(invocation: Invocation, at: str | None, limit: int | None, examples: bool) -> None:
    """Read out and print."""
    with invocation.workspace() as workspace:
        moments = workspace.moments(at=at)
        if invocation.json:
            invocation.emit(moments)
            return
        from troth.cli.views.moments import show_moments

        show_moments(invocation.console(), moments, workspace.blueprint, limit=limit, examples=examples)

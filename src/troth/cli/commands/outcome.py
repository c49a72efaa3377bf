"""`troth outcome`: does trust rank what happens next?"""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option
from troth.texts import lazy


@declare(
    "outcome",
    lazy(
        "Test whether trust ranks an outcome.\n\n"
        "For every outcome of the blueprint: how well the trust known strictly before it ranks the customers "
        "by it (AUC: 0.5 is chance, 1 is perfect), with the interval, beside the blueprint's baseline."
    ),
)
@argument("outcome", required=False, metavar="[ID]", help=lazy("The outcome's id. Default: all."))
@json_option
@click.pass_obj
def command(invocation: Invocation, outcome: str | None) -> None:
    """Rank and print."""
    with invocation.workspace() as workspace:
        rankings = workspace.outcomes(outcome)
        if invocation.json:
            invocation.emit({"outcomes": rankings})
            return
        from troth.cli.views.outcomes import show_outcomes

        show_outcomes(invocation.console(), rankings, workspace.blueprint)

"""`troth summary`: where trust stands, on one screen."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import at_option, declare, json_option
from troth.texts import lazy


@declare(
    "summary",
    lazy(
        "Where trust stands, on one screen.\n\n"
        "The company index with its interval, the three preconditions, the costliest critical moments, and "
        "what the figures stand on."
    ),
)
@at_option
@json_option
@click.pass_obj
def command(invocation: Invocation, at: str | None) -> None:
    """Read out and print."""
    with invocation.workspace() as workspace:
        summary = workspace.summary(at=at)
        if invocation.json:
            invocation.emit(summary)
            return
        from troth.cli.views.summary import show_summary

        show_summary(invocation.console(), summary, workspace.blueprint)

"""`troth status`: what is in the ledger."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import declare, json_option
from troth.texts import lazy


@declare(
    "status",
    lazy(
        "What is in the ledger, and what came in last.\n\n"
        "Records by kind, rows in quarantine, the latest imports, and whether the experiences still have to "
        "be brought up to date with the blueprint and the records."
    ),
)
@json_option
@click.pass_obj
def command(invocation: Invocation) -> None:
    """Look and print."""
    with invocation.workspace() as workspace:
        status = workspace.status()
        if invocation.json:
            invocation.emit(status)
            return
        from troth.cli.views.status import show_status

        show_status(invocation.console(), status)

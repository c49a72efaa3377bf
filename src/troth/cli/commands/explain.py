"""`troth explain`: one customer's trust, down to every experience."""

from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, at_option, declare, json_option, key_file_option, pseudonym_key
from troth.texts import lazy


@declare(
    "explain",
    lazy(
        "Every experience of one customer, and what it weighs today.\n\n"
        "Each line has the weight the experience had, what remains of it, and its part of the balance; the "
        "parts add up to the balance exactly as printed."
    ),
)
@argument(
    "customer",
    help=lazy("The customer's id: the pseudonym, or the original id when the pseudonym's key is given."),
)
@at_option
@key_file_option
@json_option
@click.pass_obj
def command(invocation: Invocation, customer: str, at: str | None, key_file: Path | None) -> None:
    """Explain and print."""
    with invocation.workspace() as workspace:
        explanation = workspace.explain(customer, at=at, pseudonym_key=pseudonym_key(key_file))
        from troth.cli.views import explain

        if invocation.json:
            invocation.emit(explain.as_json(explanation))
        else:
            explain.show(invocation.console(), explanation, workspace.blueprint)

"""`troth schema`: the blueprint's JSON Schema."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import declare
from troth.texts import lazy


@declare("schema", lazy("Print the JSON Schema of the blueprint, for editors."))
@click.pass_obj
def command(invocation: Invocation) -> None:
    """Print it."""
    from troth.blueprint import json_schema

    invocation.emit(json_schema())

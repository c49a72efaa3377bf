"""`troth sql`: the statements, for those who want to run them where their data live."""

from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, at_option, declare, json_option, option
from troth.errors import UsageError
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.ledger.sql import Dialect, Statement

DIALECTS = ("duckdb", "postgres", "spark")


@declare(
    "sql",
    lazy(
        "Print the SQL that Troth runs.\n\n"
        "Records to experiences, experiences to day sums, and the read-outs, for the database that keeps "
        "your data."
    ),
)
@argument("name", required=False, metavar="[NAME]", help=lazy("One statement. Default: all, in their order."))
@option(
    "--dialect", type=click.Choice(DIALECTS), default="duckdb", show_default=True, help=lazy("Whose SQL.")
)
@at_option
@json_option
@click.pass_obj
def command(invocation: Invocation, name: str | None, dialect: "Dialect", at: str | None) -> None:
    """Print them."""
    with invocation.workspace() as workspace:
        statements = _named(workspace.statements(dialect, at=at), name)
    if invocation.json:
        invocation.emit({"dialect": dialect, "statements": statements})
        return
    for statement in statements:
        click.echo(f"-- {statement.name}: {statement.purpose}\n{statement.sql.rstrip().removesuffix(';')};\n")


def _named(statements: "list[Statement]", name: str | None) -> "list[Statement]":
    found = [statement for statement in statements if name in {None, statement.name}]
    if not found:
        message = _("There is no statement “%(name)s”.") % {"name": name}
        raise UsageError("statement-unknown", message, allowed=[statement.name for statement in statements])
    return found

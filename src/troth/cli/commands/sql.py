"""`troth sql`: the statements, for those who want to run them where their data live."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option, option
from troth.texts import lazy

DIALECTS = ("duckdb", "postgres", "spark")


@declare(
    "sql",
    lazy(
        "Print the SQL that Troth runs.\n\n"
        "Rules to experiences, experiences to day sums, and the read-outs, for the database that keeps your data."
    ),
)
@argument("name", required=False, metavar="[NAME]", help=lazy("One statement. Default: all, in their order."))
@option("--dialect", type=click.Choice(DIALECTS), default="duckdb", show_default=True, help=lazy("Whose SQL."))
@json_option
@click.pass_obj
def command(invocation: Invocation, name: str | None, dialect: str) -> None:
    """Print them."""
    with invocation.workspace() as workspace:
        statements = workspace.statements(name, dialect=dialect)
    if invocation.json:
        invocation.emit({"dialect": dialect, "statements": statements})
        return
    for statement in statements:
        click.echo(f"-- {statement.name}: {statement.purpose}\n{statement.sql.rstrip().removesuffix(';')};\n")

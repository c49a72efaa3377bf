"""`troth trust`: evidence, balance and score of any group."""

from collections.abc import Sequence

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import at_option, declare, json_option, names, option, pairs
from troth.texts import lazy


@declare(
    "trust",
    lazy(
        "Trust by touchpoint, mechanism, customer, segment or day.\n\n"
        "Each row has the remaining evidence (good, bad), the balance, what is owed to level it, the score "
        "with its interval, the uncertainty, and the number of experiences."
    ),
)
@option(
    "--by", default="touchpoint,mechanism", show_default=True, metavar="NAMES", callback=names,
    help=lazy("What makes a row: customer, touchpoint, mechanism, precondition, segment, day."),
)  # fmt: skip
@at_option
@option(
    "--only", multiple=True, metavar="NAME=VALUE", callback=pairs,
    help=lazy("Only this part, such as touchpoint=delivery; may be repeated."),
)  # fmt: skip
@option("--limit", type=click.IntRange(min=1), help=lazy("At most so many rows."))
@option("--no-intervals", is_flag=True, help=lazy("Leave the intervals out, which is faster."))
@option(
    "--csv", "as_csv", is_flag=True, help=lazy("Answer in CSV: ids and numbers, the same in every language.")
)
@json_option
@click.pass_obj
def command(
    invocation: Invocation, by: Sequence[str], at: str | None, only: dict[str, list[str]], limit: int | None,
    no_intervals: bool, as_csv: bool,
) -> None:  # fmt: skip
    """Read out and print."""
    with invocation.workspace() as workspace:
        moment = workspace.moment(at)
        rows = workspace.trust(by=by, at=moment, only=only, intervals=not no_intervals)
        from troth.cli.views import trust

        if invocation.json:
            invocation.emit(trust.as_json(rows[:limit], by, moment))
        elif as_csv:
            trust.write_csv(rows[:limit], by)
        else:
            trust.show(
                invocation.console(),
                rows[:limit],
                by,
                workspace.blueprint,
                hidden=len(rows[limit or len(rows) :]),
            )

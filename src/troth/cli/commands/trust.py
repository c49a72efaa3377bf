"""`troth trust`: evidence, balance and score of any group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import at_option, declare, json_option, names, option, pairs
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.ledger import TrustRow

SHOWN = 50
"""How many rows a table has, unless `--limit` says otherwise."""

MOST_DRAWN = 10_000
"""How many rows of single customers may have their intervals drawn: about a minute's work."""

FIGURES = ("good", "bad", "balance", "owed", "score", "unknown", "n")
ORDERS = (*FIGURES, *(f"-{figure}" for figure in FIGURES))


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
@option(
    "--limit", type=click.IntRange(min=1),
    help=lazy("At most so many rows. Default: 50 in a table, all in JSON and CSV."),
)  # fmt: skip
@option(
    "--sort", "order", type=click.Choice(ORDERS), metavar="NAME",
    help=lazy("Smallest first by this figure; greatest first with a minus before it, such as -owed."),
)  # fmt: skip
@option("--no-intervals", is_flag=True, help=lazy("Leave the intervals out, which is faster."))
@option(
    "--csv", "as_csv", is_flag=True, help=lazy("Answer in CSV: ids and numbers, the same in every language.")
)
@json_option
@click.pass_obj
def command(
    invocation: Invocation, *, by: Sequence[str], at: str | None, only: dict[str, list[str]],
    limit: int | None, order: str | None, no_intervals: bool, as_csv: bool,
) -> None:  # fmt: skip
    """Read out and print."""
    with invocation.workspace() as workspace:
        moment = workspace.moment(at)
        most = limit or (None if invocation.json or as_csv else SHOWN)
        # The interval of a single customer is drawn, and not cheap: first see which ones are shown.
        drawn = "customer" in by and not no_intervals
        rows = _sorted(
            workspace.trust(by, at=moment, only=only, intervals=not (no_intervals or drawn)), order
        )
        shown = rows[:most]
        customers = {row.group["customer"] for row in shown} if drawn else set()
        if sum(row.group["customer"] in customers for row in rows if customers) > MOST_DRAWN:
            invocation.note(
                _("Too many rows to draw an interval for each; use --limit or --only to have them.")
            )
        elif customers:
            narrowed = only | {"customer": sorted(customers)}
            shown = _sorted(workspace.trust(by, at=moment, only=narrowed), order)[:most]
        from troth.cli.views import trust

        if invocation.json:
            invocation.emit(trust.as_json(shown, by, moment))
        elif as_csv:
            trust.write_csv(shown, by)
        else:
            trust.show(invocation.console(), shown, by, workspace.blueprint, hidden=len(rows) - len(shown))


def _sorted(rows: list["TrustRow"], order: str | None) -> list["TrustRow"]:
    if order is None:
        return rows
    figure = order.removeprefix("-")
    return sorted(rows, key=lambda row: float(getattr(row, figure)), reverse=order != figure)

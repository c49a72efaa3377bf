"""Everything for which a row goes to quarantine, as SQL over the staged texts and values."""

from collections.abc import Iterator

from troth.intake.keys import ALL_COLUMNS
from troth.intake.personal import own_customer
from troth.intake.plan import Plan, Problem
from troth.intake.sql import one_of
from troth.intake.words import date_range, time_range
from troth.store.tables import quoted

_TEXTS = {"text", "comment"}
MALFORMED, NUL_BYTE = 1, 2
"""The numbers of the problems that concern a whole row."""


def problems(plan: Plan) -> tuple[Problem, ...]:
    """In the order in which they are told: a row has the first that holds."""
    return (
        Problem("malformed-row", None, "_fault IS NOT NULL"),
        Problem("malformed-row", None, _nul_bytes(plan)),
        *_unreadable(plan),
        *_missing(plan),
        *_implausible(plan),
        *plan.checks,
    )


def _nul_bytes(plan: Plan) -> str:
    texts = [plan.text(name) for name, column in plan.present().items() if column.type in _TEXTS]
    return " OR ".join(f"contains({text}, chr(0))" for text in texts) or "false"


def _unreadable(plan: Plan) -> Iterator[Problem]:
    for name, column in plan.present().items():
        if column.type not in _TEXTS:
            reason = "unreadable-time" if column.type in {"date", "time"} else "wrong-type"
            text = plan.text(name)
            nothing = one_of(f"trim({text})", plan.nothing())
            condition = f"{quoted(name)} IS NULL AND {text} IS NOT NULL AND NOT {nothing}"
            yield Problem(reason, name, condition)


def _missing(plan: Plan) -> Iterator[Problem]:
    if plan.kind.key == (ALL_COLUMNS,):
        every = " AND ".join(f"{quoted(name)} IS NULL" for name in plan.kind.columns)
        yield Problem("missing-key", None, every)
    else:
        for name in plan.kind.key:
            yield Problem("missing-key", name, f"{quoted(name)} IS NULL")
    if customer := own_customer(plan.kind):
        yield Problem("missing-customer", customer, f"{quoted(customer)} IS NULL")


def _implausible(plan: Plan) -> Iterator[Problem]:
    for name, column in plan.present().items():
        if column.type == "time":
            first, last = (f"TIMESTAMP '{bound}'" for bound in time_range(plan.now_ms))
        elif column.type == "date":
            first, last = (f"DATE '{bound}'" for bound in date_range(plan.now_ms))
        else:
            continue
        yield Problem("time-out-of-range", name, f"{quoted(name)} NOT BETWEEN {first} AND {last}")

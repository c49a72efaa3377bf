"""Who is looked for, or who is owed most."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from troth.insight.days import time_of
from troth.ledger import read_out_table
from troth.ledger.arithmetic import ENOUGH
from troth.ledger.people import Customers, by_owed, find, most_owed
from troth.web.frame.addresses import written
from troth.web.frame.filters import Filters
from troth.web.frame.naming import Naming
from troth.web.frame.page import Asked
from troth.web.frame.privacy import least_group
from troth.web.pages.customers.ids import spellings
from troth.workspace import Workspace
from troth.workspace.live import Live

MOST_FOUND = 200
"""So many customers a search shows; who looks for more should write more of the id."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer.

    `score`: points, 50 is neutral; `known`: whether there is enough evidence to go by it. `balance`, `owed`:
    in ordinary good experiences. `experiences`: how many, up to the read-out.
    """

    customer: str
    score: float
    known: bool
    balance: float
    owed: float
    experiences: int


@dataclass(frozen=True, slots=True)
class CustomersAnswer:
    """Customers by what they are owed, most first; of a search those whose id begins so.

    `hidden`: nobody is shown alone in this workspace. `at`: the read-out; None while there are no
    experiences. `total`: how many customers pass the filter; `owing`: how many of them are owed something.
    `more`: whether a search found more than are shown. `pages`: how many there are of the size asked for.
    `segments`, `touchpoints`: what one may filter by.
    """

    hidden: bool
    least_group: int | None
    at: dt.datetime | None
    total: int
    owing: int
    more: bool
    page: int
    pages: int
    customers: tuple[CustomerRow, ...]
    segments: tuple[str, ...]
    touchpoints: tuple[str, ...]


def customers(live: Live, workspace: Workspace, asked: Asked) -> CustomersAnswer:
    """The page of the list, or what a search found."""
    filters = asked.filters
    if (least := least_group(workspace)) is not None:
        return _nobody(least, ())
    touchpoints = tuple(touchpoint.id for touchpoint in workspace.blueprint.touchpoints)
    if not workspace.has_experiences:
        return _nobody(None, touchpoints)
    moment = workspace.moment(filters.at)
    text = (filters.search or "").strip()
    more, first = False, (filters.page - 1) * filters.size
    if text:
        found = [
            customer
            for spelling in spellings(live, text)
            for customer in find(workspace.ledger, spelling, MOST_FOUND + 1)
        ]
        more = len(found) > MOST_FOUND
        listed = _looked_up(workspace, asked, list(dict.fromkeys(found))[:MOST_FOUND])
        part = _Part(listed.part(first, filters.size), listed.rows.num_rows, listed.owing)
    else:
        part = _by_owed(live, filters, first)
    return CustomersAnswer(
        hidden=False,
        least_group=None,
        at=time_of(moment.at_ms),
        total=part.total,
        owing=part.owing,
        more=more,
        page=filters.page,
        pages=max(1, -(-part.total // filters.size)),
        customers=tuple(_row(row) for row in part.rows),
        segments=tuple(f"{segment}={value}" for segment, value in live.readouts.segment_values()),
        touchpoints=touchpoints,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    rows: list[dict[str, str | float | int]]
    total: int
    owing: int


def _by_owed(live: Live, filters: Filters, first: int) -> _Part:
    """A part of the list: from its beginning, which is quick to read, or else from all of it."""
    only, at = filters.only(), filters.at
    if not only.keys() - {"segment"}:
        begun = live.readouts.of(
            ("most-owed", at, filters.segment),
            lambda now: most_owed(now.ledger, now.settings, now.moment(at), filters.segment),
        )
        if (rows := begun.part(first, filters.size)) is not None:
            return _Part(rows, begun.total, begun.owing)
    listed = live.readouts.of(
        ("by-owed", at, *sorted(only.items())),
        lambda now: by_owed(now.ledger, now.settings, now.moment(at), only),
    )
    return _Part(listed.part(first, filters.size), listed.rows.num_rows, listed.owing)


def noted(answer: CustomersAnswer, _asked: Asked) -> str | None:
    """What the trail says of a look at the list: not what was sought; nothing where nobody is shown."""
    return "customers" if answer.customers else None


def rows(answer: CustomersAnswer) -> list[dict[str, Any]]:
    """The list as a table."""
    return [asdict(row) for row in answer.customers]


def words(answer: CustomersAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    naming = Naming(asked.blueprint)
    return {
        "searched": (asked.filters.search or "").strip(),
        "filters": asked.filters,
        "person": address,
        "named_segments": [(group, naming.group(*group.split("=", 1))) for group in answer.segments],
        "named_touchpoints": [(id_, naming.touchpoint(id_)) for id_ in answer.touchpoints],
    }


def address(customer: str) -> str:
    """Where a customer's own page is; an id may hold anything."""
    return f"/customers/{written(customer)}"


def _nobody(least: int | None, touchpoints: tuple[str, ...]) -> CustomersAnswer:
    return CustomersAnswer(
        hidden=least is not None,
        least_group=least,
        at=None,
        total=0,
        owing=0,
        more=False,
        page=1,
        pages=1,
        customers=(),
        segments=(),
        touchpoints=touchpoints,
    )


def _looked_up(workspace: Workspace, asked: Asked, ids: list[str]) -> Customers:
    only: dict[str, str | list[str]] = {**asked.filters.only(), "customer": ids}
    moment = workspace.moment(asked.filters.at)
    if not ids:
        table = read_out_table(workspace.ledger, workspace.settings, by=("customer",), at=moment).slice(0, 0)
        return Customers(table, 0)
    return by_owed(workspace.ledger, workspace.settings, moment, only)


def _row(row: dict[str, Any]) -> CustomerRow:
    return CustomerRow(
        customer=row["customer"],
        score=100 * row["score"],
        known=row["unknown"] <= ENOUGH,
        balance=row["balance"],
        owed=row["owed"],
        experiences=row["n"],
    )

"""Customers looked for and listed. Whoever shows them asks for the right to see people first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment, Only
from troth.ledger.memory.people import choose, chosen, members, names, people
from troth.ledger.questions import question
from troth.ledger.readout import figures_table, read_out_table
from troth.store import Store
from troth.store.tables import hashed


@dataclass(frozen=True, slots=True)
class Customers:
    """Every customer with an experience that passes a filter, the one who is owed most first.

    `rows` has the columns of `read_out_table`; `owing` of them are owed something. Figures are of the
    evidence that passes.
    """

    rows: pa.Table
    owing: int

    def part(self, first: int, most: int) -> list[dict[str, str | float | int]]:
        """At most `most` rows from the place `first` on."""
        found: list[dict[str, str | float | int]] = self.rows.slice(first, most).to_pylist()
        return found


def by_owed(store: Store, settings: Settings, at: Moment, only: Only) -> Customers:
    """All customers by what they are owed, then by the balance, then by their id."""
    found = read_out_table(store, settings, by=("customer",), at=at, only=only)
    order = _sorted(found)
    return Customers(order, int(np.count_nonzero(order["owed"].to_numpy() > 0)))


def _sorted(rows: pa.Table) -> pa.Table:
    return rows.sort_by([("owed", "descending"), ("balance", "ascending"), ("customer", "ascending")])


@dataclass(frozen=True, slots=True)
class MostOwed:
    """The beginning of a list by owed, of `total` customers; `owing` of them are owed something."""

    rows: pa.Table
    total: int
    owing: int

    def part(self, first: int, most: int) -> list[dict[str, str | float | int]] | None:
        """At most `most` rows from the place `first` on; None where they lie beyond what is here."""
        if min(first + most, self.total) > self.rows.num_rows:
            return None
        found: list[dict[str, str | float | int]] = self.rows.slice(first, most).to_pylist()
        return found


def most_owed(
    store: Store, settings: Settings, at: Moment, segment: str | None = None, most: int = 1000
) -> MostOwed:
    """The first `most` customers of `by_owed`, of all or of a segment's value, without reading the others.

    Raises:
        UsageError: `filter-unknown`.
    """
    question(store.connection, ("customer",), at, {"segment": segment} if segment else None)
    stand = people(store, settings, at)
    lived = stand.lived(members(store, segment) if segment else None)
    balance = stand.balance[lived]
    first = lived
    if (
        len(lived) > most
    ):  # those who are level with the last one are all taken along, and sorted by their ids
        first = lived[balance <= np.partition(balance, most - 1)[most - 1]]
    choose(store.connection, first)
    numbers, figures = chosen(store, settings, at)
    rows = _sorted(figures_table(figures, customer=names(store, numbers)))
    return MostOwed(rows.slice(0, most), len(lived), int(np.count_nonzero(balance < 0)))


def find(store: Store, text: str, most: int) -> list[str]:
    """The ids that are `text` or begin with it, at most `most`, the very same first."""
    rows = store.connection.execute(
        """
        SELECT customer FROM customer WHERE starts_with(customer, $text)
        ORDER BY customer <> $text, customer LIMIT $most
        """,
        {"text": text, "most": most},
    ).fetchall()
    return [customer for (customer,) in rows]


def is_known(store: Store, customer: str) -> bool:
    """Whether the ledger has a number for this id."""
    query = f"SELECT 1 FROM customer WHERE hash = {hashed('$customer')} AND customer = $customer"
    return bool(store.connection.execute(query, {"customer": customer}).fetchall())


def segments_of(store: Store, customer: str) -> dict[str, str]:
    """The value of each segment that the customer has."""
    rows = store.connection.execute(
        f"""
        SELECT segment, value FROM customer_segment
        WHERE customer_no IN (
            SELECT customer_no FROM customer WHERE hash = {hashed("$customer")} AND customer = $customer)
        ORDER BY segment
        """,
        {"customer": customer},
    ).fetchall()
    return dict(rows)

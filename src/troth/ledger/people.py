"""Customers looked for and listed. Whoever shows them asks for the right to see people first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment, Only
from troth.ledger.readout import read_out_table
from troth.store import Store


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
    order = found.sort_by([("owed", "descending"), ("balance", "ascending"), ("customer", "ascending")])
    return Customers(order, int(np.count_nonzero(order["owed"].to_numpy() > 0)))


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


def segments_of(store: Store, customer: str) -> dict[str, str]:
    """The value of each segment that the customer has."""
    rows = store.connection.execute(
        """
        SELECT segment, value FROM customer_segment
        WHERE customer_no IN (SELECT customer_no FROM customer WHERE customer = ?) ORDER BY segment
        """,
        [customer],
    ).fetchall()
    return dict(rows)

"""What the shop's systems know at the end of the simulated time, put into tables as they export it."""

from importlib.resources import files

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from troth.demo.clock import Clock
from troth.demo.dirt import UNREADABLE, Dirt
from troth.demo.lived import REASONS, TOPICS, Integers, Table
from troth.demo.population import CHANNELS, COUNTRIES, Population
from troth.demo.simulation import QUESTIONS, History
from troth.demo.writing import Writer

DIRT = {
    "orders": Dirt(
        {
            "missing-key": ("Name", None),
            "missing-customer": ("Customer ID", None),
            "unreadable-time": ("Created at", UNREADABLE),
        }
    ),
    "tickets": Dirt(
        {"missing-customer": ("Requester id", None), "unreadable-time": ("Solved at", UNREADABLE)},
        earlier="""
            "Created at" AS "Updated at", NULL AS "First reply at", NULL AS "Solved at", 0 AS "Reopens",
            'Unoffered' AS "Satisfaction score\"""",
    ),
    "reviews": Dirt(
        {
            "missing-customer": ("Klantnummer", None),
            "unreadable-time": ("Geplaatst op", UNREADABLE),
            "wrong-type": ("Sterren", "vijf"),
        }
    ),
    "surveys": Dirt({"missing-customer": ("customer_id", None)}),
    "returns": Dirt({"missing-key": ("return_id", None), "unreadable-time": ("refund_due", UNREADABLE)}),
    "customers": Dirt({"unreadable-time": ("since", UNREADABLE)}),
}
"""The dirt of each export."""

Columns = dict[str, NDArray[np.generic]]


def export(
    connection: duckdb.DuckDBPyConnection, people: Population, history: History, clock: Clock, writer: Writer
) -> None:
    """Make the tables `orders`, `tickets`, `reviews`, `surveys`, `returns` and `customers` in `connection`.

    A column `place` in each is the row's place in the file. What lies after the clock's end is not known:
    such rows are missing, such moments empty.
    """
    orders, place = _known(history.orders, "placed", clock)
    returns, _ = _known(history.returns, "asked", clock)
    tickets, _ = _known(history.tickets, "opened", clock)
    reviews, _ = _known(history.reviews, "written", clock)
    surveys, _ = _known(history.surveys, "answered", clock)
    numbers = np.arange(len(people))
    views: dict[str, Columns] = {
        "orders": {
            **orders,
            **{name: clock.local(orders[name]) for name in MOMENTS},
            **{f"{name}_ahead": clock.offset(orders[name]) for name in MOMENTS},
            "promised": clock.date(orders["promised_day"]),
            "channel": np.array(CHANNELS)[people.channel[orders["customer"]]],
        },
        "returns": {
            **returns,
            **{name: clock.local(returns[name]) for name in ("asked", "refunded")},
            "order": place[returns["order"]],
            "due": clock.date(returns["due_day"]),
            "reason": np.array(REASONS)[returns["reason"]],
        },
        "tickets": {
            **tickets,
            **{name: clock.utc(tickets[name]) for name in ("opened", "replied", "solved")},
            "topic": np.array(TOPICS)[tickets["topic"]],
            "description": writer.tickets(tickets),
        },
        "reviews": {
            **reviews,
            "order": place[reviews["order"]],
            "written": clock.local(reviews["written"]),
            "comment": writer.reviews(reviews, history.orders),
        },
        "surveys": {
            **surveys,
            "answered": clock.local(surveys["answered"]),
            "touchpoint": np.array([touchpoint for touchpoint, _ in QUESTIONS])[surveys["question"]],
            "asked_for": np.array([mechanism for _, mechanism in QUESTIONS])[surveys["question"]],
            "comment": writer.surveys(surveys),
        },
        "customers": {
            "place": numbers,
            "customer": numbers,
            "country": np.array(COUNTRIES)[people.country],
            "since": clock.date(people.since_days),
            "newsletter": people.newsletter,
        },
    }
    for name, columns in views.items():
        texts = {"comment", "description"} & columns.keys()
        typed = columns | {column: pa.array(columns[column], pa.string()) for column in texts}
        connection.register(f"happened_{name}", pa.table(typed))
    connection.execute(files("troth.demo").joinpath("exports.sql").read_text("utf-8"))


MOMENTS = ("placed", "paid", "shipped", "delivered", "cancelled")


def _known(table: Table, by: str, clock: Clock) -> tuple[Table, Integers]:
    """The rows whose time `by` has come, in the order of it.

    Each gets its `place`, from 0. The second part is the place of every row of `table`, -1 where the time
    has not come.
    """
    come = np.flatnonzero(table[by] < clock.end)
    order = come[np.lexsort((table["customer"][come], table[by][come]))]
    place = np.full(len(table[by]), -1)
    place[order] = np.arange(len(order))
    return {name: values[order] for name, values in table.items()} | {"place": place[order]}, place

"""Texts as customers write them, in a ledger, and what Voices says of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from troth.blueprint import parse
from troth.blueprint.parameters import resolve
from troth.blueprint.schema import Blueprint
from troth.insight.voices import Question, Voices, listening, voices
from troth.ledger import Moment, carry
from troth.ledger.sql import DAY_MS
from troth.store import Store

TEXT = """
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: product, phase: use, name: Product}, {id: delivery, phase: use, name: Delivery}]
records:
  reviews:
    key: id
    customer: who
    columns: {id: integer, who: text, at: time, stars: number, country: text, comment: comment}
rules:
  - {id: review, from: reviews, touchpoint: product, mechanism: ability, at: at, read: comment,
     rating: {column: stars, worst: 1, best: 5}}
segments: [{id: country, name: Country, from: reviews, value: country, latest: at}]
"""
BLUEPRINT = parse(TEXT)
SETTINGS = resolve(BLUEPRINT.parameters)
LAST = 20_450
AT = Moment((LAST + 1) * DAY_MS - 1, LAST, "given")
LATE, QUICK = "De levering kwam veel te laat.", "De levering was snel en op tijd."
DELIVERY = ("delivery", "reliability")

Row = tuple[str, int, str, float | None]
"""Customer, days before the last one, text, stars."""


def write(store: Store, rows: Iterable[Row], blueprint: Blueprint = BLUEPRINT) -> None:
    who, ago, texts, stars = zip(*rows, strict=True)
    noon = dt.datetime.fromisoformat("1970-01-01T12:00") + dt.timedelta(LAST)
    columns: dict[str, Any] = {
        "id": range(len(who)),
        "who": who,
        "at": pa.array([noon - dt.timedelta(days) for days in ago], pa.timestamp("us")),
        "stars": pa.array(stars, pa.float64()),
        "country": ["BE" if name.startswith("be") else "NL" if name.endswith("0") else "DE" for name in who],
        "comment": pa.array(texts, pa.string()),
    }
    carry(store, blueprint, SETTINGS, {"reviews": pa.table(columns)})


def said(number: int, text: str, ago: int = 1, who: str = "c", stars: float | None = None) -> list[Row]:
    """So many customers write the same."""
    return [(f"{who}{n}", ago, text, stars) for n in range(number)]


def ask(store: Store, **asked: Any) -> Voices:  # noqa: ANN401 - what the question has
    return voices(store, BLUEPRINT, SETTINGS, listening(store, BLUEPRINT, SETTINGS), Question(AT, **asked))

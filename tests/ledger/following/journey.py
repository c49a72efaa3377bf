"""A journey with something of everything that can be followed, and batches of its records at random."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from troth.blueprint import parse
from troth.blueprint.parameters import resolve

TEXT = """
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: delivery, phase: use, name: Delivery}, {id: service, phase: use, name: Service}]
records:
  customers: {key: id, customer: id, columns: {id: text, country: text, tier: integer}}
  orders:
    key: id
    customer: buyer
    columns: {id: integer, buyer: text, made: time, due: date, kept: time, total: number, first: integer}
    links: {earlier: {to: orders, by: first}, who: {to: customers, by: buyer}}
  tickets:
    key: [id, part]
    customer: order.buyer
    version: changed
    columns:
      {id: integer, part: text, of: integer, at: time, changed: integer, points: number, stars: integer,
       note: comment}
    links: {order: {to: orders, by: of}}
rules:
  - {id: split, from: tickets, touchpoint: service, at: at, mechanism: {ability: 0.6, clarity: 0.4},
     weight: "points * 100 - order.total"}
  - {id: bought, from: orders, touchpoint: delivery, mechanism: familiarity, at: made, weight: GOOD}
  - {id: again, from: orders, touchpoint: delivery, mechanism: integrity, at: made,
     weight: "CASE WHEN earlier.total > 50 THEN GOOD ELSE S1 END", when: "first IS NOT NULL"}
  - {id: abroad, from: orders, touchpoint: delivery, mechanism: interests, at: made, weight: S2,
     when: "who.country <> 'NL'"}
  - {id: said, from: tickets, touchpoint: service, at: at, mechanism: {ability: 0.4, clarity: 0.6},
     read: note, rating: {column: stars, worst: 1, best: 5}, when: "part = 'a' OR order.total > 50"}
  - {id: told, from: tickets, touchpoint: delivery, mechanism: integrity, at: "order.made", read: note,
     when: "part = 'b'"}
promises:
  - {id: promised, from: orders, touchpoint: delivery, mechanism: {reliability: 0.7, ability: 0.3},
     made: made, due: due, kept: kept, grace: 6h, late: {0d: S1, 2d: S2, 7d: S3}}
segments:
  - {id: country, name: Country, from: customers, value: country}
  - {id: size, name: Size, from: orders, latest: made,
     value: "CASE WHEN total > 50 THEN 'big' ELSE 'small' END"}
  - {id: asks, name: Asks, from: tickets, value: "CASE WHEN order.total > 50 THEN part END", latest: at}
  - {id: tier, name: Tier, from: customers, value: tier}
parameters:
  mechanisms: {ability: {ratio: 2.5, severity: {S2: 1700}}, clarity: {half_life_days: {good: 30, bad: 70}}}
"""
BLUEPRINT = parse(TEXT)
SETTINGS = resolve(BLUEPRINT.parameters)
OTHER_SETTINGS = resolve(BLUEPRINT.parameters.model_copy(update={"ratio": 3.0}))
"""With another ratio, so with other pools."""

NAMES = ("anna", "ben", "cleo", "dora")
_NUMBERS = st.integers(1, 6)
_START = dt.datetime.fromisoformat("2025-01-01")
_WHEN = st.none() | st.integers(0, 19 * 24 * 60).map(lambda minutes: _START + dt.timedelta(minutes=minutes))
NOTES = (
    "Slechte levering, het pakket kwam veel te laat.", "Vriendelijke service, maar onduidelijke factuur.",
    "Die Lieferung war super schnell!", "The product is great", "Très bien", "???",
)  # fmt: skip
_TOTAL = st.sampled_from([None, 10.0, 49.5, 80.0])

ROWS: Mapping[str, st.SearchStrategy[tuple[Any, ...]]] = {
    "customers": st.tuples(
        st.sampled_from(NAMES), st.sampled_from(["NL", "DE", None]), st.sampled_from([1, 2, None])
    ),
    "orders": st.tuples(
        _NUMBERS, st.sampled_from([*NAMES, None, ""]), _WHEN,
        st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 20)) | st.none(), _WHEN, _TOTAL, _NUMBERS | st.none(),
    ),
    "tickets": st.tuples(
        _NUMBERS, st.sampled_from(["a", "b"]), st.integers(1, 8), _WHEN, st.integers(1, 3) | st.none(),
        st.sampled_from([None, 0.0, 4.5, -20.0]), st.sampled_from([None, 1, 3, 5, 9]),
        st.sampled_from([None, *NOTES]),
    ),
    "experiences": st.tuples(
        _NUMBERS.map(str), st.sampled_from(NAMES), st.sampled_from(["delivery", "kiosk"]),
        st.sampled_from(["clarity", "ability"]), st.sampled_from([1000, -300, 7]), _WHEN.filter(bool),
        st.sampled_from([None, 4]),
    ),
}  # fmt: skip
"""Rows of every kind; few keys, so that records change, and links to records that may come later or never."""

BATCHES = st.dictionaries(st.sampled_from(list(ROWS)), st.none(), max_size=4).flatmap(
    lambda kinds: st.fixed_dictionaries({kind: st.lists(ROWS[kind], max_size=6) for kind in kinds})
)

_TYPES = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32(),
    "time": pa.timestamp("us"), "boolean": pa.bool_(), "comment": pa.string(),
}  # fmt: skip


def tables_of(batch: Mapping[str, Sequence[tuple[Any, ...]]]) -> dict[str, pa.Table]:
    """Arrow tables of a batch, as the server hands them over."""
    from troth.intake.importing import declared_kind

    found = {}
    for kind, rows in batch.items():
        columns = declared_kind(BLUEPRINT, kind).columns
        found[kind] = pa.table(
            {
                name: pa.array([row[place] for row in rows], _TYPES[column.type])
                for place, (name, column) in enumerate(columns.items())
            }
        )
    return found

"""What must hold for any history: evidence and trust to the bit, whatever the order and the portions."""

import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troth.blueprint import parse
from troth.blueprint.parameters import Settings, resolve
from troth.ledger import Moment, TrustRow, explain, read_out, refresh
from troth.ledger.sql import DAY_MS
from troth.store import Store, tables
from troth.vocabulary import MECHANISM_IDS

BLUEPRINT = parse("""
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: delivery, phase: use, name: Delivery}, {id: service, phase: use, name: Service}]
parameters: {half_life_days: {good: 45, bad: 60}, mechanisms: {ability: {ratio: 2.5}, clarity: {ratio: 8}}}
""")
MIXED = resolve(BLUEPRINT.parameters)
LAST = 400
AT = Moment((LAST + 1) * DAY_MS - 1, LAST, "given")
GROUPINGS = ((), ("customer",), ("touchpoint", "mechanism"), ("customer", "precondition"), ("touchpoint",))

few = settings(max_examples=12)


class Lived(NamedTuple):
    """One experience, as a row of the ready-made table."""

    customer: str
    touchpoint: str
    mechanism: str
    weight: int
    at_ms: int


def experiences(first: int = 0, last: int = LAST) -> st.SearchStrategy[Lived]:
    return st.builds(
        Lived,
        customer=st.sampled_from(["anna", "ben", "cleo"]),
        touchpoint=st.sampled_from(["delivery", "service"]),
        mechanism=st.sampled_from(MECHANISM_IDS),
        weight=st.integers(-1_000_000, 1_000_000).filter(bool),
        at_ms=st.integers(first * DAY_MS, (last + 1) * DAY_MS - 1),
    )


histories = st.lists(experiences(), max_size=30)


@contextmanager
def ledger(*portions: Sequence[tuple[int, Lived]]) -> Iterator[Store]:
    """A ledger in memory that was refreshed after every portion; an experience comes with its key."""
    with duckdb.connect() as connection:
        tables.create(connection)
        connection.execute(
            "CREATE TABLE record.experiences (customer VARCHAR, touchpoint VARCHAR, mechanism VARCHAR,"
            ' weight DOUBLE, "at" TIMESTAMP, severity BIGINT, _key VARCHAR, _import INTEGER, _row BIGINT,'
            " _hash UINTEGER)"
        )
        store = Store(connection, Path("memory"))
        for number, portion in enumerate(portions):
            if portion:
                columns = list(zip(*((*lived, str(key)) for key, lived in portion), strict=True))
                names = ("customer", "touchpoint", "mechanism", "weight", "at_ms", "key")
                connection.register("rows", pa.table(dict(zip(names, map(list, columns), strict=True))))
                connection.execute(
                    "INSERT INTO record.experiences SELECT customer, touchpoint, mechanism, weight,"
                    " make_timestamp_ms(at_ms), NULL, key, ?, 0, 0 FROM rows",
                    [number],
                )
            refresh(store, BLUEPRINT, MIXED)
        yield store


def rows(store: Store, at: Moment = AT, parameters: Settings = MIXED) -> list[TrustRow]:
    """Every grouping's rows, in an order that does not depend on the ledger's numbers."""
    found = [row for by in GROUPINGS for row in read_out(store, parameters, by=by, at=at, intervals=False)]
    return sorted(found, key=lambda row: sorted(row.group.items()))


def keyed(history: Sequence[Lived]) -> list[tuple[int, Lived]]:
    return list(enumerate(history))


@few
@given(histories, st.randoms(use_true_random=False), st.lists(st.integers(0, 30), max_size=3))
def test_any_order_and_any_portions_give_the_same_bits(
    history: list[Lived], random: Random, cuts: list[int]
) -> None:
    shuffled = keyed(history)
    random.shuffle(shuffled)
    edges = [0, *sorted(cuts), len(shuffled)]
    portions = [shuffled[start:end] for start, end in itertools.pairwise(edges)]
    with ledger(keyed(history)) as whole, ledger(*portions) as pieces:
        assert rows(whole) == rows(pieces)
        assert day_cube(whole) == day_cube(pieces)


def day_cube(store: Store) -> list[tuple[str, int, int, int, int, int]]:
    columns = "touchpoint, day, mechanism_no, severity, weight, n"
    query = f"SELECT {columns} FROM day_cube JOIN touchpoint USING (touchpoint_no)"
    return sorted(store.connection.execute(query).fetchall())


@few
@given(histories, st.lists(st.integers(0, 2), min_size=30, max_size=30))
def test_ledgers_of_shards_add_up_to_the_same_bits(history: list[Lived], shards: list[int]) -> None:
    parts: dict[tuple[object, ...], tuple[int, int]] = {}
    for shard in set(shards):
        own = [one for one, place in zip(keyed(history), shards, strict=False) if place == shard]
        with ledger(own) as part:
            for touchpoint, day, mechanism_no, severity, weight, n in day_cube(part):
                cell = touchpoint, day, mechanism_no, severity
                others, more = parts.get(cell, (0, 0))
                parts[cell] = weight + others, n + more
    with ledger(keyed(history)) as whole:
        assert {tuple(row[:4]): tuple(row[4:]) for row in day_cube(whole)} == parts


@few
@given(histories, st.integers(1, 20_000))
def test_shifting_everything_by_whole_days_shifts_nothing(history: list[Lived], days: int) -> None:
    shifted = [lived._replace(at_ms=lived.at_ms + days * DAY_MS) for lived in history]
    later = Moment(AT.at_ms + days * DAY_MS, AT.day + days, "given")
    with ledger(keyed(history)) as now, ledger(keyed(shifted)) as then:
        assert rows(now) == rows(then, later)


@few
@given(histories, st.lists(experiences(LAST + 1, LAST + 50), max_size=10))
def test_what_comes_later_counts_for_nothing(history: list[Lived], later: list[Lived]) -> None:
    with ledger(keyed(history)) as before, ledger(keyed([*history, *later])) as after:
        assert rows(before) == rows(after)


@few
@given(histories, experiences())
def test_trust_is_monotone_in_every_experience(history: list[Lived], one: Lived) -> None:
    with ledger(keyed(history)) as before, ledger(keyed([*history, one])) as after:
        old, new = ({key(row): row for row in rows(store)} for store in (before, after))
    for group, row in new.items():
        score, balance = (old[group].score, old[group].balance) if group in old else (0.5, 0.0)
        change, moved = row.score - score, row.balance - balance
        slack, room = 1e-12, 1e-9 * (1 + abs(balance))
        assert change >= -slack if one.weight > 0 else change <= slack
        assert moved >= -room if one.weight > 0 else moved <= room


def key(row: TrustRow) -> frozenset[tuple[str, str]]:
    return frozenset(row.group.items())


@few
@given(histories)
def test_with_a_ratio_of_one_a_score_is_the_plain_beta_reputation(history: list[Lived]) -> None:
    plain = replace(MIXED, ratio_milli=(1000,) * 10)
    with ledger(keyed(history)) as store:
        for row in read_out(store, plain, at=AT, intervals=False):
            assert row.score == pytest.approx((row.good + 1) / (row.good + row.bad + 2))
            assert row.unknown == pytest.approx(2 / (row.good + row.bad + 2))


@few
@given(histories)
def test_an_infinite_half_life_is_no_decay(history: list[Lived]) -> None:
    forever = replace(MIXED, half_life_good=(math.inf,) * 10, half_life_bad=(math.inf,) * 10)
    with ledger(keyed(history)) as store:
        (whole,) = read_out(store, forever, by=(), at=AT, intervals=False) or [None]
    if whole is not None:
        assert whole.good == pytest.approx(sum(lived.weight for lived in history if lived.weight > 0) / 1000)
        assert whole.bad == pytest.approx(-sum(lived.weight for lived in history if lived.weight < 0) / 1000)


@few
@given(histories)
def test_other_ratios_and_half_lives_need_no_rebuild(history: list[Lived]) -> None:
    other = replace(MIXED, ratio_milli=(1960,) * 10, half_life_good=(7.0,) * 10)
    with ledger(keyed(history)) as store:
        assert not refresh(store, BLUEPRINT, other).rebuilt
        before = rows(store)
        rows(store, parameters=other)
        assert rows(store) == before


@few
@given(histories)
def test_an_explanation_adds_up_to_the_balance_exactly(history: list[Lived]) -> None:
    with ledger(keyed(history)) as store:
        for customer in {lived.customer for lived in history}:
            explanation = explain(store, MIXED, customer, AT)
            assert sum(experience.share for experience in explanation.experiences) == explanation.balance
            exact = explanation.balance / explanation.unit
            assert explanation.trust.balance == pytest.approx(exact, abs=1e-9)
            assert len(explanation.experiences) == explanation.trust.n

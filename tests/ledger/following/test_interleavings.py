"""However records come in, what was followed is what a full recomputation gives, to the bit."""

from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.following.journey import BATCHES, BLUEPRINT, OTHER_SETTINGS, SETTINGS, tables_of

from troth.blueprint.parameters import Settings
from troth.ledger import Moment, carry, compact, daily_series, read_out, refresh, shard_sums, stand, verify
from troth.ledger.sql import DAY_MS
from troth.ledger.standing.building import drop
from troth.store import Store

GROUPINGS: tuple[tuple[str, ...], ...] = (
    (), ("customer",), ("touchpoint", "mechanism"), ("segment",), ("customer", "touchpoint"),
    ("segment", "day"),
)  # fmt: skip
DAYS = (20_089, 20_096, 20_110)
"""The first day of the batches, one within, and one after them all."""
NARROWED: tuple[dict[str, list[str]], ...] = (
    {}, {"touchpoint": ["delivery"]}, {"segment": ["country=NL", "country=DE"]},
    {"segment": ["country=NL", "size=big"]}, {"mechanism": ["ability"], "segment": ["size=small"]},
)  # fmt: skip

standings = st.tuples(st.sampled_from(DAYS), st.sampled_from([SETTINGS, OTHER_SETTINGS]))
steps = st.lists(BATCHES | standings | st.sampled_from(["compact", "open again"]), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_interleaving_is_a_full_recomputation(plan: list[Any]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.open(folder, create=True)
        try:
            for number, step in enumerate(plan):
                if step == "open again":
                    store.close()
                    store = Store.open(folder)
                elif step == "compact":
                    compact(store, whole=True)
                elif isinstance(step, tuple):
                    refresh(store, BLUEPRINT, SETTINGS)
                    day, wanted = step
                    stand(store, wanted, day)
                else:
                    mark = str(number)
                    carry(store, BLUEPRINT, SETTINGS, tables_of(step), now_ms=number * DAY_MS, mark=mark)
                    assert store.setting("inbox_mark") == mark
                    assert verify(store, BLUEPRINT, SETTINGS) == []
            refresh(store, BLUEPRINT, SETTINGS)
            assert verify(store, BLUEPRINT, SETTINGS) == []
            followed, standing = derived(store), answers(store)
            with store.transaction() as connection:
                drop(connection)
            assert answers(store) == standing
            store.connection.execute("DELETE FROM refresh_state")
            assert refresh(store, BLUEPRINT, SETTINGS).rebuilt
            assert derived(store) == followed
            assert answers(store) == standing
        finally:
            store.close()


def derived(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that is derived, net and in an order of its own."""
    ask = store.connection.execute
    return {
        "experience": ask("""
            SELECT customer_no, touchpoint_no, mechanism_no, weight * n AS weight, severity, at_ms, source_no,
                record, shard, sum(n)
            FROM experience GROUP BY ALL HAVING sum(n) <> 0 ORDER BY ALL""").fetchall(),
        "day_cube": ask("""
            SELECT day, touchpoint_no, mechanism_no, severity, sum(weight), sum(n) FROM day_cube GROUP BY ALL
            HAVING sum(n) <> 0 OR sum(weight) <> 0 ORDER BY ALL""").fetchall(),
        "customer_segment": ask("FROM customer_segment ORDER BY ALL").fetchall(),
        "state": ask(
            "FROM refresh_state"
            " WHERE part NOT LIKE '%tail' AND part NOT IN ('standing', 'order') ORDER BY ALL"
        ).fetchall(),
    }


def answers(store: Store) -> list[Any]:
    """What is read out, in every way, at ends and in the middle of days."""
    query = "SELECT DISTINCT segment, value FROM customer_segment"
    known = {f"{segment}={value}" for segment, value in store.connection.execute(query).fetchall()}
    narrowed = cycle([only for only in NARROWED if known.issuperset(only.get("segment", ()))])
    ends = (Moment((day + 1) * DAY_MS - 1, day, "given") for day in DAYS)
    within = (Moment(day * DAY_MS + DAY_MS // 2, day, "given") for day in DAYS)
    return [
        answer
        for at in (*ends, *within)
        for parameters in (SETTINGS, OTHER_SETTINGS)
        for answer in _answers(store, parameters, at, next(narrowed))
    ]


def _answers(store: Store, parameters: Settings, at: Moment, only: dict[str, list[str]]) -> list[Any]:
    found: list[Any] = [
        read_out(store, parameters, by=by, at=at, only=only, intervals=False) for by in GROUPINGS
    ]
    for by in ((), ("touchpoint",), ("segment",)):
        sums = shard_sums(store, parameters, at, by=by, only=only)
        found.append((sums.groups, sums.sums.tobytes(), sums.n.tobytes()))
        series = daily_series(store, parameters, DAYS[0], at.day, by=by, only=only)
        found.append((series.groups, series.sums.tobytes(), series.n.tobytes()))
    return found

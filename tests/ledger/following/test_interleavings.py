"""However records come in, what was followed is what a full recomputation gives, to the bit."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.following.journey import BATCHES, BLUEPRINT, SETTINGS, tables_of

from troth.ledger import Moment, carry, compact, read_out, refresh, verify
from troth.ledger.sql import DAY_MS
from troth.store import Store

GROUPINGS: tuple[tuple[str, ...], ...] = (
    (), ("customer",), ("touchpoint",), ("mechanism",), ("segment",), ("touchpoint", "mechanism"),
    ("customer", "touchpoint"), ("segment", "mechanism"), ("day",), ("customer", "day"),
)  # fmt: skip
DAYS = (20_089, 20_096, 20_110)  # the first, one within, and one after all of the batches' days

steps = st.lists(BATCHES | st.sampled_from(["compact", "open again"]), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
                else:
                    carry(
                        store, BLUEPRINT, SETTINGS, tables_of(step), now_ms=number * DAY_MS, mark=str(number)
                    )
                    assert store.setting("inbox_mark") == str(number)
                    assert verify(store, BLUEPRINT, SETTINGS) == []
            refresh(store, BLUEPRINT, SETTINGS)
            followed = everything(store)
            store.connection.execute("DELETE FROM refresh_state")
            assert refresh(store, BLUEPRINT, SETTINGS).rebuilt
            assert followed == everything(store)
        finally:
            store.close()


def everything(store: Store) -> dict[str, Any]:
    """All that is derived, net and in an order of its own, and what is read out of it."""
    ask = store.connection.execute
    found: dict[str, Any] = {
        "experience": ask("""
            SELECT customer_no, touchpoint_no, mechanism_no, weight * n AS weight, severity, at_ms, source_no,
                record, shard, sum(n)
            FROM experience GROUP BY ALL HAVING sum(n) <> 0 ORDER BY ALL""").fetchall(),
        "day_cube": ask("""
            SELECT day, touchpoint_no, mechanism_no, severity, sum(weight), sum(n) FROM day_cube GROUP BY ALL
            HAVING sum(n) <> 0 OR sum(weight) <> 0 ORDER BY ALL""").fetchall(),
        "customer_segment": ask("FROM customer_segment ORDER BY ALL").fetchall(),
        "state": ask("FROM refresh_state WHERE part NOT LIKE '%tail' ORDER BY ALL").fetchall(),
    }
    for day in DAYS:
        for moment in (
            Moment((day + 1) * DAY_MS - 1, day, "given"),
            Moment(day * DAY_MS + DAY_MS // 2, day, "given"),
        ):
            for by in GROUPINGS:
                found[f"{by} at {moment}"] = read_out(store, SETTINGS, by=by, at=moment, intervals=False)
    return found

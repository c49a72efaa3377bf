"""However records come in, what is remembered of a ledger is what reading all of it gives."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.following.journey import BATCHES, BLUEPRINT, SETTINGS, tables_of

from troth.ledger import Moment, carry, compact, read_out, refresh, shard_sums, stand
from troth.ledger.dictionaries import LIVED
from troth.ledger.heaviest import heaviest
from troth.ledger.memory.evidence_days import EvidenceDays, parameters
from troth.ledger.memory.following import remembered
from troth.ledger.memory.people import living, members, people
from troth.ledger.memory.touched import touched
from troth.ledger.people import by_owed, most_owed
from troth.ledger.sql import DAY_MS
from troth.store import Store
from troth.store.memory import Memory

DAY = 20_096
"""Within the days of the batches."""

MOMENTS = st.integers(0, DAY_MS - 1)
steps = st.lists(BATCHES | MOMENTS | st.sampled_from(["compact", "stand"]), min_size=1, max_size=8)


@pytest.fixture(autouse=True, scope="module")
def in_small_steps() -> Iterator[None]:
    """Let the heaviest records be looked for among few at first, so that more must be looked at."""
    with pytest.MonkeyPatch.context() as patch:
        for name, few in (("_FIRST_DAYS", 1), ("_CUSTOMERS", 1), ("_TIMES", 2)):
            patch.setattr(f"troth.ledger.heaviest.{name}", few)
        for module in ("shard_days", "earlier"):
            patch.setattr(f"troth.ledger.memory.{module}._MOST_PARTS", 2)
        yield


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_interleaving_is_remembered_as_it_is_read(plan: list[Any]) -> None:
    with TemporaryDirectory() as name, Store.open(Path(name), create=True) as store:
        store.memory = Memory()
        refresh(store, BLUEPRINT, SETTINGS)
        time = 0
        for number, step in enumerate(plan):
            if step == "compact":
                compact(store, whole=True)
            elif step == "stand":
                stand(store, SETTINGS, DAY)
            elif isinstance(step, int):
                time = max(time, step)
            else:
                carry(store, BLUEPRINT, SETTINGS, tables_of(step), now_ms=number * DAY_MS)
            compare(store, Moment(DAY * DAY_MS + time, DAY, "data"))


def compare(store: Store, at: Moment) -> None:
    """What a store with a memory says beside what it says without."""
    with_memory, courses, hurt = everything(store, at), series(store, at), touched(store, at)
    assert hurt == touched_by_reading_all(store, at)
    memory, store.memory = store.memory, None
    anew = everything(store, at)
    assert courses == series(store, at)
    store.memory = memory
    for ours, theirs in zip(with_memory, anew, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)
    owed = by_owed(store, SETTINGS, at, {})
    for most in (1, 2, 1000):
        first = most_owed(store, SETTINGS, at, most=most)
        assert (first.total, first.owing) == (owed.rows.num_rows, owed.owing)
        assert first.rows.to_pylist() == owed.part(0, most)
    if members(store, "size=big").size:
        some = by_owed(store, SETTINGS, at, {"segment": "size=big"})
        assert most_owed(store, SETTINGS, at, "size=big").rows.to_pylist() == some.part(0, 1000)
    for most in (1, 3):
        assert [
            tuple(getattr(one, name) for name in _HEAVY) for one in heaviest(store, SETTINGS, at, most)
        ] == (heaviest_by_reading_all(store, at, most))


def everything(store: Store, at: Moment) -> list[Any]:
    """The arrays that are remembered."""
    asked = parameters(SETTINGS, DAY - 3, DAY)
    known = remembered(store, EvidenceDays, asked, current=True)
    stands = people(store, SETTINGS, at)
    lived = stands.lived()
    return [
        np.stack([state.copy() for _day, state in known.ends_of_days(store.connection, at)]),
        np.array([living(store, SETTINGS, at)]),
        lived, stands.standing[lived], stands.balance[lived], stands.evidence[lived],
    ]  # fmt: skip


def series(store: Store, at: Moment) -> list[Any]:
    """Read-outs by day with their intervals, and sums of an earlier day: these are the same to the bit."""
    known = store.connection.execute("SELECT touchpoint FROM touchpoint").fetchall()
    some: dict[str, str] = {"touchpoint": "delivery"} if ("delivery",) in known else {}
    then = Moment((DAY - 2) * DAY_MS - 1, DAY - 3, "given")
    compared = shard_sums(store, SETTINGS, then, by=("touchpoint",))
    return [compared.groups, compared.sums.tobytes(), compared.n.tobytes()] + [
        read_out(store, SETTINGS, by=by, at=at, only=only, since=DAY - 4)
        for by, only in ((("day",), some), (("touchpoint", "day"), {}), (("day",), {"mechanism": "clarity"}))
    ]


def touched_by_reading_all(store: Store, at: Moment) -> dict[tuple[int, int], int]:
    """How many customers lived something bad in each cell."""
    rows = store.connection.execute(
        f"""
        SELECT touchpoint_no, mechanism_no, count(DISTINCT customer_no) FROM {LIVED}
        WHERE severity > 0 AND at_ms <= ? GROUP BY ALL
        """,
        [at.at_ms],
    ).fetchall()
    return {(touchpoint_no, mechanism_no): n for touchpoint_no, mechanism_no, n in rows}


_HEAVY = ("touchpoint", "mechanism_no", "source", "record", "at_ms", "severity", "weight", "remaining")


def heaviest_by_reading_all(store: Store, at: Moment, most: int) -> list[tuple[Any, ...]]:
    """The same records, found by adding up all of them."""
    return store.connection.execute(
        f"""
        WITH lived AS (
            SELECT touchpoint, e.mechanism_no, source_no, record, max(at_ms) AS at_ms,
                max(severity) AS severity, sum(-weight)::BIGINT AS weight,
                sum(-weight::BIGINT * bad_factor)::HUGEINT AS remaining
            FROM {LIVED} AS e JOIN touchpoint USING (touchpoint_no)
            JOIN decay AS d ON d.slot = at_ms // {DAY_MS} * 10 + e.mechanism_no
            WHERE severity > 0 AND at_ms <= $at GROUP BY ALL
        )
        SELECT touchpoint, mechanism_no, source, record, at_ms, severity, weight, remaining
        FROM lived JOIN source USING (source_no) JOIN touchpoint USING (touchpoint)
        QUALIFY row_number() OVER (
            PARTITION BY touchpoint, mechanism_no ORDER BY remaining DESC, at_ms DESC, source, record
        ) <= $most
        ORDER BY touchpoint_no, mechanism_no, remaining DESC, at_ms DESC, source, record
        """,
        {"at": at.at_ms, "most": most},
    ).fetchall()

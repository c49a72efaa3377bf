"""The copy of the records in PostgreSQL follows whatever happens to the ledger, and gives it back whole."""

import datetime as dt
import math
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from tests.ledger.following.journey import BATCHES, BLUEPRINT, SETTINGS, tables_of
from tests.ledger.following.test_interleavings import answers
from tests.support.offices import emptied

from troth.blueprint import parse
from troth.errors import TrothError
from troth.intake import forget_records
from troth.ledger import carry, refresh, verify
from troth.ledger.sql import DAY_MS
from troth.store import FILE_NAME, Store
from troth.store.office import Office
from troth.store.office.tables import record, record_kind
from troth.store.records import follow, give_back
from troth.store.tables import record_kinds, record_table

LOST = "DELETE FROM record.orders WHERE id % 2 = 0"


@pytest.fixture(scope="module")
def team(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with Office.open(folder, {"TROTH_STORE": emptied(postgres_url)}) as office:
        yield office


@pytest.fixture
def office(team: Office) -> Office:
    """A team's office without any copy."""
    empty(team)
    return team


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        yield opened


def empty(office: Office) -> None:
    with office.transaction() as connection:
        connection.exec_driver_sql("TRUNCATE record, record_kind, record_import, record_ledger")


def order(number: int, buyer: str = "anna") -> tuple[Any, ...]:
    day = dt.datetime(2025, 1, 2)  # noqa: DTZ001 - in UTC
    return (number, buyer, day, day.date(), day, 80.0, None)


def bring(store: Store, now_ms: int = 0, **batch: list[tuple[Any, ...]]) -> None:
    carry(store, BLUEPRINT, SETTINGS, tables_of(batch), now_ms=now_ms)


def held(store: Store) -> dict[str, Any]:
    """All that is not derived, but for the ledger's own file."""
    ask = store.connection.execute
    found = {
        kind: ask(f"SELECT *, _key FROM {record_table(kind)} ORDER BY _import, _row").fetchall()
        for kind in record_kinds(store.connection)
    }
    settings_there = ask("SELECT * FROM setting WHERE name <> 'hashing' ORDER BY ALL").fetchall()
    return found | {"settings": settings_there, "imports": ask("FROM import_run ORDER BY 1").fetchall()}


def copied(office: Office) -> int:
    with office.transaction() as connection:
        n = connection.execute(select(func.count()).select_from(record)).scalar_one()
        counted = connection.execute(select(func.coalesce(func.sum(record_kind.c.n), 0))).scalar_one()
    assert n == counted
    return int(n)


def given_back(office: Office, folder: Path) -> dict[str, Any]:
    """What a new ledger in `folder` gets."""
    with Store.open(folder, create=True) as new:
        assert give_back(office, new) == copied(office)
        refresh(new, BLUEPRINT, SETTINGS)
        assert verify(new, BLUEPRINT, SETTINGS) == []
        return held(new)


steps = st.lists(
    BATCHES | st.sampled_from(["follow", "erase", "forget", "lose the copy's"]),
    min_size=1,
    max_size=7,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happened_a_lost_ledger_comes_back_with_the_same_answers(
    office: Office, tmp_path_factory: pytest.TempPathFactory, plan: list[Any]
) -> None:
    empty(office)
    folder = tmp_path_factory.mktemp("ledger")
    with Store.open(folder, create=True) as store:
        for number, step in enumerate(plan):
            kinds = record_kinds(store.connection)
            if step == "follow":
                follow(office, store)
            elif step == "erase" and "orders" in kinds:
                with store.transaction():
                    store.connection.execute(LOST)
            elif step == "forget" and "tickets" in kinds:
                forget_records(store, "tickets")
            elif step == "lose the copy's":
                with office.transaction() as connection:
                    connection.exec_driver_sql("DELETE FROM record WHERE get_byte(digest, 0) < 128")
                    there = "SELECT count(*) FROM record AS r WHERE r.kind = k.kind"
                    connection.exec_driver_sql(f"UPDATE record_kind AS k SET n = ({there})")
            elif isinstance(step, dict):
                carry(
                    store, BLUEPRINT, SETTINGS, tables_of(step), now_ms=number * DAY_MS // 2, mark=str(number)
                )
        follow(office, store)
        refresh(store, BLUEPRINT, SETTINGS)
        before, answered = held(store), answers(store)
        follow(office, store)  # of what is the same, nothing comes
    shutil.move(folder / FILE_NAME, folder / "lost")
    assert given_back(office, folder) == before
    with Store.open(folder) as new:
        assert answers(new) == answered


def test_values_come_back_as_they_were(office: Office, store: Store, tmp_path: Path) -> None:
    journey = parse("""
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  things:
    key: [name, n]
    customer: name
    columns: {name: text, n: integer, x: number, yes: boolean, day: date, at: time}
""")
    smallest = struct.unpack("d", struct.pack("Q", 1))[0]
    numbers = [
        0.1,
        -0.0,
        1 / 3,
        math.nextafter(1, 2),
        1.7976931348623157e308,
        smallest,
        1e22,
        2**53 + 2.0,
        None,
    ]
    texts = ["", " ", "\\", "\\N", "\t\r\n", "\x00", '"quoted"', "€ é 😀", "␟", "x" * 9_000, "\\x41"]
    import pyarrow as pa

    rows = max(len(numbers), len(texts))
    column = {
        "name": pa.array(texts),
        "n": pa.array([(-1) ** n * (2**63 - 1 - n) for n in range(rows)], pa.int64()),
        "x": pa.array([numbers[n % len(numbers)] for n in range(rows)], pa.float64()),
        "yes": pa.array([[True, False, None][n % 3] for n in range(rows)]),
        "day": pa.array([[-800_000, 0, 2_900_000, None][n % 4] for n in range(rows)], pa.int32()).cast(
            pa.date32()
        ),
        "at": pa.array([[-(10**17), 1, 10**15 + 1, None][n % 4] for n in range(rows)], pa.timestamp("us")),
    }
    carry(store, journey, SETTINGS, {"things": pa.table(column)}, now_ms=0)
    assert store.connection.execute("SELECT count(*) FROM record.things").fetchall() == [(rows,)]
    follow(office, store)
    before = held(store)
    (tmp_path / "new").mkdir()
    with Store.open(tmp_path / "new", create=True) as new:
        assert give_back(office, new) == rows
        assert repr(held(new)) == repr(before)  # -0.0 == 0.0, but not in writing


def test_it_follows_what_is_added_changed_and_removed(office: Office, store: Store, tmp_path: Path) -> None:
    bring(store, orders=[order(n) for n in range(10)])
    follow(office, store)
    assert copied(office) == 10
    bring(store, orders=[order(1, "ben"), order(11)])
    follow(office, store)
    assert copied(office) == 11
    with office.transaction() as connection:
        buyer = "SELECT body->>'buyer' FROM record WHERE body->>'id' = '1'"
        assert connection.exec_driver_sql(buyer).scalar() == "ben"
    with store.transaction():
        store.connection.execute(LOST)
    follow(office, store)
    assert copied(office) == 6
    forget_records(store, "orders")
    follow(office, store)
    assert copied(office) == 0
    with office.transaction() as connection:
        assert connection.execute(select(func.count()).select_from(record_kind)).scalar_one() == 0
    bring(store, orders=[order(1)])
    follow(office, store)
    before = held(store)
    (tmp_path / "new").mkdir()
    assert given_back(office, tmp_path / "new") == before


def test_a_column_that_is_declared_anew_is_copied_anew(office: Office, store: Store) -> None:
    bring(store, orders=[order(n) for n in range(3)])
    follow(office, store)
    with store.transaction():
        store.connection.execute("ALTER TABLE record.orders DROP COLUMN kept")
    follow(office, store)
    with office.transaction() as connection:
        kept = "SELECT count(*) FROM record WHERE body::text LIKE '%%kept%%'"
        assert connection.exec_driver_sql(kept).scalar() == 0
    assert copied(office) == 3


def test_a_ledger_with_something_in_it_gets_nothing(office: Office, store: Store, tmp_path: Path) -> None:
    bring(store, orders=[order(1)])
    follow(office, store)
    (tmp_path / "other").mkdir()
    with Store.open(tmp_path / "other", create=True) as other:
        bring(other, orders=[order(2)])
        assert give_back(office, other) == 0
        with pytest.raises(TrothError) as raised:
            follow(office, other)
    assert raised.value.code == "ledger-foreign"
    assert "made anew" in raised.value.hint
    assert copied(office) == 1


def test_an_older_state_of_the_ledger_is_refused(office: Office, store: Store, tmp_path: Path) -> None:
    bring(store, orders=[order(1)])
    follow(office, store)
    store.connection.execute("CHECKPOINT")
    (tmp_path / "older").mkdir()
    shutil.copy(store.path, tmp_path / "older" / FILE_NAME)
    bring(store, DAY_MS, orders=[order(2)])
    follow(office, store)
    with Store.open(tmp_path / "older") as older, pytest.raises(TrothError) as raised:
        follow(office, older)
    assert raised.value.code == "ledger-behind"
    assert copied(office) == 2


def test_an_office_in_a_file_has_no_copy(tmp_path: Path, store: Store) -> None:
    bring(store, orders=[order(1)])
    with Office.open(tmp_path, {}) as office:
        follow(office, store)
        assert copied(office) == 0
        assert give_back(office, store) == 0

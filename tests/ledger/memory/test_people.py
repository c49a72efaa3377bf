"""Customers who are looked at anew, because they lived something more or it was taken back."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.following.journey import BLUEPRINT, SETTINGS, tables_of

from troth.ledger import Moment, carry, refresh
from troth.ledger.memory.people import ABOVE, NOBODY, UNKNOWN, people
from troth.ledger.sql import DAY_MS
from troth.store import Store
from troth.store.memory import Memory

DAY = 20_096
MADE = dt.datetime(2025, 1, 8, 12)  # noqa: DTZ001 - in UTC, like all times of the ledger


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        opened.memory = Memory()
        refresh(opened, BLUEPRINT, SETTINGS)
        yield opened


def ordered(store: Store, *orders: tuple[int, str]) -> None:
    rows = [(number, buyer, MADE, None, None, 10.0, None) for number, buyer in orders]
    carry(store, BLUEPRINT, SETTINGS, tables_of({"orders": rows}), now_ms=0)


def standing(store: Store, hour: int = 13) -> dict[str, int]:
    stand = people(store, SETTINGS, Moment(DAY * DAY_MS + hour * 3_600_000, DAY, "data"))
    names = store.connection.execute("SELECT customer, customer_no FROM customer").fetchall()
    return {name: int(stand.standing[number]) for name, number in names}


def test_who_has_nothing_left_is_nobody_again(store: Store) -> None:
    ordered(store, (1, "anna"), (2, "ben"))
    assert standing(store) == {"anna": UNKNOWN, "ben": UNKNOWN}
    ordered(store, (1, "cleo"))
    assert standing(store) == {"anna": NOBODY, "ben": UNKNOWN, "cleo": UNKNOWN}


def test_who_lives_more_is_known_and_others_are_not_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered(store, (1, "anna"), (2, "ben"))
    standing(store)
    read: list[int] = []
    from troth.ledger.memory import people as module

    chosen = module.chosen

    def counted(*arguments: object) -> object:
        found = chosen(*arguments)  # type: ignore[arg-type]  # what it is called with
        read.extend(found[0].tolist())
        return found

    monkeypatch.setattr(module, "chosen", counted)
    ordered(store, *((number, "ben") for number in range(3, 30)))
    assert standing(store)["ben"] == ABOVE
    assert len(read) == 1


def test_what_is_dated_later_counts_once_its_time_has_come(store: Store) -> None:
    ordered(store, (1, "anna"))
    assert standing(store, hour=11) == {"anna": NOBODY}
    assert standing(store, hour=13) == {"anna": UNKNOWN}

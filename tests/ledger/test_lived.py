"""The experiences of a cell, in pages and in tallies."""

from collections.abc import Callable

import pytest
from tests.insight.conftest import Ledger, Lived, ledger, moment

from troth.ledger.lived import Which, lived, tallies

__all__ = ["ledger"]
CELL = ("delivery", "reliability")
ROWS = [
    Lived("c1", *CELL, -1000, 5, "old-failure"),
    Lived("c2", *CELL, -1000, 95, "new-failure"),
    Lived("c3", *CELL, -3000, 5, "old-and-serious"),
    Lived("c4", *CELL, 1000, 99, "good"),
    Lived("c5", *CELL, -8000, 101, "of-tomorrow"),
    Lived("c6", "shop", "reliability", -8000, 90, "elsewhere"),
    Lived("c7", "delivery", "ability", -8000, 90, "other-mechanism"),
]


@pytest.fixture
def shop(ledger: Callable[..., Ledger]) -> Ledger:
    return ledger(half_life_days={"good": 90, "bad": 90}).live(ROWS)


def records(shop: Ledger, sort: str, first: int = 0, size: int = 9) -> list[str]:
    found = lived(shop.store, shop.settings, moment(100), CELL, Which(sort, first, size))
    return [one.record for one in found]


def test_what_still_weighs_most_against_trust_comes_first(shop: Ledger) -> None:
    assert records(shop, "remaining") == ["old-and-serious", "new-failure", "old-failure", "good"]
    assert records(shop, "-remaining")[0] == "good"
    assert records(shop, "-severity")[0] == "old-and-serious"
    assert records(shop, "-at")[:2] == ["good", "new-failure"]


def test_pages_go_on(shop: Ledger) -> None:
    assert records(shop, "remaining", 0, 3) + records(shop, "remaining", 3, 3) == records(shop, "remaining")


def test_what_is_left_is_exact(shop: Ledger) -> None:
    first = lived(shop.store, shop.settings, moment(95), CELL, Which("at", 0, 1))[0]
    assert first.weight in (-1.0, -3.0)
    assert first.remaining == pytest.approx(first.weight / 2)


def test_tallies_count_by_severity(shop: Ledger) -> None:
    found = {one.severity: (one.experiences, one.weight) for one in tallies(shop.store, moment(100), *CELL)}
    assert found == {2: (2, -2.0), 3: (1, -3.0), 0: (1, 1.0)}


def test_a_touchpoint_that_nobody_lived_is_empty(shop: Ledger) -> None:
    assert tallies(shop.store, moment(100), "nowhere", "ability") == ()


def test_what_was_taken_back_is_not_shown_and_what_came_again_is_shown_once(shop: Ledger) -> None:
    def repeat(record: str, n: int) -> None:
        shop.store.connection.execute(
            f"INSERT INTO experience SELECT * REPLACE ({n} * weight AS weight, {n} AS n) FROM experience"
            f" WHERE record = '{record}' ORDER BY rowid LIMIT 1"
        )

    repeat("new-failure", -1)
    repeat("good", -1)
    repeat("good", 1)
    assert records(shop, "remaining") == ["old-and-serious", "old-failure", "good"]
    found = {one.severity: (one.experiences, one.weight) for one in tallies(shop.store, moment(100), *CELL)}
    assert found == {2: (1, -1.0), 3: (1, -3.0), 0: (1, 1.0)}

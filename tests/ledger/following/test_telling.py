"""What tells a segment's value: by what has come and gone alone, where that is enough."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.following.journey import BLUEPRINT, SETTINGS, tables_of

from troth.ledger import carry, refresh, stand, verify
from troth.ledger.following import segments
from troth.ledger.following.images import Scene
from troth.ledger.following.plan import TellingPlan
from troth.store import Store

DAY = dt.datetime.fromisoformat("2025-01-10")
STANDING_DAY = 20_110

Looks = list[str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger whose sums stand ready."""
    with Store.open(tmp_path, create=True) as opened:
        refresh(opened, BLUEPRINT, SETTINGS)
        stand(opened, SETTINGS, STANDING_DAY)
        yield opened


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """The kinds whose stored records were looked at to tell segments."""
    found: Looks = []
    look: Callable[..., None] = segments.picture_of_customers

    def noted(scene: Scene, telling: TellingPlan, customers: str) -> None:
        found.append(telling.kind)
        look(scene, telling, customers)

    monkeypatch.setattr(segments, "picture_of_customers", noted)
    return found


def order(number: int, total: float, days: float | None = 0, buyer: str = "anna") -> tuple[Any, ...]:
    made = None if days is None else DAY + dt.timedelta(days=days)
    return (number, buyer, made, DAY.date(), DAY, total, None)


def bring(store: Store, looks: Looks, **batch: list[tuple[Any, ...]]) -> Looks:
    """Carry a batch; what was looked at for it."""
    looks.clear()
    carry(store, BLUEPRINT, SETTINGS, tables_of(batch))
    assert verify(store, BLUEPRINT, SETTINGS) == []
    return [kind for kind in looks if kind != "customers"]  # those of new customers always are


def held(store: Store, segment: str = "size") -> dict[str, str]:
    return dict(
        store.connection.execute(
            "SELECT customer, value FROM customer_segment JOIN customer USING (customer_no)"
            " WHERE segment = ? ORDER BY 1",
            [segment],
        ).fetchall()
    )


def test_a_later_order_tells_and_an_earlier_one_does_not(store: Store, looks: Looks) -> None:
    assert bring(store, looks, orders=[order(1, 80)]) == []
    assert held(store) == {"anna": "big"}
    assert bring(store, looks, orders=[order(2, 10, 1)]) == []
    assert held(store) == {"anna": "small"}
    assert bring(store, looks, orders=[order(3, 80, 0.5)]) == []  # late: between the two
    assert held(store) == {"anna": "small"}
    assert bring(store, looks, orders=[order(4, 10, 2)]) == []  # the same value, but later
    assert bring(store, looks, orders=[order(5, 80, 1.5)]) == []  # so this one is not the last
    assert held(store) == {"anna": "small"}


def test_the_latest_order_goes_and_the_one_before_it_speaks_again(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[order(1, 80), order(2, 10, 1)])
    assert bring(store, looks, orders=[order(2, 10, 1, "ben")]) == ["orders"]
    assert held(store) == {"anna": "big", "ben": "small"}
    assert bring(store, looks, orders=[order(2, 10, -1)]) == ["orders"]  # back, and dated before the other
    assert held(store) == {"anna": "big"}


def test_the_latest_order_changes(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[order(1, 80), order(2, 10, 1)])
    assert bring(store, looks, orders=[order(2, 80, 2)]) == []  # later still: nothing else can be
    assert held(store) == {"anna": "big"}
    assert bring(store, looks, orders=[order(2, 10, 2)]) == ["orders"]
    assert held(store) == {"anna": "small"}
    kept = (2, "anna", DAY + dt.timedelta(days=2), DAY.date(), DAY + dt.timedelta(days=9), 10.0, None)
    assert bring(store, looks, orders=[kept]) == []  # what it tells stays as it was
    assert bring(store, looks, orders=[order(1, 10)]) == []  # an older one changes what it told
    assert held(store) == {"anna": "small"}


def test_orders_of_one_time_are_told_apart_by_their_keys(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[order(5, 80)])
    assert bring(store, looks, orders=[order(3, 10)]) == ["orders"]
    assert held(store) == {"anna": "big"}
    assert bring(store, looks, orders=[order(7, 10)]) == ["orders"]
    assert held(store) == {"anna": "small"}
    assert bring(store, looks, orders=[order(6, 10)]) == []  # the same value whichever is the last
    assert bring(store, looks, orders=[order(8, 10), order(9, 80)]) == ["orders"]
    assert held(store) == {"anna": "big"}
    # Within a millisecond the rank does not tell which is the later one.
    within = (10, "anna", DAY + dt.timedelta(microseconds=10), DAY.date(), DAY, 10.0, None)
    assert bring(store, looks, orders=[within]) == ["orders"]
    assert held(store) == {"anna": "small"}


def test_an_order_without_a_time_comes_before_all_others(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[order(9, 80, None)])
    assert bring(store, looks, orders=[order(1, 10, -400)]) == []
    assert held(store) == {"anna": "small"}
    assert bring(store, looks, orders=[order(8, 80, None)]) == []
    assert held(store) == {"anna": "small"}
    assert bring(store, looks, orders=[order(1, 10, None)]) == ["orders"]
    assert held(store) == {"anna": "big"}


def test_a_customer_moves_twice_in_a_batch(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[order(1, 80), order(2, 80, buyer="ben")])
    both = [order(3, 10, 1), order(4, 80, 2), order(5, 10, 1, "ben"), order(5, 10, 3, "ben")]
    assert bring(store, looks, orders=both) == []
    assert held(store) == {"anna": "big", "ben": "small"}
    assert bring(store, looks, orders=[order(4, 10, 2), order(4, 80, 4), order(5, 80, 1, "ben")]) == [
        "orders"
    ]
    assert held(store) == {"anna": "big", "ben": "big"}


def test_a_changed_row_of_a_customer(store: Store, looks: Looks) -> None:
    bring(store, looks, customers=[("anna", "NL", 1)], orders=[order(1, 80)])
    assert held(store, "country") == {"anna": "NL"}
    bring(store, looks, customers=[("anna", "DE", 1)], orders=[order(2, 10, 1)])
    assert held(store, "country") == {"anna": "DE"}
    bring(store, looks, customers=[("anna", None, 2)])
    assert held(store, "country") == {}
    assert held(store, "tier") == {"anna": "2"}
    bring(store, looks, customers=[("ben", "NL", 1)])  # nobody yet
    bring(store, looks, orders=[order(3, 80, buyer="ben")])
    assert held(store, "country") == {"ben": "NL"}


def test_a_value_told_through_a_link_follows_it(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[order(1, 80), order(2, 10)])
    first, second = (
        (1, "a", 1, DAY, 1, 2.0, None, None),
        (2, "b", 2, DAY + dt.timedelta(1), 1, 2.0, None, None),
    )
    bring(store, looks, tickets=[first, second])
    assert held(store, "asks") == {"anna": "a"}
    bring(store, looks, orders=[order(2, 80)])
    assert held(store, "asks") == {"anna": "b"}
    bring(store, looks, orders=[order(2, 10)])
    assert held(store, "asks") == {"anna": "a"}
    bring(store, looks, orders=[order(1, 80, buyer="ben")])
    assert held(store, "asks") == {"ben": "a"}


def test_the_newest_experience_may_be_the_last_one_to_go(store: Store, looks: Looks) -> None:
    bring(store, looks, orders=[(1, "anna", DAY, None, None, 80.0, None)])
    assert bring(store, looks, orders=[(1, "", DAY, None, None, 80.0, None)]) == ["orders"]
    assert held(store) == {}

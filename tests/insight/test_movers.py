"""What moved the index: exact recomputations, checked against ledgers in which it did not happen."""

from collections.abc import Callable

import pytest
from tests.insight.conftest import Ledger, Lived

from troth.insight.company import company_index
from troth.insight.movers import movers

FOREVER = {"half_life_days": {"good": 36_500, "bad": 36_500}}
BEFORE = [
    Lived(f"c{n}", touchpoint, mechanism, 1000 if n % 4 else -1000, n % 10)
    for n in range(60)
    for touchpoint, mechanism in (
        ("shop", "clarity"),
        ("delivery", "reliability"),
        ("support", "benevolence"),
    )
]
AT_DELIVERY = [Lived(f"c{n}", "delivery", "reliability", -1000, 20 + n % 5) for n in range(30)]
AT_SHOP = [Lived(f"c{n}", "shop", "clarity", 1000, 20 + n % 5) for n in range(40)]
Make = Callable[..., Ledger]


def index(ledger: Ledger) -> float:
    found = company_index(ledger.basis(30)).trust.index
    assert found is not None
    return found.value


def test_a_part_is_what_the_index_would_lack_had_it_not_happened(ledger: Make) -> None:
    shop = ledger(**FOREVER).live([*BEFORE, *AT_DELIVERY, *AT_SHOP])
    found = movers(shop.basis(30), shop.basis(10))
    parts = {mover.id: mover for mover in found.touchpoints}
    without = {
        "delivery": ledger(**FOREVER).live([*BEFORE, *AT_SHOP]),
        "shop": ledger(**FOREVER).live([*BEFORE, *AT_DELIVERY]),
    }
    for touchpoint, other in without.items():
        assert parts[touchpoint].change.value == pytest.approx(index(shop) - index(other), abs=0.01)
    assert parts["delivery"].change.value < 0 < parts["shop"].change.value
    assert (parts["delivery"].experiences, parts["delivery"].bad_experiences) == (30, 30)
    assert found.touchpoints[0].id == "delivery"
    before = ledger(**FOREVER).live(BEFORE)
    assert found.change is not None
    assert found.change.value == pytest.approx(index(shop) - index(before), abs=0.01)
    assert {mover.id for mover in found.mechanisms if mover.experiences} == {"reliability", "clarity"}


def test_evidence_that_fades_moves_the_index_too(ledger: Make) -> None:
    shop = ledger(half_life_days={"good": 5, "bad": 200}).live(BEFORE)
    found = movers(shop.basis(30), shop.basis(10))
    assert found.change is not None
    assert found.change.high < 0
    assert all(mover.experiences == 0 and mover.change.value < 0 for mover in found.touchpoints)


def test_a_touchpoint_that_is_new_counts_from_nothing(ledger: Make) -> None:
    shop = ledger(**FOREVER).live([*(row for row in BEFORE if row.touchpoint != "delivery"), *AT_DELIVERY])
    [first, *_] = movers(shop.basis(30), shop.basis(10)).touchpoints
    assert (first.id, first.certain) == ("delivery", True)


def test_where_too_little_is_known_nothing_is_said(ledger: Make) -> None:
    shop = ledger().live([Lived("c1", "shop", "clarity", 1000, 1), Lived("c2", "shop", "clarity", 1000, 20)])
    found = movers(shop.basis(30), shop.basis(5))
    assert found.change is None
    assert found.touchpoints == found.mechanisms == ()

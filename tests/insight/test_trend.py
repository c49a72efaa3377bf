"""The trend: every day's end, its band, and the change."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from tests.insight.conftest import DAY_MS, Ledger, Lived

from troth.insight.basis import basis
from troth.insight.company import company_index
from troth.insight.days import date_of, day_of, time_of
from troth.insight.touchpoints import touchpoints
from troth.insight.trend import trend
from troth.ledger import Moment

LAST = 20_000


def declining(customers: int = 200) -> list[Lived]:
    """A year in which deliveries go from 5 % to 40 % late."""
    generator = np.random.default_rng(3)
    return [
        Lived(f"c{c}", "delivery", "reliability", -1000 if generator.uniform() < late else 1000, LAST - age)
        for c in range(customers)
        for age, late in ((300.2, 0.05), (200.5, 0.05), (100.7, 0.1), (30.1, 0.4))
    ]


def test_each_day_is_what_a_read_out_of_that_day_says(ledger: Callable[..., Ledger]) -> None:
    lived = ledger(half_life_days={"good": 45, "bad": 120}).live(declining())
    found = trend(lived.basis(LAST))
    assert found.days[-1] == date_of(LAST)
    assert len(found.days) == 302  # the oldest experience was 301 days ago
    for back in (1, 61, 150):
        then = company_index(lived.basis(LAST + 1 - back)).trust
        assert then.index is not None
        assert found.index[-back] == pytest.approx(then.index.value, abs=1e-9)
        assert found.low[-back] == pytest.approx(then.index.low, abs=1e-6)
        assert found.high[-back] == pytest.approx(then.index.high, abs=1e-6)
        able = then.preconditions[1].score
        assert able is not None
        assert found.able[-back] == pytest.approx(able.value, abs=1e-9)


def test_the_change_is_paired_and_finds_the_decline(ledger: Callable[..., Ledger]) -> None:
    found = trend(ledger().live(declining()).basis(LAST))
    assert found.compared_with == date_of(LAST - 90)
    assert found.change is not None
    assert found.index[-1] is not None
    assert found.index[-91] is not None
    assert found.change.value == pytest.approx(found.index[-1] - found.index[-91])
    assert found.change.high < 0


def test_no_more_than_a_year(ledger: Callable[..., Ledger]) -> None:
    rows = [*declining(), *(Lived(f"o{i}", "shop", "clarity", 1000, LAST - 900) for i in range(9))]
    found = trend(ledger(half_life_days={"good": 400, "bad": 400}).live(rows).basis(LAST))
    assert len(found.days) == 365
    assert found.assessable[0] is not None
    assert found.assessable[0] > 60  # what was before the period still counts


def test_too_little_evidence_is_a_gap(ledger: Callable[..., Ledger]) -> None:
    rows = [Lived("first", "shop", "clarity", 1000, LAST - 50), *declining()[3::4]]
    found = trend(ledger().live(rows).basis(LAST))
    assert found.index[0] is None
    assert found.low[0] is None
    assert found.index[-1] is not None
    assert found.change is None


def test_a_read_out_within_a_day_leaves_out_the_rest_of_it(ledger: Callable[..., Ledger]) -> None:
    rows = [*(Lived(f"c{i}", "shop", "clarity", 1000, LAST) for i in range(9)), *declining()]
    lived = ledger().live([*rows, Lived("late", "shop", "clarity", -8000, LAST + 0.5)])
    noon = Moment(LAST * DAY_MS + DAY_MS // 4, LAST, "given")
    before = trend(basis(lived.store, lived.blueprint, lived.settings, noon))
    after = trend(lived.basis(LAST))
    assert before.assessable[-1] == pytest.approx(100 * 10 / 11)
    assert after.assessable[-1] == pytest.approx(100 * 10 / (11 + 8 * 5))


def test_touchpoint_series_ends_with_the_touchpoints_index(ledger: Callable[..., Ledger]) -> None:
    stands_on = ledger().live(declining()).basis(LAST)
    shop, delivery, _support = touchpoints(stands_on, trend(stands_on).days)
    assert delivery.trust.index is not None
    assert delivery.series[-1] == pytest.approx(delivery.trust.index.value)
    assert delivery.volume_share == 1
    assert shop.trust.index is None
    assert set(shop.series) == {None}


def test_days_and_dates() -> None:
    assert date_of(0) == date(1970, 1, 1)
    assert day_of(date(2026, 1, 31)) == 20_484
    assert date_of(day_of(date(2024, 2, 29))) == date(2024, 2, 29)
    assert time_of(1).isoformat() == "1970-01-01T00:00:00.001000+00:00"

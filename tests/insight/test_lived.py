import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from troth.insight.lived import lived, waiting_shares
from troth.ledger.waits import Waits


def waits(kept: list[int], open_: list[int]) -> Waits:
    hours = np.unique(np.array([*kept, *open_], np.int64))
    return Waits(
        hours,
        np.array([kept.count(hour) for hour in hours.tolist()], np.int64),
        np.array([open_.count(hour) for hour in hours.tolist()], np.int64),
    )


def test_without_open_promises_it_is_the_plain_quantile() -> None:
    found = lived(waits([24 * day - 1 for day in range(1, 101)], []), days=50)
    assert (found.kept, found.open) == (100, 0)
    assert found.middle == pytest.approx(50)
    assert found.most == pytest.approx(90)
    assert found.within == pytest.approx(0.5)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 90 < found.high


def test_those_who_still_wait_make_it_longer() -> None:
    kept = [47] * 80 + [71] * 10
    assert lived(waits(kept, []), 2).most == 3
    found = lived(waits(kept, [200] * 20), 2)
    assert found.middle == 2
    assert found.most is None  # more than one of ten has not got it yet
    assert found.within == pytest.approx(80 / 110)


def test_young_open_promises_do_not_frighten() -> None:
    kept = [47] * 90 + [71] * 10
    assert lived(waits(kept, [3] * 500), 2).most == lived(waits(kept, []), 2).most


def test_few_kept_promises_tell_nothing() -> None:
    found = lived(waits([24] * 19, [5]), 2)
    assert (found.kept, found.open, found.most, found.within) == (19, 1, None, None)


HOURS = st.lists(st.integers(0, 400), min_size=1, max_size=60)


@given(HOURS, st.lists(st.integers(0, 400), max_size=30))
def test_it_agrees_with_scipy(kept: list[int], open_: list[int]) -> None:
    made = waits(kept, open_)
    share, low, high = waiting_shares(made)
    peer = stats.ecdf(stats.CensoredData(uncensored=kept, right=open_)).sf
    at = np.searchsorted(peer.quantiles, made.hours)
    np.testing.assert_allclose(share, peer.probabilities[at], atol=1e-12)
    assert np.all(low <= share + 1e-12)
    assert np.all(share <= high + 1e-12)


def test_the_interval_is_scipys() -> None:
    made = waits([5, 9, 9, 20, 31, 50, 70] * 5, [8, 40] * 5)
    _share, low, high = waiting_shares(made)
    kept = np.repeat(made.hours, made.kept)
    peer = stats.ecdf(stats.CensoredData(uncensored=kept, right=np.repeat(made.hours, made.open))).sf
    with pytest.warns(RuntimeWarning, match="undefined"):  # where nobody waits any more
        limits = peer.confidence_interval(confidence_level=0.9, method="log-log")
    inner = np.isfinite(limits.low.probabilities) & (low < high)
    assert inner.sum() >= 6
    np.testing.assert_allclose(low[inner], limits.low.probabilities[inner], rtol=1e-3)
    np.testing.assert_allclose(high[inner], limits.high.probabilities[inner], rtol=1e-3)

"""A share corrected for the reader's errors: known values, limits, and how often the interval holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.insight.voices import shares
from troth.insight.voices.errors import Beta, Errors
from troth.insight.voices.shares import Corrected, Found, corrected, difference, p_value, plain

LEVEL = 0.9


def errors(sensitivity: float, specificity: float, texts: float) -> Errors:
    return Errors(
        Beta(sensitivity * texts, (1 - sensitivity) * texts),
        Beta(specificity * texts, (1 - specificity) * texts),
        texts,
    )


def independent(yes: int, whole: int) -> Found:
    return Found(yes, whole, whole)


def given_share(found: Corrected | None) -> float:
    assert found is not None
    return found.share(LEVEL).value


def test_who_never_errs_is_not_corrected() -> None:
    sure = errors(1 - 1e-6, 1 - 1e-6, 1e6)
    assert given_share(corrected(independent(300, 1000), None, sure, (1,))) == pytest.approx(0.3, abs=0.002)


def test_the_estimate_is_that_of_rogan_and_gladen() -> None:
    known = errors(0.8, 0.9, 1e7)  # (.24 + .9 - 1) / (.8 + .9 - 1)
    found = corrected(independent(240_000, 1_000_000), None, known, (1,))
    assert given_share(found) == pytest.approx(0.2, abs=0.0005)


def test_a_reader_who_guesses_gives_no_share() -> None:
    assert corrected(independent(50, 100), None, errors(0.55, 0.5, 1e5), (1,)) is None
    assert corrected(independent(50, 100), None, errors(0.8, 0.6, 4), (1,)) is None, "hardly measured"
    assert corrected(independent(50, 100), None, errors(0.8, 0.6, 400), (1,)) is not None


def test_little_known_errors_widen_the_interval() -> None:
    widths = []
    for texts in (20, 60, 500):
        found = corrected(independent(400, 1000), None, errors(0.85, 0.9, texts), (1,))
        assert found is not None
        share = found.share(LEVEL)
        widths.append(share.high - share.low)
    assert widths[0] > 1.5 * widths[1] > 1.5 * widths[2]


@given(yes=st.integers(0, 200), a=st.floats(0.6, 1), b=st.floats(0.6, 1), texts=st.integers(40, 400))
def test_no_share_is_below_nothing_or_above_all(yes: int, a: float, b: float, texts: int) -> None:
    found = corrected(independent(yes, 200), None, errors(min(a, 0.999), min(b, 0.999), texts), (yes,))
    if found is not None:
        share = found.share(LEVEL)
        assert 0 <= share.low <= share.value <= share.high <= 1


@pytest.mark.parametrize("yes", [0, 2, 998, 1000])
def test_near_none_and_all_the_interval_keeps_its_width(yes: int) -> None:
    """Where false alarms alone would exceed what was read, the share is small, but it is not 0 for sure."""
    found = corrected(independent(yes, 1000), independent(500, 1000), errors(0.9, 0.9, 60), (1,))
    assert found is not None
    share, change = found.share(LEVEL), found.change(LEVEL)
    assert 0.0005 < share.high - share.low < 0.2
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert change is not None
    assert (change.value < -0.35) if yes < 500 else (change.value > 0.35)


def test_both_ways_to_draw_agree_where_both_can_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    args = (independent(300, 1000), None, errors(0.85, 0.9, 100), (1,))
    one = corrected(*args)
    monkeypatch.setattr(shares, "MOST_POSSIBLE", 1.1)
    other = corrected(*args)
    assert one is not None
    assert other is not None
    first, second = one.share(LEVEL), other.share(LEVEL)
    assert [first.value, first.low, first.high] == pytest.approx(
        [second.value, second.low, second.high], abs=0.015
    )


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Simulated: a labelled set of 60 + 60 texts and 400 texts of which 25 % are bad."""
    generator = np.random.default_rng(7)
    held, runs = 0, 400
    for run in range(runs):
        a, b, true = 0.85, 0.93, 0.25
        hits, passes = generator.binomial(60, a), generator.binomial(60, b)
        known = Errors(Beta(hits + 0.5, 60.5 - hits), Beta(passes + 0.5, 60.5 - passes), 60)
        read = generator.binomial(400, true * a + (1 - true) * (1 - b))
        found = corrected(independent(int(read), 400), None, known, (run,))
        assert found is not None
        share = found.share(LEVEL)
        held += share.low <= true <= share.high
    assert 0.87 <= held / runs <= 0.96  # uncorrected, 0.25 * .85 + .75 * .07 = .265 would hold it, too:
    wrong = plain(independent(3180, 12000), (1,), LEVEL)
    assert not wrong.low <= 0.25 <= wrong.high


def test_errors_that_are_alike_in_both_periods_do_not_blur_what_changed() -> None:
    found = corrected(independent(300, 1000), independent(200, 1000), errors(0.8, 0.8, 60), (1,))
    assert found is not None
    change, share = found.change(LEVEL), found.share(LEVEL)
    assert change is not None
    assert change.low > 0
    assert change.value == pytest.approx(0.1 / 0.6, abs=0.03)
    assert change.high - change.low < share.high - share.low + 0.1


def test_the_same_figure_is_drawn_the_same_and_another_one_not() -> None:
    args = (independent(30, 100), None, errors(0.9, 0.9, 100))
    assert given_share(corrected(*args, (1, 2))) == given_share(corrected(*args, (1, 2)))
    assert given_share(corrected(*args, (1, 2))) != given_share(corrected(*args, (2, 1)))


def test_a_difference_and_its_p_value() -> None:
    now, before = independent(60, 200), independent(40, 200)
    change = difference(now, before, (1,), LEVEL)
    assert change.value == pytest.approx(0.1)
    assert change.low > 0
    assert p_value(now, before) == pytest.approx(0.02092, abs=1e-4)  # z = .1 / sqrt(.25 * .75 / 100)
    assert p_value(independent(0, 50), independent(0, 70)) == 1.0


def test_texts_of_few_customers_are_worth_less() -> None:
    few, many = Found(60, 200, 20), independent(60, 200)
    assert np.ptp(few.draws((1,))) > 2 * np.ptp(many.draws((1,)))
    assert p_value(few, Found(40, 200, 20)) > 0.3

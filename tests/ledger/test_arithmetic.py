"""The oracles and the properties of the trust model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.ledger import arithmetic as model

RATIO = 5
evidence = st.floats(0, 1e6)
ratios = st.floats(0.1, 100)
scores = st.floats(1e-12, 1)


@pytest.mark.parametrize(
    ("good", "bad", "expected", "low", "high"),
    [
        (0, 0, 0.5, 0.0552, 1.0000),
        (1, 0, 0.666667, None, None),
        (0, 1, 0.142857, 0.0087, 0.6902),
        (5, 1, 0.5, 0.2129, 0.9285),
        (10, 1, 0.647059, None, None),
        (100, 20, 0.5, 0.4077, 0.6074),
    ],
)
def test_score_and_its_exact_interval(
    good: float, bad: float, expected: float, low: float | None, high: float | None
) -> None:
    posterior = model.posterior(good, bad, RATIO)
    assert posterior.score == pytest.approx(expected, abs=5e-7)
    if low is not None:
        assert posterior.interval(0.9) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_touchpoint_of_three_preconditions() -> None:
    good, bad = np.array([18.0, 40.0, 6.0]), np.array([2.0, 1.0, 4.0])
    posterior = model.posterior(good, bad, RATIO)
    np.testing.assert_allclose(posterior.score, [0.633333, 0.872340, 0.25], atol=5e-7)
    low, high = posterior.interval(0.9)
    np.testing.assert_allclose(low, [0.4039, 0.7005, 0.1108], atol=5e-5)
    np.testing.assert_allclose(high, [0.8983, 0.9888, 0.5118], atol=5e-5)
    assert model.owed(model.balance(6, 4, RATIO)) == 14
    assert model.index(posterior.score) == pytest.approx(0.516915, abs=5e-7)
    np.testing.assert_allclose(model.shortfall_shares(posterior.score), [0.2307, 0.0690, 0.7003], atol=5e-5)
    assert model.weakest(posterior.score) == 2
    low, high = model.index_interval(posterior, 0.9)
    assert low == pytest.approx(0.380, abs=0.005)
    assert high == pytest.approx(0.687, abs=0.005)


def test_nothing_is_owed_of_a_level_balance() -> None:
    assert np.array_str(np.asarray(model.owed([0.0, 5.0, -2.0]))) == "[0. 0. 2.]"  # equality takes −0 for 0


def test_good_contacts_to_regain_the_old_score() -> None:
    np.testing.assert_allclose(model.good_to_regain([20, 50], [0, 5], RATIO), [105, 9.81], atol=5e-3)


@given(evidence, evidence, ratios)
def test_regaining_gives_the_old_score_back(good: float, bad: float, ratio: float) -> None:
    extra = model.good_to_regain(good, bad, ratio)
    before, after = model.posterior(good, bad, ratio), model.posterior(good + extra, bad + 1, ratio)
    assert after.score == pytest.approx(before.score)


@given(evidence, evidence, ratios, st.floats(1e-3, 10))
def test_score_and_balance_are_monotone(good: float, bad: float, ratio: float, more: float) -> None:
    score = model.posterior(good, bad, ratio).score
    assert model.posterior(good + more, bad, ratio).score >= score
    assert model.posterior(good, bad + more, ratio).score <= score
    assert model.balance(good + more, bad, ratio) > model.balance(good, bad, ratio)
    assert model.balance(good, bad + more, ratio) < model.balance(good, bad, ratio)


def test_rescaling_evidence_to_its_total_is_rejected_for_it_is_not_monotone() -> None:
    def rescaled(
        good: float, bad: float
    ) -> float:  # ratio-inflated evidence, scaled back so that the total stays good + bad
        scale = (good + bad) / (good + RATIO * bad)
        return (good * scale + 1) / ((good + RATIO * bad) * scale + 2)

    assert rescaled(0.01, 0.1) < rescaled(0.0, 0.1)
    assert model.posterior(0.01, 0.1, RATIO).score > model.posterior(0.0, 0.1, RATIO).score


def test_uncertainty_comes_from_raw_sums() -> None:
    assert model.posterior(0, 1, 5).unknown == pytest.approx(1.2 / 2.2)
    assert model.posterior(1, 0, 5).unknown == model.posterior(0, 1, 5).unknown
    assert model.posterior(0, 0, 5).unknown == 1


@given(evidence, evidence)
def test_ratio_one_is_the_plain_beta_reputation(good: float, bad: float) -> None:
    posterior = model.posterior(good, bad, 1)
    assert posterior.score == pytest.approx((good + 1) / (good + bad + 2))
    assert posterior.unknown == pytest.approx(2 / (good + bad + 2))


@given(evidence, evidence, ratios, st.sampled_from([0.5, 0.9, 0.999]))
def test_interval_is_ordered_and_inside_the_scale(
    good: float, bad: float, ratio: float, level: float
) -> None:
    low, high = model.posterior(good, bad, ratio).interval(level)
    assert 0 <= low <= high <= 1


@given(st.lists(scores, min_size=3, max_size=3))
def test_shares_of_the_shortfall_add_up_exactly(values: list[float]) -> None:
    shares = model.shortfall_shares(values)
    assert shares[0] + shares[1] + shares[2] == 1
    assert (shares >= 0).all()


@pytest.mark.parametrize(
    ("values", "shares"),
    [((1, 1, 1), (1 / 3, 1 / 3, 1 / 3)), ((0, 0.5, 0.5), (1, 0, 0)), ((0, 0, 1), (0.5, 0.5, 0))],
)
def test_shares_where_logarithms_end(values: tuple[float, ...], shares: tuple[float, ...]) -> None:
    np.testing.assert_allclose(model.shortfall_shares(values), shares)


def test_neutral_stays_neutral_and_one_broken_precondition_breaks() -> None:
    assert model.index([0.5, 0.5, 0.5]) == 0.5
    assert model.index([0.9, 0.9, 0.001]) < 0.1


def test_interval_of_an_index_does_not_depend_on_the_rows_beside_it() -> None:
    rows = model.posterior([[18, 40, 6], [0, 0, 0], [1, 2, 3]], [[2, 1, 4], [0, 0, 0], [0, 0, 9]], RATIO)
    alone = model.posterior([1, 2, 3], [0, 0, 9], RATIO)
    together, single = model.index_interval(rows), model.index_interval(alone)
    assert (together[0][2], together[1][2]) == single

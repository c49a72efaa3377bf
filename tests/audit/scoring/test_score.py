import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audit.scoring.helpers import SCORING, said

from troth.audit.judging import Judged
from troth.audit.rule import Category
from troth.audit.scoring import configured, gain, grid, scored, stability
from troth.audit.verdict import Verdict, informative, needs_review, not_applicable


def test_a_category_is_the_weighted_mean_of_what_counted() -> None:
    shop = [
        said("imprint", "transparency", 1.0),
        said("delivery", "transparency", 0.5),
        said("vat", "transparency", not_applicable("none")),
    ]
    score = scored(shop, SCORING)
    assert score.categories[0].value == pytest.approx(100 * (9 + 3) / 15)
    assert score.value == score.categories[0].value
    assert [category.value for category in score.categories[1:]] == [None, None, None]
    assert score.categories[0].counted == 2


def test_a_failed_gate_caps_its_category_and_says_so() -> None:
    shop = [said("imprint", "transparency", 0.85), said("delivery", "transparency", 1.0)]
    [category, *_others] = scored(shop, SCORING).categories
    assert category.value == pytest.approx(49)
    assert category.capped_by == ("imprint",)


def test_a_failed_gate_never_raises_a_category() -> None:
    shop = [said("imprint", "transparency", 0), said("delivery", "transparency", 0.2)]
    assert scored(shop, SCORING).categories[0].value == pytest.approx(100 * 1.2 / 15)


def test_categories_count_as_the_scoring_says() -> None:
    shop = [said("delivery", "transparency", 1.0), said("stars", "reviews", 0.4)]
    assert scored(shop, SCORING).value == pytest.approx(100 * (1 * 1 + 2 * 0.4) / 3)


def test_a_failed_destroyer_costs_the_ratio_times_its_weight() -> None:
    honest = [said("delivery", "transparency", 1.0), said("https", "security", 1.0)]
    score = scored([*honest, said("countdown", "destroyers", 0)], SCORING)
    assert score.penalty == {"countdown": pytest.approx(100 * 5 * 1 / 16)}
    assert score.value == pytest.approx(100 - 100 * 5 / 16)
    assert scored([*honest, said("countdown", "destroyers", 1.0)], SCORING).value == pytest.approx(100)


def test_a_score_is_never_below_nothing() -> None:
    shop = [said("vat", "transparency", 1.0), said("countdown", "destroyers", 0)]
    assert scored(shop, SCORING).value == 0


def test_mending_brings_something_even_where_the_score_stands_at_nothing() -> None:
    shop = [
        said("vat", "transparency", 0),
        said("delivery", "transparency", 0.2),
        said("countdown", "destroyers", 0),
        said("https", "security", 0),
    ]
    assert scored(shop, SCORING).value == 0
    assert all(points > 0 for points in gain(shop, SCORING).values())


def test_nothing_counted_is_no_score() -> None:
    for shop in ([], [said("vat", "transparency", not_applicable("none"))]):
        assert scored(shop, SCORING).value is None
        assert stability(shop, SCORING).low is None


@pytest.mark.parametrize("verdict", [needs_review("look"), Verdict("error", None, "broke")])
def test_what_is_open_makes_a_category_incomplete(verdict: Verdict) -> None:
    shop = [said("delivery", "transparency", 1.0), said("vat", "transparency", verdict)]
    score = scored(shop, SCORING)
    assert not score.complete
    assert [category.complete for category in score.categories] == [False, True, True, True]


def test_the_gain_is_what_the_score_rises_by() -> None:
    shop = [
        said("imprint", "transparency", 0),
        said("delivery", "transparency", 0.5),
        said("https", "security", 1.0),
        said("countdown", "destroyers", 0),
    ]
    gains = gain(shop, SCORING)
    assert set(gains) == {"imprint", "delivery", "countdown"}
    for id_, points in gains.items():
        mended = [
            said(one.rule.id, one.rule.category, 1.0 if one.rule.id == id_ else one.verdict) for one in shop
        ]
        before, after = scored(shop, SCORING).value, scored(mended, SCORING).value
        assert before is not None
        assert after is not None
        assert points == pytest.approx(after - before)


LEVELS = st.sampled_from([None, 0.0, 0.3, 0.89, 0.9, 1.0])


@given(st.lists(LEVELS, min_size=6, max_size=6), st.integers(0, 5))
def test_a_better_rule_never_makes_a_shop_worse(levels: list[float | None], place: int) -> None:
    names: list[tuple[str, Category]] = [
        ("imprint", "transparency"), ("delivery", "transparency"), ("vat", "transparency"),
        ("https", "security"), ("stars", "reviews"), ("countdown", "destroyers"),
    ]  # fmt: skip

    def shop(values: list[float | None]) -> list[Judged]:
        return [
            said(id_, category, informative("told") if value is None else value)
            for (id_, category), value in zip(names, values, strict=True)
        ]

    if levels[place] is None:
        return
    better = [value for value in (0.0, 0.3, 0.89, 0.9, 1.0) if value >= levels[place]]
    values = [scored(shop([*levels[:place], one, *levels[place + 1 :]]), SCORING).value for one in better]
    assert all(
        after >= before - 1e-9 for before, after in itertools.pairwise(v for v in values if v is not None)
    )


def test_the_grid_has_the_weighted_mean_and_the_worst_of_each_cell() -> None:
    shop = [
        said("imprint", "transparency", 1.0, "terms", "clarity"),
        said("delivery", "transparency", 0.5, "terms", "clarity"),
        said("vat", "transparency", 0, "terms", "clarity"),
        said("https", "security", not_applicable("none"), "everywhere", "ability"),
    ]
    [cell, other] = grid(shop, SCORING)
    assert (cell.touchpoint, cell.mechanism) == ("terms", "clarity")
    assert cell.value == pytest.approx(100 * (9 + 3) / 18)
    assert (cell.failed, cell.worst) == (2, "vat")
    assert (other.value, other.worst, other.rules) == (None, None, ("https",))


def test_stability_surrounds_the_score_and_is_the_same_each_time() -> None:
    shop = [
        said("imprint", "transparency", 1.0),
        said("delivery", "transparency", 0.5),
        said("vat", "transparency", 0.2),
        said("stars", "reviews", 1.0),
    ]
    found, value = stability(shop, SCORING), scored(shop, SCORING).value
    assert found == stability(shop, SCORING)
    assert found.low is not None
    assert found.high is not None
    assert value is not None
    assert found.low < value < found.high
    assert found.first is not None
    assert 0.5 < found.first < 1  # 6 × 0.5 against 3 × 0.8: mostly, not always


def test_the_catalogues_scoring_is_valid_and_counts_every_category() -> None:
    scoring = configured()
    assert len(scoring.rules) == 65
    assert scoring.ratio == 5
    assert sum(weight.gate for weight in scoring.rules.values()) == 10

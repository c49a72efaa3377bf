"""The reader on the blind set, in sum: a little below what it reached, so that who makes it worse sees it.

Nobody may raise a figure by looking at these texts; a floor is raised when a reader that was made without
them has become better, and lowered by nobody.
"""

import pytest
from bench.reading_agreed import Agreement, Both, agreement, blind, both

from troth.reading import Reader, Reading, Statement

FLOORS = {
    "nl": (0.77, 0.55, 0.43, 0.465),
    "de": (0.645, 0.455, 0.42, 0.51),
    "en": (0.675, 0.42, 0.395, 0.455),
}
"""AUC, micro-F1 of mechanisms, of topics, of topics with those only mentioned."""


@pytest.fixture(scope="module")
def found() -> dict[str, Agreement]:
    return blind(Reader())


@pytest.mark.parametrize("language", FLOORS)
def test_the_blind_set_is_read_no_worse_than_before(found: dict[str, Agreement], language: str) -> None:
    one = found[language]
    reached = (one.auc or 0.0, one.mechanisms, one.topics, one.topics_mentioned)
    assert one.texts == 100
    assert all(value >= floor for value, floor in zip(reached, FLOORS[language], strict=True)), reached


def test_what_only_one_of_two_named_counts_neither_way() -> None:
    labels = [
        both(
            {"polarity": "negative", "mechanisms": ["clarity-"], "topics": ["invoice", "price"]},
            {"polarity": "negative", "mechanisms": ["clarity-", "ability-"], "topics": ["invoice"]},
            "",
        ),
        both({"polarity": "positive"}, {"polarity": "neutral"}, ""),
    ]
    assert labels[1] == Both((1, 0), (set(), set()), (set(), set()))
    readings = [
        Reading("en", "", -0.5, 1.0, -1, (Statement("invoice", "ability", -0.5, 1.0),)),
        Reading("en", "", 0.0, 0.0, 0, mentions=("order",)),
    ]
    measured = agreement(readings, labels)
    assert (measured.texts, measured.auc, measured.accuracy) == (2, None, 1.0)
    assert (measured.mechanisms, measured.topics) == (0.0, 1.0)
    assert measured.topics_mentioned == pytest.approx(2 / 3)

"""The words of dark patterns against the texts made for that."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from troth.audit.dark_text import KINDS, kind_of, worded
from troth.audit.dark_text_model import Model

TEXTS = Path(__file__).parent / "data" / "dark_text"


def texts(language: str) -> list[tuple[str, str, bool, bool]]:
    """Text, kind, whether it is dark, and whether the words were written with its family in view."""
    data = YAML(typ="safe", pure=True).load((TEXTS / f"{language}.yaml").read_text("utf-8"))
    return [
        (text, kind, side == "dark", number % 2 == 0)
        for side, kinds in data.items()
        for kind, families in kinds.items()
        for number, family in enumerate(families)
        for text in family
    ]


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_the_set_is_large_enough_balanced_and_without_doubles(language: str) -> None:
    found = texts(language)
    dark = sum(one[2] for one in found)
    assert len(found) >= 150
    assert 0.4 < dark / len(found) < 0.6
    assert len({one[0] for one in found}) == len(found)
    assert {one[1] for one in found if one[2]} == set(KINDS)


# Somewhat below what was measured: docs/method/dark-patterns.md.
@pytest.mark.parametrize(
    ("language", "precision", "recall"), [("nl", 0.95, 0.8), ("de", 0.95, 0.8), ("en", 0.9, 0.62)]
)
def test_the_words_find_most_and_take_hardly_anything_plain(
    language: str, precision: float, recall: float
) -> None:
    unseen = [(dark, worded(text)) for text, _, dark, looked in texts(language) if not looked]
    right = sum(dark and said for dark, said in unseen)
    assert right / sum(said for _dark, said in unseen) > precision
    assert right / sum(dark for dark, _said in unseen) > recall


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nog maar 3 op voorraad", "scarcity"),
        ("Nur noch 2 Stunden", "urgency"),
        ("12 people are viewing this", "social"),
        ("Nein danke, ich zahle lieber den vollen Preis", "shaming"),
        ("Your membership is automatically renewed", "trap"),
        ("Nee bedankt", None),
        ("Nein danke", None),
        ("Voor 22:00 besteld, morgen in huis", None),
        ("Angebot gültig bis 30. November 2026", None),
        ("12 stuks op voorraad", None),
        ("Free shipping over $50", None),
        ("Delivered within 3 working days", None),
        ("30 day returns, no reason needed", None),
        ("4.6 out of 5 stars from 212 reviews", None),
        ("Add on something to make it extra special!", "selling"),
    ],
)
def test_a_text_has_its_kind(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


def test_who_may_write_a_review_is_no_pressure() -> None:
    assert kind_of("All reviews come from customers who bought the product from us.") is None
    assert kind_of("Someone in Utrecht bought the jug 5 minutes ago") == "social"


# What the method's page says: docs/method/dark-patterns.md. Nothing was trained on these texts.
@pytest.mark.parametrize(
    ("language", "least_found", "most_taken"), [("nl", 0.9, 1), ("de", 0.9, 1), ("en", 0.85, 5)]
)
def test_words_and_model_together_find_more_and_leave_plain_texts_alone(
    language: str, least_found: float, most_taken: int
) -> None:
    said = [(dark, kind_of(text, language) is not None) for text, _, dark, _looked in texts(language)]
    found = [pressing for dark, pressing in said if dark]
    assert sum(found) / len(found) > least_found
    assert sum(pressing for dark, pressing in said if not dark) <= most_taken


def test_the_model_is_not_asked_about_other_languages() -> None:
    text = "Add on something to make it extra special!"
    assert kind_of(text, "en") == "selling"
    assert kind_of(text, "fr") is None


def test_a_score_is_the_sum_of_what_the_file_says() -> None:
    words = {"only": (2.0, 1.0), "left": (1.0, -0.5)}
    one = Model(bias=0.5, shape=(0.0,) * 10, pieces={}, words=words, kinds={})
    # Lengths 2 and 1, scaled by √5; a number and a pair that the model does not know count nothing.
    assert one.score("Only 3 left") == pytest.approx(0.5 + (2 * 1.0 - 1 * 0.5) / 5**0.5)
    assert one.score("Table") == 0.5


def test_the_kind_is_the_one_whose_words_weigh_most() -> None:
    kinds = {"urgency": {"(always)": -1.0, "soon": 3.0}, "trap": {"(always)": 0.0}}
    one = Model(bias=0.0, shape=(0.0,) * 10, pieces={}, words={}, kinds=kinds)
    assert (one.kind("Ends soon"), one.kind("Call us")) == ("urgency", "trap")

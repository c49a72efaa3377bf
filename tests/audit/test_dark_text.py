"""The words of dark patterns against the texts made for that."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from troth.audit.dark_text import KINDS, kind_of

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
    unseen = [(dark, kind_of(text) is not None) for text, _, dark, looked in texts(language) if not looked]
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
    ],
)
def test_a_text_has_its_kind(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


def test_who_may_write_a_review_is_no_pressure() -> None:
    assert kind_of("All reviews come from customers who bought the product from us.") is None
    assert kind_of("Someone in Utrecht bought the jug 5 minutes ago") == "social"

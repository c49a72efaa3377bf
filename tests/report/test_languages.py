"""The page speaks one language: nothing English is left in the German and the Dutch one."""

import re
from functools import cache
from html import unescape

import pytest
from tests.report import twins

from troth.ledger.rules import FAULTS
from troth.reading.masking import PLACEHOLDERS
from troth.report.page.render import html
from troth.report.page.words import LEFT_OUT_REASONS, MASKS, breakable, quoted
from troth.texts import use_language

SAME = {
    "de": {"Troth", "Index", "Auto", "Phase", "Reputation", "50 neutral"},
    "nl": {"Troth", "Index", "Auto", "Interval"},
}
"""What is written the same in English."""
SHORT_MONTHS = ("Jan", "Feb", "Apr", "Jun", "Jul", "Aug", "Sep", "Nov")
MONTHS = {
    "April", "August", "September", "October", "November", "December", "Sep", "Nov",
    *(f"{month} {year}" for month in SHORT_MONTHS for year in (2025, 2026)),
}  # fmt: skip


@cache
def page(language: str) -> str:
    return html(twins.example(), language)


def said(language: str) -> frozenset[str]:
    """Every text with a word in it that a reader of the page sees or hears, apart from ids and names."""
    drawn = re.sub(
        r"<(script|style|code|blockquote)\b.*?</\1>|<th scope=.row. lang=.*?</th>",
        "",
        page(language),
        flags=re.DOTALL,
    )
    labels = re.findall(r'\b(?:aria-label|title|alt)="([^"]*)"', drawn)
    nodes = re.split(r"<[^>]*>", drawn)
    bubbles = re.findall(r'"told": ?"((?:[^"\\]|\\.)*)"', page(language))
    told = [line.split(r"\t")[0] for bubble in bubbles for line in bubble.split(r"\n")]
    texts = {unescape(text).strip(" \n;,:·()") for text in (*labels, *nodes, *told)}
    return frozenset(text for text in texts if re.search(r"[^\W\d_]{3}", text))


@pytest.mark.parametrize("language", ["de", "nl"])
def test_nothing_english_is_left(language: str) -> None:
    left = said("en") & said(language)
    assert left - twins.free_texts(twins.example()) - SAME[language] - MONTHS == set()


def test_every_reason_to_leave_a_record_out_has_words() -> None:
    assert set(LEFT_OUT_REASONS) == set(FAULTS.values())


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_the_language_of_the_page_is_declared(language: str) -> None:
    assert f'<html lang="{language}"' in page(language)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Aanspreekbaarheid", ["Aanspreek", "baar", "heid"]),
        ("Verlässlichkeit", ["Verlässlich", "keit"]),
        ("Accountability", ["Account", "ability"]),
        ("Ability", ["Ability"]),
        ("Konsequenzen", ["Konsequen", "zen"]),
        ("Heidelberg", ["Heidelberg"]),
        ("Shared interests", ["Shared interests"]),
    ],
)
def test_a_long_word_may_break_before_its_ending(word: str, parts: list[str]) -> None:
    assert breakable(word).split("\N{SOFT HYPHEN}") == parts


def test_what_was_masked_is_named_in_the_readers_language() -> None:
    assert tuple(MASKS) == PLACEHOLDERS
    with use_language("de"):
        assert quoted("Ruft [name] unter [phone] an, [sic] [order]!") == (
            "Ruft [Name] unter [Telefon] an, [sic] [Bestellung]!"
        )
    with use_language("nl"):
        assert {quoted(mask) for mask in PLACEHOLDERS}.isdisjoint(
            {"[phone]", "[name]", "[address]", "[plate]"}
        )
    assert quoted("[name]") == "[name]"

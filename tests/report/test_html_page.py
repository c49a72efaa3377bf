"""The page as a file: one, closed to the network, and what it says."""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.report import twins

from troth.errors import UsageError
from troth.report.page.render import html
from troth.texts import LANGUAGES

NASTY = (
    "\"'><script>pwned()</script><img src=x onerror=pwned()></script><!--</style></svg>"
    "{{7*7}}{% raw %}%(x)s&lt;"
)
VOID = {"meta", "link", "input", "br", "col", "wbr"}


class Page(HTMLParser):
    """What is in a page: tags in order, attributes, inline scripts and styles, all visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.inline: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"script", "style"}:
            data = dict(attrs).get("type") == "application/json"
            self.inline.append(("data" if data else tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"script", "style"}:
            kind, text = self.inline[-1]
            self.inline[-1] = (kind, text + data)
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, given, value in self.attributes if given == name]


@cache
def page_of(make: Callable[[], twins.Twin], language: str = "en") -> Page:
    return Page(html(make(), language))


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("make", twins.STRAINED)
def test_the_page_is_well_formed_and_every_id_and_link_fits(make: Callable[[], twins.Twin]) -> None:
    page = page_of(make)
    ids = page.values("id")
    assert page.open == []
    assert len(ids) == len(set(ids))
    targets = page.values("href") + [f"#{id_}" for id_ in page.values("aria-labelledby")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_nothing_is_loaded_from_anywhere() -> None:
    page = page_of(twins.example)
    assert page.values("src") == []
    assert {target for target in page.values("href") if not target.startswith("#")} == {"data:,"}
    [style] = [text for kind, text in page.inline if kind == "style"]
    assert set(re.findall(r"url\(([^)]*)\)", style)) == {"#hatch"}
    assert "@import" not in style


def test_only_what_the_policy_names_by_its_hash_can_run() -> None:
    page = page_of(twins.example)
    [policy] = [value for value in page.values("content") if "default-src" in value]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    scripts = [hashed(text) for kind, text in page.inline if kind == "script"]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == scripts
    assert rules["style-src"].split() == [hashed(text) for kind, text in page.inline if kind == "style"]
    assert not {name for _, name, _ in page.attributes if name == "style" or name.startswith("on")}


def test_texts_of_the_twin_are_shown_and_never_become_markup() -> None:
    harmless = Page(html(twins.renamed(twins.example(), "harmless"), "en"))
    nasty = Page(html(twins.renamed(twins.example(), NASTY), "en"))
    assert nasty.tags == harmless.tags
    assert [name for _, name, _ in nasty.attributes] == [name for _, name, _ in harmless.attributes]
    assert nasty.text == harmless.text.replace("harmless", NASTY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_asked_for(language: str) -> None:
    page = page_of(twins.example, language)
    assert page.values("lang")[0] == language, "customers are quoted in theirs"
    title = {"en": "Shop journey", "de": "Einkaufsreise", "nl": "Winkelreis"}[language]
    day = {"en": "31 January 2026", "de": "31. Januar 2026", "nl": "31 januari 2026"}[language]
    experiences = {"en": "62,473", "de": "62.473", "nl": "62.473"}[language]
    assert all(text in page.text for text in (title, day, experiences))


def test_a_language_that_troth_does_not_speak_is_refused() -> None:
    with pytest.raises(UsageError):
        html(twins.example(), "fr")


def test_the_same_twin_gives_the_same_bytes() -> None:
    assert html(twins.example(), "de") == html(twins.example(), "de")


def test_headings_go_down_one_level_at_a_time_from_one_title() -> None:
    levels = [int(tag[1]) for tag in page_of(twins.example).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_cell_without_enough_evidence_shows_no_score() -> None:
    twin = twins.example()
    [unknown] = [cell for cell in twin["cells"] if not cell["known"]]
    unknown["score"] = {"value": 12.0, "low": 1.0, "high": 77.0}
    page = html(twin, "en")
    assert '<td class="unknown">' in page
    assert "<b>12</b>" not in page


def test_an_empty_workspace_says_that_nothing_is_known_and_needs_no_script() -> None:
    page = page_of(twins.empty)
    assert "There is no experience yet" in page.text
    assert "Nothing has been imported yet." in page.text
    assert "script" not in page.tags


def test_an_attachment_can_carry_it() -> None:
    assert len(html(twins.example(), "en").encode()) < 1_500_000


def test_an_outcome_says_which_trust_goes_with_it() -> None:
    twin = twins.example()
    text = Page(html(twin, "en")).text
    assert text.count("low trust goes with it") == text.count("high trust goes with it") == 1
    for outcome in twin["outcomes"]:
        outcome["auc"]["low"] = 0.45
    text = Page(html(twin, "en")).text
    assert "trust goes with it" not in text
    assert text.count("cannot be told from chance") == 2

"""The audit's page as a file: what it says, and that a shop's own words stay words."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.audit.result.example import HOSTILE, empty, example, honest, nasty
from tests.report.test_html_page import Page
from tests.support.audit import artifacts, page

from troth.audit.result.assembly import result
from troth.audit.result.shape import AuditResult
from troth.audit.scoring.configuration import configured
from troth.report.audit import shops
from troth.report.audit.render import html
from troth.report.audit.shops import Entry
from troth.texts import LANGUAGES, use_language

MAKES = [example, nasty, empty, honest]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", MAKES)
def test_a_page_is_well_formed_and_names_its_language(
    make: Callable[[str], AuditResult], language: str
) -> None:
    shown = Page(html(make(language)))
    assert shown.open == []
    assert ("html", "lang", language) in shown.attributes


@pytest.mark.parametrize("make", MAKES)
def test_nothing_is_loaded_and_no_script_runs(make: Callable[[], AuditResult]) -> None:
    shown = Page(html(make()))
    assert [kind for kind, _text in shown.inline] == ["style"]
    loading = {"src", "href", "srcset", "data", "action", "poster"}
    loaded = [value for _tag, name, value in shown.attributes if name in loading]
    assert [value for value in loaded if not value.startswith(("#", "data:"))] == []
    assert [name for _tag, name, _value in shown.attributes if name.startswith("on")] == []


def test_what_a_shop_wrote_is_shown_as_it_was() -> None:
    assert Page(html(nasty())).text.count(HOSTILE) > 20


def test_every_finding_is_told_with_its_reason_and_its_rule() -> None:
    made = example()
    text = Page(html(made)).text
    assert [f.rule for f in made.findings if f.rule not in text or f.reason not in text] == []


def test_places_beyond_the_first_few_are_counted() -> None:
    text = Page(html(example())).text
    assert [n for n in range(9) if f"Place {n}" in text] == [0, 1, 2, 3, 4]
    assert "and 4 more places" in text


def test_texts_of_every_kind_that_press_are_shown() -> None:
    pressing = [
        "Last chance",
        "Only 3 left in stock",
        "12 people are viewing this",
        "No thanks, I prefer to pay full price",
        "Your membership is automatically renewed",
        "Add on something to make it extra special!",
    ]
    seen = artifacts(page("product", "\n".join(pressing), language="en"))
    shown = re.sub(r"\s+", " ", Page(html(result(seen, configured()))).text)
    assert [text for text in pressing if text not in shown] == []
    assert "a refusal that shames" in shown


def test_the_figures_of_the_result_are_shown() -> None:
    made = example()
    text = re.sub(r"\s+", " ", Page(html(made)).text)
    first = next(finding for finding in made.findings if finding.state == "failed")
    assert f"+{first.gain:.1f} points" in text
    assert "4 of 6 rules failed." in text
    assert "(not reached: No button.)" in text
    assert "1 to 3 working days" in text
    assert "9:00 to 17:30 o'clock" in text


def test_a_shop_without_a_fault_and_one_that_could_not_be_judged_say_so() -> None:
    assert "No rule failed." in Page(html(honest())).text
    assert "Nothing of this shop could be scored." in Page(html(empty())).text


@pytest.mark.parametrize(
    ("language", "day", "since"),
    [
        ("en", "14 November 2023, 22:13 UTC", "since 28 June 2025"),
        ("de", "14. November 2023, 22:13 UTC", "seit 28. Juni 2025"),
        ("nl", "14 november 2023, 22:13 UTC", "sinds 28 juni 2025"),
    ],
)
def test_days_are_written_as_the_language_does(language: str, day: str, since: str) -> None:
    text = Page(html(example(language))).text
    assert day in text
    assert since in text
    assert not re.search(r"\d{4}-\d\d-\d\d", text)


def test_a_time_that_is_none_stays_as_it_was() -> None:
    assert HOSTILE in Page(html(replace(empty(), taken_at=HOSTILE))).text


def test_what_only_the_structured_data_promise_is_not_quoted() -> None:
    made = example()
    marked = replace(made, promises=(replace(made.promises[0], quote=""),))
    page = html(marked)
    assert "It stands in the structured data." in Page(page).text
    assert "<q></q>" not in page


def test_what_a_person_is_to_look_at_is_asked() -> None:
    [open_] = re.findall(r'<section id="open".*?</section>', html(example()), re.DOTALL)
    assert re.findall(r"<h3>(.*?)</h3>", open_) == ["Is it good?", "Is it good?"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_several_shops_has_all_of_them(language: str) -> None:
    with use_language(language):
        entries = [
            Entry("https://shop.test/de", "shop.test_de.html", example(language)),
            Entry("https://nothing.test", "nothing.test.html", empty(language)),
            Entry("https://closed.test", "", None, HOSTILE),
        ]
        shown = Page(shops.html(entries))
    assert shown.open == []
    assert ("html", "lang", language) in shown.attributes
    assert [tag for tag, _name, _value in shown.attributes if tag == "script"] == []
    links = [value for tag, name, value in shown.attributes if (tag, name) == ("a", "href")]
    assert [link for link in links if "html" in link] == ["shop.test_de.html", "nothing.test.html"] * 2
    assert all(f"{name}.test" in shown.text for name in ("shop", "nothing", "closed"))
    assert shown.text.count(HOSTILE) == 2

"""The audit's page in a real browser: nothing runs, nothing overflows, everybody can read it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.audit.result.example import HOSTILE, empty, example, nasty

from troth.audit.result.shape import AuditResult
from troth.report.audit.render import html
from troth.report.audit.shops import Entry
from troth.report.audit.shops import html as shops_html
from troth.texts import LANGUAGES, use_language

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE, DESK = 360, 1280


def opened(
    browser: "Browser", folder: Path, result: AuditResult, width: int = DESK, scheme: str = "light"
) -> "Page":
    return shown(browser, folder, html(result), width, scheme)


def shown(browser: "Browser", folder: Path, text: str, width: int, scheme: str) -> "Page":
    file = folder / "audit.html"
    file.write_text(text, "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("make", [example, nasty, empty])
def test_no_page_is_wider_than_its_window(
    browser: "Browser", tmp_path: Path, make: Callable[[str], AuditResult], width: int
) -> None:
    page = opened(browser, tmp_path, make("de"), width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def beside(language: str = "en") -> str:
    """The page that leads to several shops, one of which could not be seen and one of which is hostile."""
    name = "a-shop-with-a-long-name.example/with-a-path"
    with use_language(language):
        return shops_html(
            [
                Entry("https://shop.test/", "shop.test.html", example(language)),
                Entry(f"https://{name}", "a.html", nasty(language)),
                Entry(HOSTILE, "", None, HOSTILE),
            ]
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_several_shops_fits_runs_nothing_and_is_readable(
    browser: "Browser", tmp_path: Path, axe_script: str, language: str, width: int, scheme: str
) -> None:
    page = shown(browser, tmp_path, beside(language), width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("window.pwned") is None
    page.evaluate(axe_script)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found] == []
    page.close()


def test_what_a_shop_wrote_never_runs(browser: "Browser", tmp_path: Path) -> None:
    page = opened(browser, tmp_path, nasty())
    assert page.evaluate("window.pwned") is None
    page.close()


def test_a_mark_that_turns_a_line_around_ends_with_the_shops_words(
    browser: "Browser", tmp_path: Path
) -> None:
    made = example()
    shown = next(finding for finding in made.findings if finding.state == "failed" and finding.proofs)
    turned = replace(shown, proofs=(replace(shown.proofs[0], quote="all \u202ewords", note=""),))
    page = opened(browser, tmp_path, replace(made, findings=(turned,)))
    letters = page.evaluate("""() => {
      const text = document.querySelector(".proofs li .address").firstChild, range = document.createRange();
      return [0, 1].map((at) => { range.setStart(text, at); range.setEnd(text, at + 1);
        return range.getBoundingClientRect().x; });
    }""")
    assert letters[0] < letters[1]
    page.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_address_breaks_between_its_words(browser: "Browser", tmp_path: Path, width: int) -> None:
    url = "https://shop.test/returns-and-withdrawals/questions?from=footer&language=english#how-to-return-it"
    made = example()
    findings = tuple(
        replace(finding, proofs=tuple(replace(proof, url=url) for proof in finding.proofs))
        for finding in made.findings
    )
    promises = tuple(replace(promise, url=url) for promise in made.promises)
    page = opened(browser, tmp_path, replace(made, findings=findings, promises=promises), width)
    broken = page.evaluate("""() => [...document.querySelectorAll(".address")].flatMap(address => {
      const letters = [], walk = document.createTreeWalker(address, NodeFilter.SHOW_TEXT);
      for (let text; (text = walk.nextNode()); )
        for (let at = 0; at < text.length; at += 1) {
          const range = document.createRange();
          range.setStart(text, at); range.setEnd(text, at + 1);
          const box = range.getBoundingClientRect();
          if (box.height) letters.push([text.data[at], box.y]);
        }
      return letters.slice(1).flatMap(([letter, y], at) =>
        y > letters[at][1] + 5 ? [letters[at][0] + letter] : []);
    })""")
    assert broken if width == PHONE else True
    assert [pair for pair in broken if pair[0] not in "/-=_" and pair[1] not in "?&#"] == []
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_is_read_on_a_phone_without_scrolling(
    browser: "Browser", tmp_path: Path, language: str
) -> None:
    page = opened(browser, tmp_path, example(language), PHONE)
    widths = page.evaluate("[...document.querySelectorAll('.promised tbody td')].map(one => one.offsetWidth)")
    assert min(widths[1::3] + widths[2::3]) >= 300
    assert (
        page.evaluate(
            "(one => one.scrollWidth - one.clientWidth)(document.querySelector('#promised .scroll'))"
        )
        == 0
    )
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    browser: "Browser", tmp_path: Path, axe_script: str, language: str, scheme: str
) -> None:
    page = opened(browser, tmp_path, example(language), scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.evaluate(axe_script)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found] == []
    page.close()

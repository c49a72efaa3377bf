"""The report in a real browser: nothing loaded, nothing overflowing, readable by everybody, on paper too."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.report import twins

from troth.report.page.render import html
from troth.texts import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
NASTY = "\"'><script>window.pwned=1</script><img src=x onerror='window.pwned=1'></script>"
VISIBLE = "element => element.checkVisibility()"
BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK, WHITE = "rgb(253, 252, 250)", "rgb(20, 24, 29)", "rgb(255, 255, 255)"

Make = Callable[[], twins.Twin]


def nasty() -> twins.Twin:
    return twins.renamed(twins.example(), NASTY)


@cache
def rendered(make: Make, language: str) -> str:
    return html(make(), language)


class Opened:
    """Opens reports as files, and keeps what went over the wire and what the console said."""

    def __init__(self, browser: "Browser", folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def __call__(self, make: Make, language: str = "en", **context: Any) -> "Page":  # noqa: ANN401 - Playwright's
        file = self.folder / f"{make.__name__}-{language}.html"
        file.write_text(rendered(make, language), "utf-8")
        page = self.browser.new_context(**{"viewport": DESK, **context}).new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(file.as_uri())
        if make is not twins.empty and context.get("java_script_enabled", True):
            page.wait_for_selector(".live svg", state="attached")
        return page


@pytest.fixture
def opened(browser: "Browser", tmp_path: Path) -> Iterator[Opened]:
    before = len(browser.contexts)
    yield Opened(browser, tmp_path)
    for context in browser.contexts[before:]:
        context.close()


@pytest.mark.parametrize("make", [twins.example, nasty])
def test_nothing_is_loaded_nothing_foreign_runs_and_the_console_is_silent(opened: Opened, make: Make) -> None:
    page = opened(make)
    page.mouse.move(300, 600)
    assert [url for url in opened.requests if url != "data:,"] == [page.url]
    assert opened.complaints == []
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("make", twins.STRAINED)
def test_no_page_is_wider_than_its_window(opened: Opened, make: Make, viewport: dict[str, int]) -> None:
    page = opened(make, "de", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(opened: Opened, axe_script: str, language: str, scheme: str) -> None:
    page = opened(twins.example, language, color_scheme=scheme)
    assert violations(page, axe_script) == []


@pytest.mark.parametrize("make", [twins.example, twins.empty, twins.long_words])
def test_axe_finds_nothing_on_a_phone(opened: Opened, axe_script: str, make: Make) -> None:
    assert violations(opened(make, "de", viewport=PHONE), axe_script) == []


def violations(page: "Page", axe_script: str) -> list[str]:
    page.evaluate(axe_script)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found]


def test_the_theme_follows_the_system_and_the_switch_without_scripts(opened: Opened) -> None:
    page = opened(twins.example, color_scheme="dark", java_script_enabled=False)
    # Evaluation needs scripts: the background is read from the picture of the page's corner instead.
    assert corner(page) == DARK
    page.get_by_label("Light").check()
    assert corner(page) == LIGHT


def corner(page: "Page") -> str:
    return pixel(page, 2, 2)


def pixel(page: "Page", x: float, y: float) -> str:
    shot = page.screenshot(clip={"x": int(x), "y": int(y), "width": 1, "height": 1})
    with page.context.browser.new_context() as reading:  # type: ignore[union-attr]
        found = reading.new_page().evaluate(
            """async bytes => {
                const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
                const canvas = new OffscreenCanvas(1, 1).getContext("2d");
                canvas.drawImage(picture, 0, 0);
                return [...canvas.getImageData(0, 0, 1, 1).data];
            }""",
            list(shot),
        )
    return "rgb({}, {}, {})".format(*found[:3])


def test_without_scripts_the_still_charts_are_there(opened: Opened) -> None:
    page = opened(twins.example, java_script_enabled=False)
    assert page.locator("#index-chart .still.wide svg").is_visible()
    assert not page.locator("#index-chart .live").is_visible()


def test_the_pointer_is_told_the_figures_of_the_nearest_day(opened: Opened) -> None:
    page = opened(twins.example, "de")
    chart = page.locator("#index-chart .live svg")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 40)
    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + 60)
    bubble = page.locator(".bubble")
    bubble.wait_for(state="visible")
    assert re.search(r"\d\d\. Januar 2026\s+\S.* 60,\d \(", bubble.inner_text())


def test_every_control_is_reached_and_seen_by_keyboard(opened: Opened) -> None:
    page = opened(twins.example)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"


def test_paper_is_white_whatever_the_screen_shows_and_hides_nothing(opened: Opened) -> None:
    page = opened(twins.example, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate(BACKGROUND) == WHITE
    assert page.locator("#index-chart .still.narrow").is_visible()
    assert not page.locator("#index-chart .live").is_visible()
    assert not page.locator(".theme").is_visible()
    assert page.locator(".examples li").first.evaluate(VISIBLE)


def test_it_prints_as_a_handful_of_sheets(opened: Opened) -> None:
    pdf = opened(twins.example).pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 5 <= pdf.count(b"/Type /Page\n") <= 12


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(27, 33, 39)"), ("dark", "rgb(233, 231, 226)")])
def test_a_sign_on_a_tinted_cell_has_the_colour_of_the_text(opened: Opened, scheme: str, ink: str) -> None:
    page = opened(twins.example, color_scheme=scheme)
    sign = page.locator(".grid .below-2 .sign").first
    sign.scroll_into_view_if_needed()
    box = sign.bounding_box()
    assert box is not None
    assert pixel(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == ink

"""The page of voices in a real browser: both themes, phone to wide, every language, without scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_report import violations
from tests.browser.test_server_pages import DESK, PHONE, Site, listening
from tests.web.pages import voiced

from troth.texts import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ADDRESSES = [
    "/voices", "/voices?touchpoint=delivery&mechanism=reliability", "/voices?since=2026-03-13&at=2026-03-15",
    "/voices?since=2026-03-31&at=2026-03-31",
]  # fmt: skip


@pytest.fixture(scope="module")
def served_voices(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("voices")
    with voiced.served(folder) as served, listening(browser, served) as site:
        yield site


@pytest.fixture
def tea(served_voices: Site) -> Iterator[Site]:
    served_voices.complaints.clear()
    yield served_voices
    for context in served_voices.browser.contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "viewport", [PHONE, DESK, {"width": 2200, "height": 1200}], ids=["phone", "desk", "wide"]
)
def test_axe_finds_nothing_nothing_overflows_and_the_console_is_silent(
    tea: Site, axe_script: str, viewport: dict[str, int], scheme: str
) -> None:
    for address in ADDRESSES:
        page = tea.open(address, viewport=viewport, color_scheme=scheme)
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"], address
        assert violations(page, axe_script) == [], address
        assert tea.complaints == [], address
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_stands_on_a_phone(tea: Site, language: str) -> None:
    for address in ADDRESSES:
        sign = "&" if "?" in address else "?"
        page = tea.open(f"{address}{sign}lang={language}", viewport=PHONE)
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], address
        page.context.close()


def test_without_scripts_a_place_is_chosen_and_quoted(tea: Site) -> None:
    page = tea.open("/voices", java_script_enabled=False)
    assert page.locator(".month-chart .share-value").count() >= 2
    page.get_by_label("Touchpoint").select_option("delivery")
    page.get_by_label("Mechanism").select_option("reliability")
    page.get_by_role("button", name="Show").click()
    assert "touchpoint=delivery&mechanism=reliability" in page.url
    assert page.locator("blockquote mark").first.is_visible()
    page.get_by_role("link", name="Delivery", exact=True).last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Delivery"
    page.get_by_role("link", name="What customers write about it").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Voices"


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_badly_is_in_sight_on_a_phone_and_the_days_shown_stand_in_their_fields(
    tea: Site, language: str
) -> None:
    page = tea.open(f"/voices?lang={language}", viewport={"width": 390, "height": 844})
    heads = page.locator("table.voices thead th")
    right = heads.nth(2).evaluate("head => head.getBoundingClientRect().right")
    assert "100" in heads.nth(2).inner_text()
    assert right <= 390
    days = page.locator("input[type=date]").evaluate_all("fields => fields.map(field => field.value)")
    asked = page.goto(f"{page.url.split('?')[0]}?since={days[0]}&at={days[1]}&lang={language}")
    assert asked is not None
    assert asked.ok
    again = page.locator("input[type=date]").evaluate_all("fields => fields.map(field => field.value)")
    assert (again, all(days)) == (days, True)

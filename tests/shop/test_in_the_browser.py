"""The shop as a browser sees it: for everybody, on a phone, without errors, asking before it tracks."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.shop import Shop
from tests.shop.asking import BUYER, KINDS
from tests.shop.texts import LANGUAGES
from tests.support.chromium import QUIET

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

pytestmark = pytest.mark.browser
PHONE: "ViewportSize" = {"width": 375, "height": 800}
DESK: "ViewportSize" = {"width": 1280, "height": 900}


class Visit:
    """A tab in a shop, and everything that went wrong there."""

    def __init__(self, shop: Shop, context: "BrowserContext") -> None:
        self.shop, self.context = shop, context
        self.page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("response", self._answered)
        self.page.goto(shop.url)

    def _console(self, message: object) -> None:
        if getattr(message, "type", "") in {"error", "warning"}:
            self.wrong.append(getattr(message, "text", ""))

    def _answered(self, response: object) -> None:
        if getattr(response, "status", 0) >= 400:
            self.wrong.append(getattr(response, "url", ""))

    def decide(self, does: str) -> None:
        self.page.click(f"#consent [data-does={does}]")

    def cookies(self) -> set[str]:
        return {cookie["name"] for cookie in self.context.cookies()}

    def checkout(self) -> "Iterator[Page]":
        """Basket, address, payment, review: one after the other."""
        self.page.goto(self.shop.address("product:kettle"))
        self.page.click("main form button.first")
        yield self.page
        self.page.click("main a.button.first")
        yield self.page
        for name, value in BUYER.items():
            self.page.fill(f"#{name}", value)
        self.page.click("main form button.first")
        yield self.page
        self.page.check("input[value=invoice]")
        self.page.click("main form button.first")
        yield self.page


@pytest.fixture(scope="module", params=LANGUAGES)
def visit(request: pytest.FixtureRequest, browser: "Browser", chromium: Path) -> Iterator[Visit]:
    yield from visiting(browser, chromium, Shop(request.param))


def visiting(browser: "Browser", chromium: Path, shop: Shop) -> Iterator[Visit]:
    """A visit in a browser of its own, whose third parties are the shop itself."""
    rules = f"--host-resolver-rules={shop.resolver_rules}"
    own = browser.browser_type.launch(executable_path=chromium, args=[*QUIET, rules])
    with shop:
        # The authority is the test's own: Chromium does not know it.
        yield Visit(shop, own.new_context(ignore_https_errors=True, viewport=DESK))
        own.close()


def checked(page: "Page", axe: str) -> list[str]:
    """What axe finds (frames apart, which it would send messages to), and what does not fit a phone."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")["violations"]
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]
    page.set_viewport_size(DESK)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found] + ["too wide"] * wide


def test_every_page_is_for_everybody_and_nothing_breaks(visit: Visit, axe_script: str) -> None:
    assert checked(visit.page, axe_script) == []  # with the dialog
    visit.decide("settings")
    assert checked(visit.page, axe_script) == []
    visit.decide("reject")
    for kind in KINDS:
        visit.page.goto(visit.shop.address(kind))
        assert (kind, checked(visit.page, axe_script)) == (kind, [])
    for page in visit.checkout():
        assert (page.url, checked(page, axe_script)) == (page.url, [])
    assert visit.wrong == []
    assert visit.shop.orders == 0
    assert visit.shop.tracked == []
    assert visit.cookies() == {"consent", "session"}


def test_card_fields_stand_in_the_providers_frame(visit: Visit) -> None:
    visit.context.clear_cookies()
    steps = visit.checkout()
    page = [next(steps) for _step in range(3)][-1]
    assert page.locator("[autocomplete^=cc-]").count() == 0
    frame = next(frame for frame in page.frames if frame != page.main_frame)
    frame.wait_for_url("https://pay.test/**")  # it loads beside the page
    assert frame.locator("[autocomplete=cc-number]").count() == 1


def test_trackers_start_with_a_yes_and_end_with_a_no(visit: Visit) -> None:
    visit.context.clear_cookies()
    visit.page.goto(visit.shop.url)
    assert visit.shop.tracked == []
    with visit.page.expect_response(lambda response: "collect" in response.url):
        visit.decide("accept")
    assert "_ga" in visit.cookies()
    visit.page.click("[data-consent-settings]")
    visit.decide("reject")
    before = len(visit.shop.tracked)
    visit.page.reload()
    assert len(visit.shop.tracked) == before
    assert "_ga" not in visit.cookies()


@pytest.mark.parametrize(
    ("fault", "early", "late"), [("quiet-before-consent", True, False), ("reject-honoured", False, True)]
)
def test_trackers_of_the_faults(
    browser: "Browser", chromium: Path, fault: str, *, early: bool, late: bool
) -> None:
    for visit in visiting(browser, chromium, Shop("en", {fault})):
        visit.page.wait_for_load_state("networkidle")
        assert bool(visit.shop.tracked) is early
        visit.decide("reject")
        visit.page.wait_for_load_state("networkidle")
        visit.shop.tracked.clear()
        visit.page.reload(wait_until="networkidle")
        assert bool(visit.shop.tracked) is late


def test_a_countdown_that_is_true_names_the_same_end_to_everybody(browser: "Browser", chromium: Path) -> None:
    for visit in visiting(browser, chromium, Shop("de", awkward={"true-countdown"})):
        ends = "document.querySelector('#countdown').dataset.until"
        end = visit.page.evaluate(ends)
        visit.page.wait_for_function("document.querySelector('#countdown').textContent.includes(':')")
        visit.context.clear_cookies()
        visit.page.reload()
        assert visit.page.evaluate(ends) == end
        assert visit.wrong == []


def test_a_shop_without_cookies_asks_nothing(browser: "Browser", chromium: Path) -> None:
    for visit in visiting(browser, chromium, Shop("nl", awkward={"no-cookies"})):
        assert visit.page.locator("#consent").count() == 0
        assert visit.cookies() == set()
        assert visit.wrong == []

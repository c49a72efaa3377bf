"""The server's pages in a real browser: readable by everybody, on a phone and a desk, in both themes."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import uvicorn
from tests.browser.test_report import violations
from tests.support.serving import Served
from tests.web import shops

from troth.texts import LANGUAGES
from troth.web.access import sessions
from troth.web.access.rights import Role
from troth.web.frame.addresses import written
from troth.web.pages import pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 375, "height": 780}, {"width": 1280, "height": 900}
ADDRESSES = ["/overview", "/journey", "/journey/delivery", "/grid", "/grid/delivery/reliability"]


class Site:
    """A server that listens, and a browser that is signed in to it."""

    def __init__(self, browser: "Browser", served: Served, port: int) -> None:
        self.browser, self.served, self.base = browser, served, f"http://localhost:{port}"
        self.complaints: list[str] = []

    def open(self, address: str, role: Role = Role.ADMIN, **context: Any) -> "Page":  # noqa: ANN401 - Playwright's
        who = self.served.account(role)
        with self.served.live.office.transaction() as connection:
            token = sessions.start(connection, who, "tests", "browser", self.served.live.now_ms())
        visit = self.browser.new_context(**{"viewport": DESK, **context})
        visit.add_cookies([{"name": "troth-session", "value": token, "url": self.base}])
        page = visit.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.base + address)
        return page


@contextmanager
def listening(browser: "Browser", served: Served) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(served.app, port=port, log_level="warning"))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield Site(browser, served, port)
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def served_tea(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with shops.trading(tmp_path_factory.mktemp("tea")) as served, listening(browser, served) as site:
        yield site


@pytest.fixture
def tea(served_tea: Site) -> Iterator[Site]:
    served_tea.complaints.clear()
    yield served_tea
    for context in served_tea.browser.contexts:
        context.close()


def until(page: "Page", condition: str, *, seconds: float = 20) -> None:
    """Wait for a condition; the page's policy forbids the browser to try it over and over by itself."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        time.sleep(0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_nothing_overflows_and_the_console_is_silent(
    tea: Site, axe_script: str, address: str, viewport: dict[str, int], scheme: str
) -> None:
    page = tea.open(address, viewport=viewport, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    assert tea.complaints == []
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert violations(page, axe_script) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_stands_on_a_phone(tea: Site, axe_script: str, language: str) -> None:
    for address in ADDRESSES:
        page = tea.open(f"{address}?lang={language}", viewport=PHONE)
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert violations(page, axe_script) == []


def test_without_scripts_everything_is_there_and_colours_can_be_chosen(tea: Site) -> None:
    page = tea.open("/overview", java_script_enabled=False)
    assert page.locator(".timeline svg").first.is_visible()
    assert page.locator(".timeline .line").first.get_attribute("d")
    page.get_by_role("button", name="Dark").click()
    assert page.url.endswith("/overview")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_pointer_is_told_the_figures_of_the_day(tea: Site) -> None:
    page = tea.open("/overview")
    chart = page.locator(".timeline").first
    chart.scroll_into_view_if_needed()
    box = page.locator(".timeline .plot-area").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 90)
    told = page.locator(".bubble").inner_text()
    assert told.startswith("31 March 2026")
    assert "Company index" in told
    page.mouse.move(5, 5)
    assert not page.locator(".bubble").is_visible()


def test_the_keyboard_reaches_the_content_and_sees_where_it_is(tea: Site) -> None:
    page = tea.open("/grid")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_note_is_made_and_removed_by_hand(tea: Site) -> None:
    page = tea.open("/journey/delivery", Role.ANALYST)
    page.get_by_text("Note what happened").click()
    page.get_by_label("Day", exact=True).fill("2026-02-01")
    page.get_by_label("What happened: a release, a strike …").fill("Strike of the carrier")
    page.get_by_role("button", name="Add to the chart").click()
    assert page.get_by_role("status").first.inner_text() == "The note is in the chart."
    assert page.locator(".event-flag").first.is_visible()
    page.get_by_role("button", name=re.compile("Remove.*Strike of the carrier")).click()
    assert page.locator(".event-flag").count() == 0


def test_the_filter_bar_keeps_what_was_chosen(tea: Site) -> None:
    page = tea.open("/journey")
    page.get_by_label("As of").fill("2026-02-15")
    page.get_by_role("button", name="Show").click()
    assert "at=2026-02-15" in page.url
    assert page.get_by_label("As of").input_value() == "2026-02-15"
    page.get_by_role("link", name="Delivery").click()
    assert "15 February 2026" in page.locator(".dateline").inner_text()


def test_paper_shows_content_without_what_is_clicked(tea: Site) -> None:
    page = tea.open("/overview", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".menu").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator(".timeline svg").first.is_visible()


def test_html_in_every_field_is_shown_and_never_run(browser: "Browser", tmp_path: Path) -> None:
    with shops.nasty(tmp_path) as served, listening(browser, served) as site:
        program = served.with_key()
        program.post("/api/v1/annotations", json={"first_day": "2026-03-20", "text": shops.NASTY})
        for address in ADDRESSES:
            page = site.open(address)
            page.mouse.move(500, 500)
            assert page.evaluate("window.pwned") is None
            assert page.locator("main img").count() == 0
            assert shops.NASTY in page.locator("main").inner_text()
        assert site.complaints == []
        for context in browser.contexts:
            context.close()


def test_html_in_every_field_is_run_on_no_page(browser: "Browser", tmp_path: Path) -> None:
    """Every page there is, also those that only administrators see, with HTML wherever somebody may write."""
    values = {"touchpoint": "delivery", "mechanism": "reliability", "customer": written(f"{shops.NASTY}1")}
    with shops.nasty(tmp_path) as served, listening(browser, served) as site:
        program = served.with_key()
        note = {"first_day": "2026-03-20", "text": shops.NASTY, "touchpoint": "delivery"}
        assert program.post("/api/v1/annotations", json=note).status_code == 200
        key = {"name": shops.NASTY, "scopes": ["see"], "days": 1}
        assert program.post("/api/v1/settings/keys/make", json=key).status_code == 200
        person = {"email": "<b>@example.com", "name": shops.NASTY, "role": "viewer"}
        assert program.post("/api/v1/settings/people/invite", json=person).status_code == 200
        quoted = shops.NASTY.replace('"', '""')
        rows = f'id,customer,touchpoint,mechanism,weight,at\n"{quoted}",,,,,\n'
        sent = {"file": (f"{shops.NASTY}.csv", rows.encode())}
        job = program.post("/api/v1/data/import", data={"kind": "experiences"}, files=sent).json()
        values["job"] = job["id"]
        until = time.monotonic() + 30
        while not program.get(f"/api/v1/jobs/{job['id']}").json()["finished"]:
            assert time.monotonic() < until
            time.sleep(0.05)
        for page in pages():
            address = page.address
            for name, value in values.items():
                address = address.replace(f"{{{name}}}", value)
            for query in ("", f"?search={quote(shops.NASTY)}&actor={quote(shops.NASTY)}&segment=x"):
                shown = site.open(address + query)
                shown.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
                assert shown.evaluate("window.pwned") is None, address
                assert shown.locator("main script, main img[src=x]").count() == 0, address
                shown.context.close()
        assert [said for said in site.complaints if "status of 4" not in said] == []


def test_on_a_phone_the_grid_shows_that_it_goes_on_until_its_end(tea: Site) -> None:
    shadow = "getComputedStyle(document.querySelector('.scroll:has(.grid)'), '::after')"
    page = tea.open("/grid", viewport=PHONE)
    region = page.locator(".scroll:has(.grid)")
    assert region.get_attribute("aria-label")
    assert region.evaluate("box => box.scrollWidth > box.clientWidth")
    until(page, f"{shadow}.content === '\"\"' && {shadow}.opacity === '1'")
    region.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")
    region.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    until(page, f"{shadow}.opacity === '0'")
    assert tea.open("/grid").evaluate(f"{shadow}.content") == "none"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_a_key_is_revoked_after_it_was_asked(tea: Site, axe_script: str, scripts: bool) -> None:
    name = f"importer {scripts}"
    made = {"name": name, "scopes": ["see"], "days": 1}
    assert tea.served.with_key().post("/api/v1/settings/keys/make", json=made).status_code == 200
    page = tea.open("/settings/keys", viewport=PHONE, java_script_enabled=scripts)
    row = page.get_by_role("row", name=name)
    assert not row.get_by_role("button", name=f"Revoke {name} for good").is_visible()
    row.get_by_text("Revoke …").click()
    assert row.get_by_text("Programs that use this key are refused from then on.").is_visible()
    if scripts:
        assert violations(page, axe_script) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    row.get_by_role("button", name=f"Revoke {name} for good").click()
    assert page.get_by_role("status").inner_text() == f"The key “{name}” does not hold any more."
    assert page.get_by_role("row", name=name).get_by_text("revoked").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_a_webhook_is_made_given_a_secret_and_removed(tea: Site, axe_script: str, scripts: bool) -> None:
    name = f"orders-{scripts}".lower()
    page = tea.open("/settings/webhooks", viewport=PHONE, java_script_enabled=scripts)
    page.get_by_label("Name: small letters").fill(name)
    page.get_by_label("How the sender signs").select_option("Shopware")
    page.get_by_label("Kind of record").select_option("orders")
    page.get_by_label("Where columns are in the payload").fill("order_id = order.number")
    page.get_by_role("button", name="Make the endpoint").click()
    first = page.get_by_label("Secret", exact=True).input_value()
    assert len(first) > 40
    row = page.get_by_role("row", name=name)
    assert row.get_by_text(f"{tea.base}/api/v1/hooks/{name}").is_visible()
    if scripts:
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
            assert violations(page, axe_script) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    else:
        row.get_by_text("New secret …").click()
    row.get_by_role("button", name=f"Change the secret of {name}").click()
    assert page.get_by_label("Secret", exact=True).input_value() not in ("", first)
    assert page.get_by_role("row", name=name).get_by_text("The old secret holds until").is_visible()
    row = page.get_by_role("row", name=name)
    assert not row.get_by_role("button", name=f"Remove {name} for good").is_visible()
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name=f"Remove {name} for good").click()
    assert page.get_by_role("status").inner_text() == f"The endpoint “{name}” was removed."
    assert page.get_by_role("row", name=name).count() == 0

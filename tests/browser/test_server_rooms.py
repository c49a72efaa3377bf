"""The pages for people, segments, data and jobs in a real browser, in a shop whose names would do harm."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_report import violations
from tests.browser.test_server_pages import DESK, PHONE, Site, listening
from tests.web.pages import rooms

from troth.texts import LANGUAGES
from troth.web.access.rights import Role
from troth.web.frame.addresses import written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HARMFUL = [f"/customers/{written(customer)}" for customer in (rooms.HTML, rooms.SQL, rooms.SLASH)]
ADDRESSES = [
    "/customers", "/customers/NL000", *HARMFUL, "/customers?search=%3Cscript%3E",
    "/segments?segment=country%3DNL&against=country%3DDE", "/data", "/data/quarantine", "/data/import",
    "/data/blueprint", "/jobs",
]  # fmt: skip


@pytest.fixture(scope="module")
def served_books(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = rooms.shop(tmp_path_factory.mktemp("books"))
    with rooms.served(folder) as served, listening(browser, served) as site:
        yield site


@pytest.fixture
def books(served_books: Site) -> Iterator[Site]:
    served_books.complaints.clear()
    yield served_books
    for context in served_books.browser.contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_nothing_overflows_and_nothing_foreign_runs(
    books: Site, axe_script: str, viewport: dict[str, int], scheme: str
) -> None:
    for address in ADDRESSES:
        page = books.open(address, viewport=viewport, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"], address
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert violations(page, axe_script) == [], address
        assert page.evaluate("window.pwned") is None
        assert books.complaints == [], address
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_stands_on_a_phone(books: Site, language: str) -> None:
    for address in ADDRESSES:
        sign = "&" if "?" in address else "?"
        page = books.open(f"{address}{sign}lang={language}", viewport=PHONE)
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], address
        page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_a_file_is_sent_looked_at_and_imported(books: Site, tmp_path: Path, scripts: bool) -> None:
    file = tmp_path / f"calls-{scripts}.csv"
    file.write_text(f"call_id,customer_id,at,stars\nb{scripts},NL010,2026-01-20 11:00,5\n")
    page = books.open("/data/import", Role.ANALYST, java_script_enabled=scripts)
    page.get_by_label("What it holds").select_option("calls")
    page.get_by_label("File, at most").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Import these rows").click(timeout=30_000)
    page.get_by_role("heading", name="What came in").wait_for(timeout=30_000)
    assert page.locator(".facts dd").nth(1).inner_text() == "1"
    page.get_by_role("link", name="To the data").click()
    assert page.get_by_role("cell", name=file.name).is_visible()
    page.goto(books.base + "/customers/NL010")
    assert page.get_by_text(f"b{scripts}").is_visible()


def test_a_changed_blueprint_is_looked_at_and_taken(books: Site, axe_script: str) -> None:
    page = books.open("/data/blueprint", Role.ANALYST)
    page.get_by_text("Change it", exact=True).click()
    text = page.get_by_label("The new blueprint")
    text.fill(text.input_value().replace("stars >= 4", "stars >= nothing"))
    page.get_by_role("button", name="Look at the difference").first.click()
    page.get_by_role("alert").wait_for(timeout=30_000)
    assert "nothing" in page.get_by_role("alert").inner_text()
    page.get_by_text("Edit it further").click()
    text = page.get_by_label("The new blueprint")
    text.fill(text.input_value().replace("stars >= nothing", "stars >= 5"))
    page.get_by_role("button", name="Look at the difference").click()
    page.get_by_role("heading", name="What it would change").wait_for(timeout=30_000)
    assert violations(page, axe_script) == []
    assert page.locator(".diff ins").inner_text().strip().endswith("stars >= 5 THEN GOOD ELSE S2 END")
    page.get_by_role("button", name="Put it in force").click()
    page.get_by_text("The new blueprint is in force.").wait_for(timeout=30_000)
    page.goto(books.base + "/data/blueprint")
    assert "stars >= 5" in page.locator(".source").inner_text()


def test_a_group_is_compared_and_a_customer_is_found_by_keyboard(books: Site) -> None:
    page = books.open("/customers", Role.CASE_WORKER)
    page.get_by_label("Customer's id").focus()
    page.keyboard.type("NL000")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="NL000").click()
    assert page.get_by_role("heading", level=1).inner_text() == "NL000"
    assert page.locator(".curve-wide svg .course").count() == 2
    assert page.get_by_text("late", exact=True).first.is_visible()

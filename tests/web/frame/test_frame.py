"""The frame of all pages: choices that are kept, answers that are not sent twice, nothing inline."""

import re

import pytest
from tests.support.serving import Served

from troth.web.access.rights import Role
from troth.web.pages import pages

INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
UNDER = [page.under for page in pages() if page.under]
PLAIN = [page.address for page in pages() if "{" not in page.address]


@pytest.mark.parametrize("address", [*PLAIN, "/journey/delivery", "/grid/delivery/reliability", "/nowhere"])
def test_nothing_is_inline(tea: Served, address: str) -> None:
    page = tea.signed_in().get(address)
    assert not INLINE.search(page.text)
    assert "'unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/overview", "/journey/delivery", "/grid/delivery/reliability", "/grid"])
def test_names_that_are_html_are_shown_and_never_run(hostile: Served, address: str) -> None:
    page = hostile.signed_in().get(address).text
    assert "<script>window" not in page
    assert "<img" not in page
    assert "&lt;script&gt;window.pwned=1" in page


def test_a_customer_whose_id_is_html_has_a_page(hostile: Served) -> None:
    browser = hostile.signed_in()
    cell = browser.get("/grid/delivery/reliability").text
    for address in set(re.findall(r'href="(/customers/%22[^"]+)"', cell)):
        assert browser.get(address).status_code == 200
    assert cell.count('href="/customers/%22') == 40


def test_colours_are_chosen_without_script_and_kept(tea: Served) -> None:
    browser = tea.signed_in()
    assert 'data-theme="auto"' in browser.get("/overview").text
    chosen = browser.get("/preferences?theme=dark&back=/grid%3Fat%3D2026-02-01")
    assert chosen.status_code == 303
    assert chosen.headers["location"] == "/grid?at=2026-02-01"
    assert 'data-theme="dark"' in browser.get("/overview").text
    browser.get("/preferences?theme=pink&back=/")
    assert 'data-theme="dark"' in browser.get("/overview").text


def test_a_language_is_kept_for_the_account(tea: Served) -> None:
    browser = tea.signed_in(email="reader@example.com")
    browser.get("/preferences?language=nl&back=/overview")
    assert 'lang="nl"' in tea.signed_in(email="reader@example.com").get("/overview").text


def test_the_first_page_keeps_what_was_asked_for(tea: Served) -> None:
    answer = tea.signed_in().get("/?lang=de&segment=country:NL")
    assert answer.headers["location"] == "/overview?lang=de&segment=country:NL"


def test_a_choice_leads_nowhere_else(tea: Served) -> None:
    answer = tea.signed_in().get("/preferences?theme=dark&back=https://example.org")
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("address", ["/overview", "/api/v1/overview", "/api/v1/grid", "/api/v1/journey.csv"])
def test_an_answer_that_is_held_already_is_not_sent_again(tea: Served, address: str) -> None:
    who = tea.with_key() if address.startswith("/api") else tea.signed_in(Role.VIEWER)
    who.get(address)  # works out what it rests on
    first = who.get(address)
    again = who.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    other = who.get(f"{address}?at=2026-02-01", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_tag_changes_with_the_language_the_ledger_and_a_note(tea: Served) -> None:
    program = tea.with_key()

    def tag(**headers: str) -> str:
        return str(program.get("/api/v1/overview", headers=headers).headers["etag"])

    tag()
    plain = tag()
    assert tag(**{"Accept-Language": "de"}) != plain
    made = program.post("/api/v1/annotations", json={"first_day": "2026-02-03", "text": "A note"}).json()
    assert tag() != plain
    program.post(f"/api/v1/annotations/{made['id']}/remove")
    with tea.live.changing():
        pass
    assert tag() != plain


def test_pages_whose_looks_are_noted_are_kept_nowhere(tea: Served) -> None:
    for address in ("/journey/delivery", "/grid/delivery/reliability"):
        answer = tea.signed_in().get(address)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_the_menu_names_the_page_one_is_on(tea: Served) -> None:
    browser = tea.signed_in()
    assert 'href="/grid" aria-current="page"' in browser.get("/grid").text
    assert 'href="/grid" aria-current="true"' in browser.get("/grid/delivery/reliability").text


def test_the_menu_names_the_page_that_jobs_belong_to(server: Served) -> None:
    browser = server.signed_in()
    job = browser.post("/api/v1/settings/backups/take").json()["id"]
    for address in ("/jobs", f"/jobs/{job}"):
        page = browser.get(address).text
        assert re.findall(r'<a href="([^"]+)" aria-current="true">', page) == ["/data"]
    assert set(UNDER) <= {page.address for page in pages() if page.menu is not None}


@pytest.mark.parametrize("address", [page for page in PLAIN if page != "/annotations"])
def test_every_page_is_somewhere_in_the_menu(server: Served, address: str) -> None:
    page = server.signed_in().get(address).text
    menu = re.search(r'<nav class="menu".*?</nav>', page, re.DOTALL)
    assert menu
    assert menu[0].count("aria-current") == 1


def test_words_of_code_are_code_on_a_page(server: Served) -> None:
    page = server.signed_in().get("/settings/privacy").text
    assert "The blueprint sets no <code>keep</code>, so everything is kept." in page
    assert "`" not in page


def test_the_description_tells_of_every_twin_and_file(tea: Served) -> None:
    described = tea.with_key().get("/api/v1/openapi.json").json()["paths"]
    for page in pages():
        plain = page.address.replace(":path", "")
        get = described[f"/api/v1{plain}"]["get"]
        assert get["summary"]
        assert get["description"], page.name
        for table in page.files:
            name = f"/{table.name}" if table.name else ""
            assert f"/api/v1{plain}{name}.csv" in described
    at = next(p for p in described["/api/v1/overview"]["get"]["parameters"] if p["name"] == "at")
    assert at["description"]

"""A visit to pages that behave."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.answers import Answer, Site, redirect
from tests.support.loop import Loop

from troth.audit.artifacts.shape import Page
from troth.audit.browser.launching import Running
from troth.audit.gather.visit import Wants, visiting

pytestmark = pytest.mark.browser
Visited = Callable[..., list[Page]]


def test_a_page_comes_home_with_all_that_is_known_of_it(site: Site, visited: Visited) -> None:
    site.serve(
        "/p",
        Answer(
            "<title>Chair</title><h1>Chair</h1><script>localStorage.a=1;sessionStorage.b=2;"
            "document.cookie='seen=1;max-age=99'; console.error('oh'); setTimeout(() => {throw Error('no')});"
            "fetch('/stock.json')</script><img src='/gone.png'>",
            headers={"X-Frame-Options": "DENY", "Set-Cookie": "sid=1; HttpOnly; SameSite=Lax"},
        ),
    )
    site.serve("/stock.json", Answer('{"left": 3}', type="application/json"))
    (page,) = visited("/p")
    assert (page.id, page.status, page.failure) == ("first-product", 200, "")
    assert page.seen
    assert page.seen.title == "Chair"
    assert page.source.startswith("<title>Chair</title><h1>")
    assert page.clock_ms is None
    assert page.headers["x-frame-options"] == "DENY"
    assert {(cookie.name, cookie.http_only, cookie.same_site) for cookie in page.cookies} == {
        ("seen", False, ""), ("sid", True, "Lax"),
    }  # fmt: skip
    assert page.storage == ("a", "b")
    requests = {request.url.removeprefix(site.origin): request for request in page.requests}
    assert requests["/stock.json"].body == '{"left": 3}'
    assert (requests["/gone.png"].type, requests["/gone.png"].status) == ("image", 404)
    assert requests["/p"].type == "document"
    assert {(message.level, message.text) for message in page.messages} == {
        ("error", "oh"), ("uncaught", "Error: no"),
    }  # fmt: skip
    assert page.vitals
    assert page.vitals.largest_paint_ms
    assert page.vitals.first_byte_ms
    assert page.vitals.layout_shift == 0


def test_what_jumps_and_what_blocks_is_measured(site: Site, visited: Visited) -> None:
    site.html(
        "/p",
        "<div id=a></div><p style='font-size:60px'>Words that are pushed down</p><script>setTimeout(() => {"
        "a.style.height = '300px'; const t = performance.now(); while (performance.now() - t < 150);}, 150)"
        "</script>",
    )
    (page,) = visited("/p", wants=Wants(settle_s=0.6))
    assert page.vitals
    assert page.vitals.layout_shift
    assert page.vitals.layout_shift > 0.02
    assert page.vitals.blocking_ms
    assert page.vitals.blocking_ms > 80


def test_requests_that_fail_and_redirects_are_in_the_log(site: Site, visited: Visited) -> None:
    site.html("/p", "<p>x</p><script src='/s.js'></script><img src='http://127.0.0.1:9/x.png'>")
    site.serve("/s.js", redirect("/t.js"))
    site.serve("/t.js", Answer("1", type="text/javascript"))
    (page,) = visited("/p")
    found = [(request.url.rpartition("/")[2], request.status, request.failure) for request in page.requests]
    assert ("s.js", 302, "") in found
    assert ("t.js", 200, "") in found
    assert next(failure for name, _status, failure in found if name == "x.png").startswith("net::ERR_")


def test_the_requests_of_foreign_frames_are_in_the_log(site: Site, visited: Visited) -> None:
    site.html("/p", f"<p>x</p><iframe src='http://localhost:{site.port}/f'></iframe>")
    site.html("/f", "<img src='/pixel.gif'>")
    (page,) = visited("/p")
    assert {request.url.rpartition("/")[2] for request in page.requests} >= {"p", "f", "pixel.gif"}


HOSTILE = (
    "<script>JSON.stringify = () => 'no'; Array.prototype.push = () => {throw 1};"
    "Element.prototype.getAttribute = () => {throw 1}; window.getComputedStyle = null;"
    "Object.defineProperty(document, 'title', {get() {throw 1}}); Map = Set = URL = null;"
    "Object.defineProperty(Object.prototype, 'toJSON', {value: () => 'no'})</script>"
)


def test_a_page_is_read_though_it_tampers_with_its_own_world(site: Site, visited: Visited) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'"}
    site.serve("/p", Answer(f"<title>T</title><h1>Kept</h1><input>{HOSTILE}", headers=policy))
    (page,) = visited("/p", wants=Wants(axe=True))
    assert page.seen
    assert (page.seen.title, page.seen.text) == ("T", "Kept")
    assert page.axe
    assert {"label", "html-has-lang"} <= {violation.rule for violation in page.axe}
    assert next(violation for violation in page.axe if violation.rule == "label").selectors == ("input",)


def test_a_page_is_read_though_its_elements_hide_the_documents_own_names(
    site: Site, visited: Visited
) -> None:
    names = ["parentNode", "children", "getAttribute", "localName", "firstChild", "nodeType", "labels"]
    site.html(
        "/p",
        "<form>"
        + "".join(f"<input name={name}>" for name in names)
        + "</form>Kept<img name=querySelectorAll>"
        "<img name=body><img name=documentElement><img name=createRange><form name=getElementById></form>",
    )
    (page,) = visited("/p")
    assert page.seen
    assert page.seen.text == "Kept"
    assert [field.name for field in page.seen.fields] == names


def test_right_to_left_and_east_asian_pages(site: Site, visited: Visited) -> None:
    site.html("/rtl", "<html lang=ar dir=rtl><p>متجر الكراسي الخشبية الجميلة<a href=/x>اشتر الآن</a></p>")
    site.serve(
        "/cjk",
        Answer(
            "<html lang=ja><p>木製の椅子を販売しています。送料無料でお届けします。</p>".encode("shift-jis"),
            type="text/html; charset=shift_jis",
        ),
    )
    rtl, cjk = visited("/rtl", "/cjk")
    assert rtl.seen
    assert [(link.text, link.visible) for link in rtl.seen.links] == [("اشتر الآن", True)]
    assert cjk.seen
    assert [block.language for block in cjk.seen.blocks] == ["ja"]
    assert "送料無料" in cjk.seen.text


def test_lone_halves_of_characters_do_not_break_what_is_kept(
    site: Site, visited: Visited, tmp_path: Path
) -> None:
    from tests.support.gathered import artifacts

    from troth.audit.artifacts.codec import load, save

    site.html(
        "/p",
        r"<p id=a>x</p><script>document.title = a.textContent = a.lang = 'lone \ud800 half';"
        r"console.error('\ud800'); localStorage['\ud800'] = 1; a.id = '\udc00'; fetch('/x\ud800')</script>",
    )
    found = artifacts(*visited("/p"))
    save(found, tmp_path)
    assert load(tmp_path) == found


def test_an_action_is_taken_and_its_page_looked_at(site: Site, loop: Loop, running: Running) -> None:
    site.html(
        "/p", "<a href='/basket'>Basket</a><input type=checkbox id=c><button onclick='c.after(\"ticked\")'>b"
    )
    site.html("/basket", "<h1>Your basket</h1>")

    async def work() -> list[Page]:
        async with visiting(running, "first", site.origin) as visit:
            return [
                await visit.open(f"{site.origin}/p", "product"),
                await visit.act(lambda live: live.check("#c"), "product"),
                await visit.act(lambda live: live.click("button"), "product"),
                await visit.act(lambda live: live.click("#no-such", timeout=100), "product"),
                await visit.act(lambda live: live.click("a"), "basket"),
                await visit.look("basket"),
            ]

    opened, ticked, pressed, same, basket, again = loop.run(work())
    assert opened.seen
    assert ticked.seen
    assert not opened.seen.fields[0].checked
    (box,) = ticked.seen.fields
    assert (box.checked, box.preset) == (True, False)
    assert pressed.seen
    assert "ticked" in pressed.seen.text
    assert (same.failure, same.final_url) == ("", f"{site.origin}/p")
    assert (basket.id, basket.final_url, basket.status) == ("first-basket", f"{site.origin}/basket", 200)
    assert basket.seen == again.seen
    assert len({page.id for page in (opened, ticked, pressed, same, basket, again)}) == 6


def test_pictures_and_the_logos_hash(site: Site, loop: Loop, running: Running, tmp_path: Path) -> None:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='40'><rect width='60' height='40'/>"
        "<circle cx='90' cy='20' r='15' fill='red'/></svg>"
    )
    site.serve("/logo.svg", Answer(svg, type="image/svg+xml"))
    page_html = (
        "<header><a href='/'><img src='/logo.svg' width=120 height=40></a></header><p id=deep {}>x</p>"
    )
    site.html("/p", page_html.format("style='margin-top:2000px'"))

    async def work() -> tuple[list[Page], str, str]:
        async with visiting(running, "first", site.origin, folder=tmp_path) as visit:
            wants = Wants(screenshot=True, logo=True)
            pages = [await visit.open(f"{site.origin}/p", "product", wants) for _ in range(2)]
            return pages, await visit.crop("#deep"), await visit.crop("#no-such")

    pages, crop, nothing = loop.run(work())
    assert len({page.logo_hash for page in pages}) == 1
    assert len(pages[0].logo_hash) == 16
    assert (tmp_path / pages[0].screenshot).read_bytes().startswith(b"\xff\xd8")
    assert (tmp_path / crop).stat().st_size > 300
    assert nothing == ""


def test_the_visitor_says_who_it_is(site: Site, visited: Visited) -> None:
    site.html("/p", "<p>x</p>")
    visited("/p", language="nl-NL")
    assert all(
        "Troth/" in head and "Accept-Language: nl-NL" in head for head in site.heads if "GET /p" in head
    )


def test_each_visit_is_a_new_customer(site: Site, visited: Visited) -> None:
    site.serve("/p", Answer("<p>x</p>", headers={"Set-Cookie": "a=1"}))
    assert [len(page.cookies) for page in (*visited("/p"), *visited("/p"))] == [1, 1]
    assert not any("Cookie: a=1" in head for head in site.heads if head.startswith("GET /p "))


def test_service_workers_are_blocked(site: Site, visited: Visited) -> None:
    site.html(
        "/p",
        "<script>navigator.serviceWorker.register('/sw.js').then(() => document.title = 'taken')</script>",
    )
    site.serve("/sw.js", Answer("self.x = 1", type="text/javascript"))
    (page,) = visited("/p", wants=Wants(settle_s=0.5))
    assert page.seen
    assert "/sw.js" not in site.asked
    assert page.messages == ()


def test_a_page_whose_clock_was_set_says_what_it_reads(site: Site, loop: Loop, running: Running) -> None:
    site.html("/p", "<p>x</p>")

    async def work() -> Page:
        async with visiting(running, "forwarded", site.origin) as visit:
            await visit.context.clock.set_fixed_time(1_900_000_000)  # seconds
            return await visit.open(f"{site.origin}/p", "product")

    page = loop.run(work())
    assert page.clock_ms == 1_900_000_000_000
    assert page.taken_at_ms != page.clock_ms


def test_a_long_visit_takes_another_tab_and_stays_the_same_customer(
    site: Site, running: Running, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("troth.audit.gather.visit._PAGES_A_TAB", 3)
    site.serve("/in", Answer("<p>In</p>", headers={"Set-Cookie": "sid=1"}))
    site.html("/p", "<p>Here</p>")

    async def work() -> tuple[list[Page], int, int]:
        async with visiting(running, "first", site.origin) as visit:
            pages, tabs = [], set()
            for path in ("/in", *["/p"] * 6):
                pages.append(await visit.open(site.origin + path, "product"))
                tabs.add(visit.live)
            return pages, len(tabs), len(visit.context.pages)

    pages, tabs, still_open = loop.run(work())
    assert [page.failure for page in pages] == [""] * 7
    assert [cookie.name for cookie in pages[-1].cookies] == ["sid"]
    assert (tabs, still_open) == (3, 1)


VEILS = {
    "a panel": "<div id=veil style='position:fixed;inset:0;background:#339;z-index:99'>10 % off</div>",
    "a pale backdrop": "<div id=veil style='position:fixed;inset:0;background:#0008;z-index:99'>Hello</div>",
    "a dialog": "<dialog id=veil style='width:90%;height:90%'>Hi</dialog><script>veil.showModal()</script>",
}


@pytest.mark.parametrize("veil", VEILS)
def test_what_lies_over_the_logo_does_not_change_its_hash(
    site: Site, loop: Loop, running: Running, veil: str
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 40L60 0L120 40z"/></svg>'
    site.serve("/logo.svg", Answer(svg, type="image/svg+xml"))
    head = (
        "<header style='position:fixed;top:0;width:100%'><a href='/'>"
        "<img alt=Logo src='/logo.svg' width=120 height=40></a></header><p style='margin-top:99px'>Goods"
    )
    site.html("/bare", head)
    site.html("/covered", head + VEILS[veil])

    async def work() -> tuple[list[Page], str]:
        async with visiting(running, "first", site.origin) as visit:
            pages = [
                await visit.open(site.origin + path, "product", Wants(logo=True))
                for path in ("/bare", "/covered")
            ]
            return pages, await visit.live.evaluate("veil.getAttribute('style')")

    (bare, covered), style = loop.run(work())
    assert covered.seen
    assert any(overlay.selector == "#veil" for overlay in covered.seen.overlays)
    assert len(bare.logo_hash) == 16
    assert covered.logo_hash == bare.logo_hash
    assert style in VEILS[veil]  # the page is left as it was
    assert "visibility" not in style

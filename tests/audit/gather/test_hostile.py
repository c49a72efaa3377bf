"""Shops that do not behave: each is named, none hangs or breaks the visit."""

import asyncio
import time
from collections.abc import Callable

import pytest
from tests.support.answers import Answer, Site, Writer, redirect
from tests.support.loop import Loop

from troth.audit.artifacts.shape import Page
from troth.audit.browser.launching import Running
from troth.audit.gather.failures import SENTENCES
from troth.audit.gather.visit import visiting

pytestmark = pytest.mark.browser
Visited = Callable[..., list[Page]]
OK = "<title>fine</title><p>A page that is fine.</p>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def named(site: Site, visited: Visited) -> Callable[[str], Page]:
    """The page at a path, which fails with a known code; the next one is seen again."""

    def named(path: str) -> Page:
        site.html("/fine", OK)
        page, fine = visited(path, "/fine")
        assert page.seen is None
        assert page.failure in SENTENCES
        assert fine.seen, fine.failure
        assert fine.seen.title == "fine"
        return page

    return named


async def never(_writer: Writer) -> None:
    await asyncio.sleep(60)


async def nothing(_writer: Writer) -> None:
    pass


async def noise(writer: Writer) -> None:
    writer.write(b"\x00\x01\x02 what is this\r\n\r\n" * 5)


async def drip(writer: Writer) -> None:
    writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(600):
        writer.write(b"8\r\n<p>drip \r\n")
        await writer.drain()
        await asyncio.sleep(0.1)


async def flood(writer: Writer) -> None:
    writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    part = b"<p>" + b"word " * 13_000
    while True:
        writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        await writer.drain()


CASES = {
    "silent": (never, "page-timeout"),
    "dripping": (drip, "page-timeout"),
    "closing": (nothing, "connection-lost"),
    "noise": (noise, "answer-broken"),
    "flood": (flood, "page-too-large"),
    "circle": (redirect("/p"), "redirect-loop"),
    "port": (redirect("http://127.0.0.1:9/"), "port-blocked"),
    "foreign": (redirect("http://localhost:{port}/fine"), "host-foreign"),
    "file": (Answer("PK", type="application/zip"), "download"),
    "attachment": (Answer("x", headers={"Content-Disposition": "attachment; filename=x.html"}), "download"),
    "json": (Answer("{}", type="application/json"), "no-page"),
    "empty": (Answer(status=204), "no-page"),
    "endless": (Answer("<script>while (true) {}</script>"), "script-endless"),
    "alerts": (Answer("<script>while (true) alert('buy')</script>"), "script-endless"),
    "requests": (
        Answer("<script>for (let i = 0; i < 999; i++) new Image().src = '/i' + i</script>"),
        "request-flood",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_that_cannot_be_seen_says_why(site: Site, named: Callable[[str], Page], case: str) -> None:
    answer, code = CASES[case]
    if isinstance(answer, Answer) and "{port}" in answer.headers.get("Location", ""):
        answer = redirect(answer.headers["Location"].format(port=site.port))
    site.serve("/p", answer)
    begun = time.monotonic()
    assert named("/p").failure == code
    assert time.monotonic() - begun < 15


def test_a_page_that_always_goes_on_is_seen_or_named(site: Site, visited: Visited) -> None:
    site.html("/p", "<script>setTimeout(() => location.replace('/p?' + Math.random()), 5)</script>")
    site.html("/fine", OK)
    page, fine = visited("/p", "/fine")
    assert page.seen or page.failure in SENTENCES
    assert fine.seen, (page.failure, fine.failure)


def test_a_host_that_refuses_and_one_that_does_not_exist(loop: Loop, running: Running) -> None:
    async def work() -> list[str]:
        async with visiting(running, "first", "http://127.0.0.1:1/") as visit:
            refused = await visit.open("http://127.0.0.1:4/", "home")
        async with visiting(running, "first", "http://nowhere.invalid/") as visit:
            unknown = await visit.open("http://nowhere.invalid/", "home")
        return [refused.failure, unknown.failure]

    assert loop.run(work()) == ["connection-refused", "host-unknown"]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "ftp://127.0.0.1/", "http://", "x"]
)
def test_only_the_web_is_looked_at(loop: Loop, running: Running, site: Site, url: str) -> None:
    async def work() -> Page:
        async with visiting(running, "first", site.origin) as visit:
            return await visit.open(url, "home")

    assert loop.run(work()).failure == "address-invalid"


def test_a_tab_that_crashes_is_named_and_replaced(site: Site, loop: Loop, running: Running) -> None:
    site.html("/p", OK)

    async def work() -> tuple[Page, Page]:
        async with visiting(running, "first", site.origin) as visit:
            await visit.open(f"{site.origin}/p", "product")
            session = await visit.context.new_cdp_session(visit.live)
            crash = asyncio.ensure_future(session.send("Page.crash"))
            crashed = await visit.act(lambda live: live.wait_for_selector("#never"), "product")
            crash.cancel()
            return crashed, await visit.open(f"{site.origin}/p", "product")

    crashed, fine = loop.run(work())
    assert crashed.failure == "page-crashed"
    assert fine.seen


def test_a_slow_thing_beside_the_page_does_not_hide_it(site: Site, visited: Visited) -> None:
    site.html("/p", f"{OK}<img src='/slow.png'>")
    site.serve("/slow.png", never)
    (page,) = visited("/p")
    assert (page.failure, page.status) == ("", 200)
    assert page.seen
    assert page.seen.title == "fine"


def test_alerts_windows_and_files_are_turned_away_and_noted(site: Site, loop: Loop, running: Running) -> None:
    site.html(
        "/p",
        "<p>shop</p><script>alert('hello'); confirm('sure?'); prompt('name?')</script>"
        "<button onclick=\"window.open('/ad'); location = '/file.zip'\">x</button>",
    )
    site.html("/ad", "<p>ad</p>")
    site.serve("/file.zip", Answer("PK", type="application/zip"))

    async def work() -> tuple[Page, Page, int]:
        async with visiting(running, "first", site.origin) as visit:
            opened = await visit.open(f"{site.origin}/p", "product")
            clicked = await visit.act(lambda live: live.click("button"), "product")
            await asyncio.sleep(0.3)
            return opened, clicked, len(visit.context.pages)

    opened, clicked, tabs = loop.run(work())
    assert [incident.text for incident in opened.incidents] == [
        "alert: hello", "confirm: sure?", "prompt: name?",
    ]  # fmt: skip
    assert {incident.what for incident in clicked.incidents} == {"popup", "download"}
    assert clicked.seen
    assert tabs == 1


def test_a_page_that_will_not_be_left_is_left(site: Site, loop: Loop, running: Running) -> None:
    site.html("/p", "<button onclick='1'>x</button><script>onbeforeunload = () => 'stay!'</script>")
    site.html("/fine", OK)

    async def work() -> Page:
        async with visiting(running, "first", site.origin) as visit:
            await visit.open(f"{site.origin}/p", "product")
            await visit.act(lambda live: live.click("button"), "product")
            return await visit.open(f"{site.origin}/fine", "product")

    assert loop.run(work()).seen


def test_endless_scrolling_is_not_followed(site: Site, visited: Visited) -> None:
    site.html(
        "/p",
        "<div id=a style='height:2000px'>x</div><script>const more = () => {for (let i = 0; i < 20; i++)"
        "document.body.append(Object.assign(document.createElement('p'), {innerText: 'item', style:"
        "'height:500px'}))}; onscroll = more; new IntersectionObserver(more).observe(a); more()</script>",
    )
    (page,) = visited("/p")
    assert page.seen
    assert page.seen.text.count("item") <= 60


def test_a_huge_tree_is_seen_up_to_the_limits(site: Site, visited: Visited) -> None:
    site.html("/p", "<title>huge</title>" + "<div><p>word</p></div>" * 10_100)
    site.html(
        "/q",
        "<title>deep</title><body><script>let d = document.body; for (let i = 0; i < 450; i++)"
        "d = d.appendChild(document.createElement('div')); d.append('at the bottom')</script>",
    )
    wide, deep = visited("/p", "/q")
    assert wide.seen, wide.failure
    assert {"elements", "runs"} <= set(wide.seen.cut)
    assert deep.seen
    assert "depth" in deep.seen.cut


WALLS = {
    "challenge": (
        Answer("<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>", 403),
        "bot-wall",
    ),
    "denied": (Answer("<h1>Access denied</h1>", 403), "bot-wall"),
    "too many": (Answer("<h1>Slow down</h1>", 429), "bot-wall"),
    "captcha": (
        Answer("<h1>Ben je een mens?</h1><div class='h-captcha' data-x='hcaptcha'></div>"),
        "bot-wall",
    ),
    "password": (Answer("<form>Password <input type=password><button>Enter</button></form>"), "login-wall"),
    "basic": (Answer("no", 401, headers={"WWW-Authenticate": "Basic realm=x"}), "login-wall"),
    "gone": (Answer("<h1>Not found</h1>", 404), ""),
    "pause": (Answer("<h1>Back soon</h1><p>We are putting new chairs into the shop.</p>", 503), ""),
    "fault": (Answer("<h1>Fault</h1>", 500), ""),
    "fault without a word": (Answer("", 500), "no-page"),
}


@pytest.mark.parametrize("case", WALLS)
def test_walls_are_named_and_other_refusals_are_pages(site: Site, visited: Visited, case: str) -> None:
    answer, code = WALLS[case]
    site.serve("/p", answer)
    (page,) = visited("/p")
    assert (page.failure, page.status) == (code, answer.status)
    assert (page.seen is None) == bool(code)


def test_a_checkout_may_ask_to_sign_in(site: Site, loop: Loop, running: Running) -> None:
    site.html("/p", "<form>Password <input type=password><button>Enter</button></form>")

    async def work() -> Page:
        async with visiting(running, "first", site.origin) as visit:
            return await visit.open(f"{site.origin}/p", "checkout")

    assert loop.run(work()).seen


def test_a_page_in_the_place_of_robots_txt_is_read_and_not_run(site: Site, visited: Visited) -> None:
    site.html("/robots.txt", "<script>fetch('/ran'); open('/window')</script><img src='/picture'>")
    site.html("/fine", OK)
    [fine] = visited("/fine")
    assert fine.seen, fine.failure
    assert set(site.asked) == {"/robots.txt", "/fine"}

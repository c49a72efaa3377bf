import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.audit.gather.serving import Handler, Reply, serving
from tests.audit.gather.tiny import Tiny
from tests.shop import Shop
from tests.shop.certificates import authority
from tests.shop.hostile import Hostile

from troth.audit.artifacts.shape import Artifacts, Visit
from troth.audit.browser.addresses import Login
from troth.audit.browser.options import Limits
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather import gathered, gathering
from troth.audit.gather.options import FURTHER, Options
from troth.audit.judging import judged
from troth.errors import TrothError, UsageError

pytestmark = pytest.mark.browser
QUICK = Limits(page_s=4, settle_s=1, script_s=3, action_s=3, document_bytes=3_000_000, requests=300)
Audit = Callable[..., Artifacts]


@pytest.fixture
def audit(chromium: Path) -> Audit:
    """`audit(shop, further=…)`: the artifacts of one of the test shops."""

    def audit(shop: Shop, further: tuple[Visit, ...] = FURTHER, *, fills: bool = False) -> Artifacts:
        browser = BrowserOptions(
            chromium, allow_private=True, ca_file=shop.ca_file, resolver_rules=shop.resolver_rules
        )
        return gathered(shop.url, Options(browser, walk_checkout=fills, further=further, axe=False))

    return audit


def quick(chromium: Path, seconds: float = 40, **more: object) -> Options:
    return Options(
        BrowserOptions(chromium, allow_private=True, limits=QUICK), axe=False, seconds=seconds, **more
    )  # type: ignore[arg-type] # fields of Options


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Shop.Example:443/de", "https://shop.example"),
        ("http://shop.example:80/", "http://shop.example"),
        ("https://shop.example:8443/", "https://shop.example:8443"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_a_login_is_for_the_origin_as_the_browser_names_it(address: str, origin: str) -> None:
    credentials = gathering._credentials(address, Login("me", "secret"))
    assert credentials is not None
    assert credentials["origin"] == origin


def test_a_login_in_the_address_opens_the_shop_and_no_other_and_is_not_kept(chromium: Path) -> None:
    told: list[str] = []

    def closed(asked: Handler) -> Reply:
        given = asked.headers.get("Authorization", "")
        if given != f"Basic {b64encode(b'me:s@cret').decode()}":
            return 401, {"WWW-Authenticate": "Basic realm=shop"}, "no"
        return 200, {}, f"<h1>Chairs</h1><a href=/chair>Chair</a><img src='{other.url}a.png'>"

    def asking(asked: Handler) -> Reply:
        told.append(asked.headers.get("Authorization", ""))
        return 401, {"WWW-Authenticate": "Basic realm=shop"}, "no"

    with serving(asking) as other, serving(closed) as shop:
        address = shop.url.replace("//", "//me:s%40cret@")
        found = gathered(address, quick(chromium, further=()))
    assert found.shop == shop.url
    assert found.pages[0].status == 200
    assert "s%40cret" not in repr(found)
    assert "s@cret" not in repr(found)
    assert set(told) == {""}


def test_a_login_is_not_told_to_where_the_shop_leads_on_and_that_is_said(chromium: Path) -> None:
    told: list[str] = []

    def elsewhere(handler: Handler) -> Reply:
        told.append(handler.headers.get("Authorization", ""))
        return 401, {"WWW-Authenticate": "Basic realm=shop"}, "no"

    with serving(elsewhere) as other:
        leads = f"{other.url.replace('127.0.0.1', 'localhost')}start"
        with serving(lambda _handler: (302, {"Location": leads}, "")) as first:
            address = first.url.replace("://", "://me:secret@").replace("127.0.0.1", "localhost")
            with pytest.raises(TrothError) as raised:
                gathered(address, quick(chromium, further=()))
    assert raised.value.code == "login-wall"
    assert f"told to {first.url.replace('127.0.0.1', 'localhost').strip('/')} alone" in raised.value.hint
    assert leads in raised.value.hint
    assert "secret" not in str(raised.value)
    assert told
    assert set(told) == {""}


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_an_honest_shop_comes_home_whole(audit: Audit, language: str) -> None:
    with Shop(language) as shop:
        found = audit(shop)
        assert (shop.orders, shop.sent) == (0, [])
    assert found.failures == ()
    assert [(step.name, step.reached, step.code) for step in found.walk] == [
        ("home", True, ""),
        ("category", True, ""),
        ("product", True, ""),
        ("basket", True, ""),
        ("checkout", True, ""),
    ]
    visits: dict[str, list[str]] = {}
    for page in found.pages:
        visits.setdefault(page.visit, []).append(page.kind)
    assert visits == {
        "first": [
            "home", "category", "product", "product", "basket", "checkout", "imprint", "contact", "returns",
            "shipping", "payment", "privacy", "terms", "about", "help", "reviews", "guarantee", "withdrawal",
        ],
        "second": ["home", "category", "product", "basket"],
        "late": ["home", "product"],
        "reject": ["home", "product"],
        "accept": ["home", "product"],
        "small": ["home", "product", "checkout"],
    }  # fmt: skip
    assert len({page.id for page in found.pages}) == len(found.pages)
    assert found.tls is not None
    assert found.tls.verify == ""
    assert found.plain_http == (shop.url.replace("https", "http"), shop.url)
    assert found.consent is not None
    assert (found.consent.clicks_to_accept, found.consent.clicks_to_reject) == (1, 1)
    assert len(found.links) > 15
    assert {check.status for check in found.links} == {200}
    assert [line.item for line in found.basket] == [True, False, False]
    assert found.added in found.basket[0].text
    assert found.summary
    assert found.basket_before == ()
    apart = {(p.visit, p.kind): p.taken_at_ms for p in reversed(found.pages)}
    assert apart["second", "product"] - apart["first", "product"] >= 3000


def test_countdowns_and_numbers_of_others_are_looked_at_again(audit: Audit) -> None:
    with Shop("en", {"evergreen-countdown", "invented-activity"}) as shop:
        found = audit(shop, ("forwarded", "pinned"))
    forwarded = [page for page in found.pages if page.visit == "forwarded"]
    first = {page.url: page for page in found.pages if page.visit == "first"}
    assert forwarded
    for page in forwarded:
        assert page.clock_ms is not None
        assert page.clock_ms > page.taken_at_ms + 60_000
        assert page.url in first
    pinned = [page for page in found.pages if page.visit == "pinned"]
    assert [page.kind for page in pinned] == ["product", "product"]
    assert {page.url for page in pinned} <= set(first)


PANEL = """<script>
const panel = (text) => document.body.insertAdjacentHTML("beforeend",
  `<div style="position:fixed;inset:10%;background:#fff;z-index:99">${text}</div>`);
COMES
</script>"""
COMES = {
    "by a timer": "setTimeout(() => panel('10 % off today'), 8000);",
    "by counting": "let n = 0; setInterval(() => { if (++n === 6) panel('10 % off today'); }, 1000);",
    "by an answer": (
        "setTimeout(async () => { const said = await (await fetch('/offer')).text();"
        " setTimeout(() => panel(said), 3000); }, 4000);"
    ),
    "by frames": (
        "const began = performance.now();"
        " const next = (now) => now - began > 7000 ? panel('10 % off') : requestAnimationFrame(next);"
        " requestAnimationFrame(next);"
    ),
}


def with_panel(comes: str) -> Callable[[Handler], Reply]:
    tiny = Tiny("en")

    def shown(handler: Handler) -> Reply:
        if handler.path == "/offer":
            return 200, {}, "10 % off today"
        status, headers, html = tiny(handler)
        return status, headers, html + PANEL.replace("COMES", comes) if handler.path == "/" else html

    return shown


@pytest.mark.parametrize("how", COMES)
def test_a_panel_that_comes_late_is_met_without_waiting_for_it(chromium: Path, how: str) -> None:
    with serving(with_panel(COMES[how])) as server:
        found = gathered(server.url, quick(chromium, further=("late",)))
    homes = {page.visit: page for page in found.pages if page.kind == "home"}
    assert [overlay.text[:8] for overlay in homes["late"].seen.overlays] == ["10 % off"]  # type: ignore[union-attr] # seen
    assert homes["first"].seen is not None
    assert homes["first"].seen.overlays == ()
    verdicts = {one.rule.id: one.verdict for one in judged(found)}
    assert verdicts["promo-restraint"].state == "failed"
    assert found.failures == ()


@pytest.mark.parametrize(
    "comes", ["setTimeout(() => panel('10 % off today'), 30000);", "setInterval(() => document.title, 1);"]
)
def test_a_page_that_keeps_still_for_ten_seconds_passes(chromium: Path, comes: str) -> None:
    with serving(with_panel(comes)) as server:
        found = gathered(server.url, quick(chromium, further=("late",)))
    assert [page.kind for page in found.pages if page.visit == "late"] == ["home", "product"]
    verdicts = {one.rule.id: one.verdict for one in judged(found)}
    assert verdicts["promo-restraint"].state == "passed"
    assert "ten seconds" in verdicts["promo-restraint"].reason


def test_a_page_whose_timers_never_end_is_told_and_ends_in_time(chromium: Path) -> None:
    busy = "setInterval(() => { const end = Date.now; for (let n = 0; n < 3e6; n++) end(); }, 1);"
    began = time.monotonic()
    with serving(with_panel(f"setTimeout(() => {{ {busy} }}, 3000);")) as server:
        found = gathered(server.url, quick(chromium, further=("late",)))
    assert time.monotonic() - began < 40
    assert "late" in {failure.what for failure in found.failures}


def test_the_checkout_is_filled_when_asked_and_nothing_is_ordered(audit: Audit) -> None:
    with Shop("de", {"drip-price"}) as shop:
        found = audit(shop, (), fills=True)
        assert (shop.orders, shop.sent) == (0, [])
    assert found.walked_checkout
    assert len([page for page in found.pages if page.kind == "checkout"]) > 1
    assert len(found.summary) > len(found.basket)


def test_a_shop_that_wants_an_account_is_said_to(audit: Audit) -> None:
    with Shop("nl", {"guest-checkout"}) as shop:
        found = audit(shop, ())
        assert shop.sent == []
    assert (found.walk[-1].name, found.walk[-1].reached, found.walk[-1].code) == (
        "checkout",
        True,
        "login-wall",
    )


@pytest.mark.parametrize(
    ("host", "codes"),
    [
        ("refusing", {"connection-refused"}),
        ("silent", {"page-timeout"}),
        ("resetting", {"connection-lost", "answer-broken"}),
        ("redirect-loop", {"redirect-loop"}),
        ("download", {"download"}),
        ("login-wall", {"login-wall"}),
        ("bot-wall", {"bot-wall"}),
        ("too-many", {"bot-wall"}),
    ],
)
def test_a_host_that_shows_no_shop_is_an_error_with_a_hint(
    chromium: Path, host: str, codes: set[str]
) -> None:
    with Hostile(host) as hostile:
        began = time.monotonic()
        options = Options(
            BrowserOptions(
                chromium,
                allow_private=True,
                limits=QUICK,
                ca_file=authority().file if hostile.url.startswith("https") else None,
            ),
            seconds=30,
        )
        with pytest.raises(TrothError) as raised:
            gathered(hostile.url, options)
    assert raised.value.code in codes
    assert raised.value.hint
    assert raised.value.where == hostile.url
    assert time.monotonic() - began < 40


def test_a_certificate_that_is_not_trusted_is_an_error(chromium: Path) -> None:
    with Shop("en") as shop, pytest.raises(TrothError) as raised:
        gathered(shop.url, quick(chromium))
    assert raised.value.code == "certificate-invalid"


def test_a_private_address_is_refused_unless_allowed(chromium: Path) -> None:
    with pytest.raises(UsageError) as raised:
        gathered("http://127.0.0.1:1/", Options(BrowserOptions(chromium)))
    assert raised.value.code == "address-private"


@pytest.mark.parametrize("port", [6000, 25])
def test_a_port_that_no_browser_opens_is_said_to_be_one(chromium: Path, port: int) -> None:
    with pytest.raises(TrothError) as raised:
        gathered(f"http://127.0.0.1:{port}/", quick(chromium))
    assert raised.value.code == "port-blocked"
    assert "port" in raised.value.message
    assert "another port" in raised.value.hint


def test_a_shop_that_is_somewhere_else_is_named(chromium: Path) -> None:
    def hello(_handler: Handler) -> Reply:
        return 200, {}, "<p>Hello</p>"

    with serving(hello) as there:

        def away_to(_handler: Handler) -> Reply:
            return 302, {"Location": f"http://localhost:{there.server_port}/"}, ""

        with serving(away_to) as server, pytest.raises(TrothError) as raised:
            gathered(server.url, quick(chromium))
    assert raised.value.code == "host-foreign"
    assert f"http://localhost:{there.server_port}/" in raised.value.hint


def test_a_page_that_fails_is_named_and_the_rest_goes_on(chromium: Path) -> None:
    tiny = Tiny("en")

    def broken(handler: Handler) -> Reply:
        if handler.path == "/terms":
            time.sleep(6)
        status, headers, html = tiny(handler)
        return (
            status,
            headers,
            html.replace("<footer>", '<footer><a href="/terms">Terms</a><a href="/gone">Imprint</a>'),
        )

    with serving(broken) as server:
        found = gathered(server.url, quick(chromium, further=()))
    assert found.walk[-1].name == "checkout"
    assert found.walk[-1].reached
    assert [(failure.what, failure.code) for failure in found.failures] == [("terms", "page-timeout")]
    assert found.failures[0].message
    (imprint,) = [page for page in found.pages if page.kind == "imprint"]
    assert imprint.status == 404
    statuses = {check.url.rpartition("/")[2]: check.status for check in found.links}
    assert statuses["gone"] == 404


def test_the_time_is_kept_and_what_was_seen_stays(chromium: Path) -> None:
    tiny = Tiny("en")

    def slow(handler: Handler) -> Reply:
        if handler.path != "/":
            time.sleep(2)
        return tiny(handler)

    with serving(slow) as server:
        began = time.monotonic()
        found = gathered(server.url, quick(chromium, seconds=4))
        assert time.monotonic() - began < 25
    assert found.pages[0].kind == "home"
    assert "limit" in {failure.code for failure in found.failures}
    assert not found.walk[-1].reached
    assert found.walk[-1].code == "time"


def test_the_number_of_pages_is_kept(chromium: Path) -> None:
    with serving(Tiny("de")) as server:
        found = gathered(server.url, quick(chromium, pages=3))
    assert len(found.pages) <= 3
    assert "limit" in {failure.code for failure in found.failures}


def test_an_honest_page_that_sells_nothing_says_so(chromium: Path) -> None:
    with serving(Tiny("nl", frozenset({"no-goods"}))) as server:
        found = gathered(server.url, quick(chromium))
    assert found.walk[-1].code == "no-product"
    assert found.consent is None
    assert found.tls is None
    assert found.plain_http == (server.url,)


def test_progress_tells_what_is_looked_at(chromium: Path) -> None:
    told: list[str] = []
    with serving(Tiny("nl")) as server:
        gathered(server.url, quick(chromium, further=()), lambda stage, _share: told.append(stage))
    assert told[0] == f"first: home {server.url}"
    assert f"first: product {server.url}mug" in told

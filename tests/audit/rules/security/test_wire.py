"""HTTPS, certificate, TLS, headers and cookies: what goes over the wire."""

from dataclasses import replace
from typing import Any

import pytest
from tests.audit.rules.judging import verdict
from tests.audit.rules.plain import EMPTY, GOOD_HEADERS, home
from tests.support.gathered import SHOP, TAKEN_AT_MS, artifacts

from troth.audit.artifacts.page import Form, Seen
from troth.audit.artifacts.shape import Cookie, Failure, Page, Request, Tls
from troth.audit.parsing.security_headers import graded

DAY_MS = 86_400_000
GOOD_TLS = Tls(
    "CN=shop.example", "CN=Authority", ("shop.example",),
    TAKEN_AT_MS - 30 * DAY_MS, TAKEN_AT_MS + 60 * DAY_MS, "",
    {"TLSv1": False, "TLSv1.1": False, "TLSv1.2": True, "TLSv1.3": True},
)  # fmt: skip


def form(action: str) -> Seen:
    return replace(EMPTY, forms=(Form("#news", action, "post", "", "footer", visible=True),))


class TestHttpsEverywhere:
    RULE = "security.https_everywhere"

    def test_passes_where_plain_http_leads_to_https(self) -> None:
        page = home(requests=(Request(f"{SHOP}a.js", "GET", "script", 200),), seen=form(f"{SHOP}news"))
        found = verdict(self.RULE, artifacts(page, plain_http=("http://shop.example/", SHOP)))
        assert (found.state, found.confidence) == ("passed", "proved")

    def test_passes_where_nothing_answers_over_plain_http(self) -> None:
        assert verdict(self.RULE, artifacts(home())).state == "passed"

    def test_the_plain_way_to_the_page_itself_is_no_mixed_content(self) -> None:
        way = Request("http://shop.example/", "GET", "document", 301)
        page = home(requests=(way, Request(SHOP, "GET", "document", 200)))
        assert verdict(self.RULE, artifacts(page, plain_http=(way.url, SHOP))).state == "passed"

    @pytest.mark.parametrize(
        ("page", "more", "quote"),
        [
            (home(final_url="http://shop.example/"), {}, "http://shop.example/"),
            (home(seen=form("http://shop.example/news")), {}, "http://shop.example/news"),
            (
                home(requests=(Request("http://cdn.test/a.js", "GET", "script", None, "mixed-content"),)),
                {},
                "http://cdn.test/a.js",
            ),
            (home(), {"plain_http": ("http://shop.example/",)}, "http://shop.example/"),
            (
                home(),
                {"plain_http": ("http://shop.example/", "http://www.shop.example/")},
                "http://shop.example/ → http://www.shop.example/",
            ),
        ],
    )
    def test_fails_on_what_goes_over_plain_http(self, page: Page, more: dict[str, Any], quote: str) -> None:
        found = verdict(self.RULE, artifacts(page, **more))
        assert found.state == "failed"
        assert [proof.quote for proof in found.proofs] == [quote]

    def test_says_nothing_where_nothing_was_seen(self) -> None:
        blind = home(seen=None, failure="host-unknown")
        assert verdict(self.RULE, artifacts(blind)).state == "not-applicable"


class TestCertificateValid:
    RULE = "security.certificate_valid"

    def test_passes_with_weeks_left(self) -> None:
        found = verdict(self.RULE, artifacts(home(), tls=GOOD_TLS))
        assert (found.state, found.reason) == ("passed", "The certificate is valid for another 60 days.")

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"not_after_ms": TAKEN_AT_MS + 5 * DAY_MS}, "The certificate ends in 5 days."),
            ({"not_after_ms": TAKEN_AT_MS + DAY_MS}, "The certificate ends in 1 day."),
            ({"not_after_ms": TAKEN_AT_MS - DAY_MS, "verify": "expired"}, "The certificate has ended."),
            ({"verify": "Hostname mismatch"}, "The certificate is not valid."),
        ],
    )
    def test_fails_when_it_ends_or_is_wrong(self, change: dict[str, Any], reason: str) -> None:
        found = verdict(self.RULE, artifacts(home(), tls=replace(GOOD_TLS, **change)))
        assert (found.state, found.reason) == ("failed", reason)

    def test_a_certificate_of_six_days_needs_no_two_weeks(self) -> None:
        short = replace(
            GOOD_TLS, not_before_ms=TAKEN_AT_MS - 3 * DAY_MS, not_after_ms=TAKEN_AT_MS + 3 * DAY_MS
        )
        assert verdict(self.RULE, artifacts(home(), tls=short)).state == "passed"
        late = replace(short, not_before_ms=TAKEN_AT_MS - 5 * DAY_MS, not_after_ms=TAKEN_AT_MS + DAY_MS)
        assert verdict(self.RULE, artifacts(home(), tls=late)).state == "failed"

    def test_fails_when_the_browser_refused_a_page(self) -> None:
        refused = home(seen=None, failure="certificate-invalid")
        assert verdict(self.RULE, artifacts(refused)).state == "failed"
        assert verdict(self.RULE, artifacts(refused, tls=GOOD_TLS)).state == "failed"

    def test_is_not_passed_unseen(self) -> None:
        found = verdict(
            self.RULE, artifacts(home(), failures=(Failure("tls", SHOP, "time", "It took long."),))
        )
        assert (found.state, found.reason) == (
            "not-applicable", "The certificate could not be read. It took long.",
        )  # fmt: skip
        assert verdict(self.RULE, artifacts(home(), shop="http://shop.example/")).state == "not-applicable"


class TestTlsModern:
    RULE = "security.tls_modern"

    @pytest.mark.parametrize(
        ("versions", "state"),
        [
            ({}, "passed"),
            ({"TLSv1.3": False}, "passed"),
            ({"TLSv1.3": None}, "passed"),
            ({"TLSv1.1": True}, "failed"),
            ({"TLSv1": True}, "failed"),
            ({"TLSv1.2": False, "TLSv1.3": False}, "failed"),
            ({"TLSv1": None}, "review"),
            ({"TLSv1.2": None, "TLSv1.3": False}, "review"),
        ],
    )
    def test_counts_what_was_tried(self, versions: dict[str, bool | None], state: str) -> None:
        tls = replace(GOOD_TLS, versions={**GOOD_TLS.versions, **versions})
        assert verdict(self.RULE, artifacts(home(), tls=tls)).state == state

    def test_names_the_versions(self) -> None:
        tls = replace(GOOD_TLS, versions={**GOOD_TLS.versions, "TLSv1": True, "TLSv1.1": True})
        found = verdict(self.RULE, artifacts(home(), tls=tls))
        assert found.reason == "The host still takes TLS 1.0, TLS 1.1."

    def test_says_nothing_without_a_handshake(self) -> None:
        assert verdict(self.RULE, artifacts(home())).state == "not-applicable"


class TestSecurityHeaders:
    RULE = "security.security_headers"

    def test_the_weakest_page_counts(self) -> None:
        weak = replace(home(headers={"content-type": "text/html"}), id="first-basket", kind="basket")
        found = verdict(self.RULE, artifacts(home(), weak))
        assert (found.state, found.score) == ("failed", 0.3)
        assert {proof.page for proof in found.proofs} == {"first-basket"}
        assert found.reason == "The headers reach 30 of 100 points, grade D."
        assert verdict(self.RULE, artifacts(home())).score == 1

    def test_a_policy_in_the_page_counts_but_not_for_framing(self) -> None:
        written = '<head><meta http-equiv="Content-Security-Policy" content="default-src \'self\'"></head>'
        page = home(headers={"server": "x"}, seen=replace(EMPTY, html=written))
        found = verdict(self.RULE, artifacts(page))
        assert found.score == pytest.approx(0.55)
        assert len(found.proofs) == 3

    def test_says_nothing_of_other_hosts_and_errors(self) -> None:
        away = home(final_url="https://pay.test/", headers={"server": "x"})
        broken = home(status=500, headers={"server": "x"})
        assert verdict(self.RULE, artifacts(away, broken)).state == "not-applicable"


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 115),
        ({"strict-transport-security": ""}, 80),
        ({"strict-transport-security": "max-age=600"}, 105),
        ({"strict-transport-security": "yes"}, 80),
        ({"x-content-type-options": ""}, 110),
        ({"x-content-type-options": "sniff"}, 110),
        ({"referrer-policy": ""}, 110),
        ({"referrer-policy": "unsafe-url"}, 105),
        ({"referrer-policy": "no-referrer, strict-origin-when-cross-origin"}, 115),
        ({"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}, 120),
        ({"content-security-policy": "default-src 'self'"}, 110),
        ({"content-security-policy": "default-src 'self'", "x-frame-options": ""}, 80),
        ({"content-security-policy": "frame-ancestors *", "x-frame-options": "ALLOWALL"}, 60),
        ({"content-security-policy": "default-src 'self'; style-src 'unsafe-inline' 'self'"}, 105),
        ({"content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline'"}, 80),
        ({"content-security-policy": "default-src 'self'; script-src 'nonce-a' 'unsafe-inline'"}, 110),
        ({"content-security-policy": "default-src 'self'; script-src https:"}, 80),
        ({"content-security-policy": "script-src 'nonce-a' 'strict-dynamic' https:; object-src 'none'"}, 105),
        ({"content-security-policy": "script-src 'strict-dynamic'; object-src 'none'"}, 75),
        ({"content-security-policy": "default-src 'self' 'unsafe-eval'"}, 95),
        ({"content-security-policy": "default-src 'self' http://cdn.test"}, 80),
        ({"content-security-policy": "default-src 'self'; img-src http:"}, 95),
        ({"content-security-policy": "script-src *, default-src 'self'"}, 110),
        ({"content-security-policy": "upgrade-insecure-requests"}, 80),
    ],
)
def test_points_are_the_observatorys(change: dict[str, str], points: int) -> None:
    assert graded({**GOOD_HEADERS, **change}, secure=True).points == points


def test_bonus_counts_from_ninety_points_on_and_nothing_goes_below_zero() -> None:
    assert graded({"referrer-policy": "no-referrer"}, secure=True).points == 30
    worst = {"referrer-policy": "x", "content-security-policy": "script-src 'strict-dynamic'"}
    found = graded(worst, secure=False)
    assert (found.points, found.grade) == (25, "D-")


class TestCookieFlags:
    RULE = "security.cookie_flags"

    @staticmethod
    def jar(name: str, *, secure: bool = True, http_only: bool = True, same_site: str = "Lax") -> Page:
        cookie = Cookie(name, "shop.example", "/", secure, http_only, same_site, None)
        return home(cookies=(cookie,))

    @pytest.mark.parametrize(
        ("flags", "score"),
        [
            ({}, 1.0),
            ({"same_site": ""}, 0.9),
            ({"http_only": False}, 0.6),
            ({"secure": False}, 0.5),
            ({"secure": False, "http_only": False, "same_site": ""}, 0.0),
        ],
    )
    @pytest.mark.parametrize("name", ["session", "PHPSESSID", "JSESSIONID", "connect.sid", "frontend"])
    def test_counts_the_flags(self, name: str, flags: dict[str, Any], score: float) -> None:
        found = verdict(self.RULE, artifacts(self.jar(name, **flags)))
        assert found.score == pytest.approx(score)
        assert found.state == ("passed" if score >= 0.9 else "failed")

    @pytest.mark.parametrize("name", ["_hjSessionUser_1", "cart", "_ga", "session_consent", "oauth_redirect"])
    def test_leaves_other_cookies_alone(self, name: str) -> None:
        bare = self.jar(name, secure=False, http_only=False, same_site="")
        assert verdict(self.RULE, artifacts(bare)).state == "not-applicable"

    def test_leaves_the_cookies_of_others_alone(self) -> None:
        foreign = Cookie("session", ".pay.test", "/", False, False, "", None)  # noqa: FBT003 - the flags' own places
        assert verdict(self.RULE, artifacts(home(cookies=(foreign,)))).state == "not-applicable"

    def test_says_nothing_where_nothing_was_seen(self) -> None:
        assert verdict(self.RULE, artifacts(home(seen=None, failure="x"))).state == "not-applicable"

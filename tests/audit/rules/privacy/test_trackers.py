"""Trackers before a choice and after a refusal."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.support.audit import artifacts, page, verdict

from troth.audit.artifacts.shape import Artifacts, Consent, Cookie, Failure, Page, Request
from troth.audit.rules.privacy import quiet_before_consent, reject_honoured

QUIET, HONOURED = quiet_before_consent.RULE, reject_honoured.RULE
LANGUAGES = ("nl", "de", "en")
ASKED = Consent("", "words", "Cookies?", "#consent", (), (), 1, 1)


def call(url: str) -> Request:
    return Request(url, "GET", "script", 200)


def cookie(name: str) -> Cookie:
    return Cookie(name, "shop.example", "/", secure=True, http_only=False, same_site="Lax", expires=None)


ANALYTICS = call("https://www.google-analytics.com/analytics.js")
PIXEL = call("https://www.facebook.com/tr?id=1")
HARMLESS = (
    call("https://shop.example/shop.js"),
    call("https://cdn.jsdelivr.net/npm/x.js"),
    call("https://js.mollie.com/v1/mollie.js"),
    call("https://consent.cookiebot.com/uc.js"),
    call("https://plausible.io/js/script.js"),
    call("https://images.example.org/unknown.png"),
)


@pytest.fixture(params=LANGUAGES)
def home(request: pytest.FixtureRequest) -> Callable[..., Page]:
    return lambda visit="first", **kept: page("home", "Welcome", visit=visit, language=request.param, **kept)


def test_a_quiet_shop_passes(home: Callable[..., Page]) -> None:
    shop = artifacts(home(requests=HARMLESS, cookies=(cookie("PHPSESSID"), cookie("taste"))))
    assert verdict(QUIET, shop).state == "passed"


def test_a_tracker_before_a_choice_fails(home: Callable[..., Page]) -> None:
    said = verdict(QUIET, artifacts(home(requests=(*HARMLESS, ANALYTICS))))
    assert (said.state, said.score, said.confidence) == ("failed", 0.5, "proved")
    assert said.proofs[0].quote == ANALYTICS.url


def test_each_further_party_halves_the_score(home: Callable[..., Page]) -> None:
    shop = artifacts(home(requests=(ANALYTICS, PIXEL), cookies=(cookie("_ga"), cookie("_hjid"))))
    assert verdict(QUIET, shop).score == 0.125


def test_a_tracking_cookie_or_entry_alone_fails(home: Callable[..., Page]) -> None:
    assert verdict(QUIET, artifacts(home(cookies=(cookie("_fbp"),)))).state == "failed"
    assert verdict(QUIET, artifacts(home(storage=("_gcl_ls",)))).state == "failed"


def test_what_comes_after_a_yes_is_not_held_against_the_shop(home: Callable[..., Page]) -> None:
    shop = artifacts(home(), home("accept", requests=(ANALYTICS,), cookies=(cookie("_ga"),)))
    assert verdict(QUIET, shop).state == "passed"


def test_without_pages_nothing_is_said() -> None:
    assert verdict(QUIET, artifacts()).state == "not-applicable"


def asked(*pages: Page, **kept: object) -> Artifacts:
    return artifacts(*pages, **{"consent": ASKED, **kept})


def test_a_refusal_that_is_honoured_passes(home: Callable[..., Page]) -> None:
    shop = asked(home(), home("reject", requests=HARMLESS, cookies=(cookie("consent"),)))
    said = verdict(HONOURED, shop)
    assert (said.state, said.confidence) == ("passed", "proved")


def test_a_tracker_after_a_refusal_fails(home: Callable[..., Page]) -> None:
    said = verdict(HONOURED, asked(home(), home("reject", requests=(PIXEL,))))
    assert (said.state, said.confidence) == ("failed", "proved")
    assert "Meta" in said.reason


def test_a_new_cookie_after_a_refusal_fails(home: Callable[..., Page]) -> None:
    assert verdict(HONOURED, asked(home(), home("reject", cookies=(cookie("_ga"),)))).state == "failed"


def test_what_was_there_before_the_answer_counts_once(home: Callable[..., Page]) -> None:
    shop = asked(home(cookies=(cookie("_ga"),)), home("reject", cookies=(cookie("_ga"),)))
    assert verdict(HONOURED, shop).state == "passed"
    assert verdict(QUIET, shop).state == "failed"


def test_without_a_dialog_there_is_no_refusal_to_honour(home: Callable[..., Page]) -> None:
    assert verdict(HONOURED, artifacts(home())).state == "not-applicable"


def test_a_dialog_that_could_not_be_looked_for_is_named(home: Callable[..., Page]) -> None:
    failure = Failure("consent", "https://shop.example/", "timeout", "the page hung")
    said = verdict(HONOURED, artifacts(home(), failures=(failure,)))
    assert said.state == "not-applicable"
    assert "the page hung" in said.reason


def test_a_refusal_that_could_not_be_seen_never_passes(home: Callable[..., Page]) -> None:
    assert verdict(HONOURED, asked(home())).state == "review"
    no_way = replace(ASKED, clicks_to_reject=None)
    assert verdict(HONOURED, asked(home(), consent=no_way)).state == "not-applicable"

"""Countdowns in three languages, seen by the real collector."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.support.audit import verdict
from tests.support.gathered import TAKEN_AT_MS

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.rules.destroyers.evergreen_countdown import RULE

Paint = Callable[..., Page]
Shop = Callable[..., Artifacts]
pytestmark = pytest.mark.browser
GAP_S = 12
LEADS = {"nl": "Aanbieding eindigt over", "de": "Angebot endet in", "en": "Offer ends in"}
CUTOFFS = {
    "nl": "Bestel binnen {} en heb het morgen in huis",
    "de": "Bestellen Sie innerhalb von {}, morgen bei Ihnen geliefert",
    "en": "Order within {} for delivery tomorrow",
}
UNITS = {
    "nl": ("dagen", "uur", "minuten", "seconden"),
    "de": ("Tage", "Std.", "Min.", "Sek."),
    "en": ("days", "hours", "minutes", "seconds"),
}


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def boxes(seconds: int, language: str) -> str:
    numbers = (seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
    both = zip(numbers, UNITS[language], strict=True)
    return "".join(f"<div><b>{number:02}</b><br>{unit}</div>" for number, unit in both)


@pytest.fixture(params=sorted(LEADS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Looks:
    """A product page with a countdown, looked at in several visits."""

    def __init__(self, page: Paint, language: str, lead: str = "") -> None:
        self._page = page
        self._language = language
        self._lead = lead or LEADS[language]

    def __call__(self, visit: str, timer: str, after_s: float, **kept: object) -> Page:
        html = f"<html lang={self._language}><main><h1>Chair</h1><p>{self._lead} <strong>{timer}</strong>"
        return self._page("product", html, visit, taken_at_ms=TAKEN_AT_MS + int(after_s * 1000), **kept)


@pytest.fixture
def look(page: Paint, language: str) -> Looks:
    return Looks(page, language)


def test_a_countdown_that_starts_with_the_visit_fails(look: Looks, artifacts: Shop) -> None:
    said = verdict(RULE, artifacts(look("first", clock(898), 0), look("second", clock(898), GAP_S)))
    assert (said.state, said.confidence) == ("failed", "proved")
    assert "12.0" in said.proofs[0].note


def test_minutes_and_seconds_are_a_countdown_too(look: Looks, artifacts: Shop) -> None:
    assert (
        verdict(RULE, artifacts(look("first", "14:58", 0), look("second", "14:57", GAP_S))).state == "failed"
    )


def test_boxes_of_numbers_and_units_are_read(look: Looks, artifacts: Shop, language: str) -> None:
    moving = artifacts(look("first", boxes(7400, language), 0), look("second", boxes(7400, language), GAP_S))
    assert verdict(RULE, moving).state == "failed"
    fixed = artifacts(
        look("first", boxes(200_000, language), 0), look("second", boxes(199_988, language), GAP_S)
    )
    assert verdict(RULE, fixed).state == "passed"


def test_dice_are_caught_too(look: Looks, artifacts: Shop) -> None:
    assert (
        verdict(RULE, artifacts(look("first", clock(3000), 0), look("second", clock(900), GAP_S))).state
        == "failed"
    )


@pytest.mark.parametrize("drift_s", [-1, 0, 1])
def test_a_true_countdown_passes(look: Looks, artifacts: Shop, drift_s: int) -> None:
    pages = look("first", clock(7385), 0), look("second", clock(7385 - GAP_S + drift_s), GAP_S)
    said = verdict(RULE, artifacts(*pages))
    assert (said.state, said.confidence) == ("passed", "proved")


def test_a_true_countdown_that_is_over_when_the_clock_is_set_on_passes(look: Looks, artifacts: Shop) -> None:
    later = {"clock_ms": TAKEN_AT_MS + 10 * 86_400_000}
    pages = look("first", clock(7385), 0), look("second", clock(7373), GAP_S)
    assert verdict(RULE, artifacts(*pages, look("forwarded", "00:00:00", 20, **later))).state == "passed"
    assert verdict(RULE, artifacts(*pages, look("forwarded", "", 20, **later))).state == "passed"


def test_a_countdown_that_begins_again_fails(look: Looks, artifacts: Shop) -> None:
    later = {"clock_ms": TAKEN_AT_MS + 10 * 86_400_000}
    pages = look("first", clock(7385), 0), look("second", clock(7373), GAP_S)
    said = verdict(RULE, artifacts(*pages, look("forwarded", clock(7000), 20, **later)))
    assert (said.state, said.confidence) == ("failed", "proved")


def test_a_clock_that_was_not_set_past_the_end_proves_nothing(look: Looks, artifacts: Shop) -> None:
    pages = look("first", clock(7385), 0), look("second", clock(7373), GAP_S)
    near = look("forwarded", clock(3700), 20, clock_ms=TAKEN_AT_MS + 3_700_000)
    assert verdict(RULE, artifacts(*pages, near)).state == "passed"
    assert verdict(RULE, artifacts(*pages, replace(near, clock_ms=None))).state == "passed"


def test_a_daily_offer_is_for_a_person(look: Looks, artifacts: Shop) -> None:
    to_the_hour = (3_600_000 - TAKEN_AT_MS % 3_600_000) // 1000 + 7200
    pages = look("first", clock(to_the_hour), 0), look("second", clock(to_the_hour - GAP_S), GAP_S)
    later = look("forwarded", clock(5000), 20, clock_ms=TAKEN_AT_MS + 10 * 86_400_000)
    assert verdict(RULE, artifacts(*pages, later)).state == "review"


def test_a_delivery_cutoff_may_begin_again(page: Paint, artifacts: Shop, language: str) -> None:
    def look(visit: str, seconds: int, after_s: int, **kept: object) -> Page:
        html = f"<p>{CUTOFFS[language].format(clock(seconds))}"
        return page("product", html, visit, taken_at_ms=TAKEN_AT_MS + after_s * 1000, **kept)

    later = look("forwarded", 80_000, 20, clock_ms=TAKEN_AT_MS + 10 * 86_400_000)
    said = verdict(RULE, artifacts(look("first", 7385, 0), look("second", 7373, GAP_S), later))
    assert said.state == "passed"


def test_two_looks_too_close_say_nothing(look: Looks, artifacts: Shop) -> None:
    assert (
        verdict(RULE, artifacts(look("first", clock(898), 0), look("second", clock(898), 2))).state
        == "review"
    )


def test_a_countdown_without_a_second_visit_never_passes(look: Looks, artifacts: Shop) -> None:
    assert verdict(RULE, artifacts(look("first", clock(898), 0))).state == "review"


def test_a_further_page_that_was_seen_once_changes_nothing(look: Looks, artifacts: Shop) -> None:
    further = replace(look("first", clock(7380), 5), url="https://shop.example/other", id="other")
    pages = look("first", clock(7385), 0), further, look("second", clock(7373), GAP_S)
    assert verdict(RULE, artifacts(*pages)).state == "passed"
    moving = look("first", clock(898), 0), further, look("second", clock(898), GAP_S)
    assert verdict(RULE, artifacts(*moving)).state == "failed"


def test_rough_times_are_told_only(page: Paint, artifacts: Shop, language: str) -> None:
    html = f"<p>{ {'nl': 'Nog maar 3 uur', 'de': 'Nur noch 3 Stunden', 'en': 'Ends in 3 hours'}[language] }"
    pages = page("home", html), page("home", html, "second", taken_at_ms=TAKEN_AT_MS + 12_000)
    assert verdict(RULE, artifacts(*pages)).state == "informative"


HARMLESS = {
    "nl": [
        "Voor 22:00 uur besteld, morgen in huis",
        "Vandaag nog open tot 17:30",
        "Bereikbaar van 9:00 tot 17:00 uur",
        "Aanbieding geldig t/m 30-11-2026",
        "Levertijd: 2-4 werkdagen, gratis retour binnen 30 dagen",
        "Korting op de film (speelduur 01:52)",
    ],
    "de": [
        "Bis 14:00 Uhr bestellt, heute versandt",
        "Noch heute geöffnet bis 18:30",
        "Erreichbar von 9:00 bis 17:00 Uhr",
        "Angebot gültig bis 30.11.2026, 23:59",
        "Lieferzeit 2-4 Tage, Rückgabe innerhalb von 30 Tagen",
        "Nur auf Vinyl: Seite A 18:23",
    ],
    "en": [
        "Order before 22:00, delivered tomorrow",
        "Still open until 17:30",
        "Call us from 9:00 to 17:00",
        "Offer valid until 30 November 2026, 23:59",
        "Delivery in 2-4 days, returns within 30 days",
        "Watch the film (01:52) and save on the book",
    ],
}


def test_times_of_day_and_other_numbers_are_no_countdown(page: Paint, artifacts: Shop, language: str) -> None:
    html = "".join(f"<p>{text}</p>" for text in HARMLESS[language])
    pages = page("product", html), page("product", html, "second", taken_at_ms=TAKEN_AT_MS + 12_000)
    assert verdict(RULE, artifacts(*pages)).state == "not-applicable"

"""The dialog that asks for consent: equal buttons, empty boxes, a way back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.support.audit import artifacts as made
from tests.support.audit import page as plain
from tests.support.audit import verdict

from troth.audit.artifacts.shape import Artifacts, Button, Consent, Page, Purpose, Request
from troth.audit.rules.privacy import consent_preticked, consent_withdrawable, reject_equal

EQUAL, PRETICKED, WITHDRAWABLE = reject_equal.RULE, consent_preticked.RULE, consent_withdrawable.RULE
SAID = {
    "nl": ("Alles accepteren", "Alles weigeren", "Cookie-instellingen", "Statistieken", "Noodzakelijk"),
    "de": ("Alle akzeptieren", "Alle ablehnen", "Cookie-Einstellungen", "Statistik", "Notwendig"),
    "en": ("Accept all", "Reject all", "Cookie settings", "Statistics", "Strictly necessary"),
}
TRACKER = Request("https://www.google-analytics.com/analytics.js", "GET", "script", 200)
TRACKED = plain(visit="accept", requests=(TRACKER,))


def button(does: str, text: str, *, layer: int = 1, width: float = 120, contrast: float = 8) -> Button:
    return Button(does, text, f"#{does}", layer, (0, 0, width, 40), contrast, "#ffffff")


def dialog(language: str, **kept: object) -> Consent:
    yes, no, settings, *_rest = SAID[language]
    buttons = (button("accept", yes), button("reject", no), button("settings", settings))
    return replace(Consent("", "words", "Cookies", "#consent", buttons, (), 1, 1), **kept)


def asked(consent: Consent | None, *pages: Page) -> Artifacts:
    return made(plain(), TRACKED, *pages, consent=consent)


@pytest.fixture(params=sorted(SAID))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_equal_buttons_pass(language: str) -> None:
    assert verdict(EQUAL, asked(dialog(language))).state == "passed"


def test_no_refusal_on_the_first_layer_fails(language: str) -> None:
    yes, no, settings, *_rest = SAID[language]
    buttons = (button("accept", yes), button("settings", settings), button("reject", no, layer=2))
    said = verdict(EQUAL, asked(dialog(language, buttons=buttons, clicks_to_reject=2)))
    assert (said.state, said.score) == ("failed", 0)
    assert said.proofs[0].quote == yes


@pytest.mark.parametrize("worse", [{"width": 50.0}, {"contrast": 1.8}])
def test_a_smaller_or_paler_refusal_fails(language: str, worse: dict[str, float]) -> None:
    yes, no, *_rest = SAID[language]
    buttons = (button("accept", yes), button("reject", no, **worse))
    said = verdict(EQUAL, asked(dialog(language, buttons=buttons)))
    assert (said.state, said.score) == ("failed", 0.6)


def test_a_longer_way_to_refuse_fails(language: str) -> None:
    assert verdict(EQUAL, asked(dialog(language, clicks_to_reject=3))).state == "failed"


def test_a_somewhat_smaller_button_is_no_fault(language: str) -> None:
    yes, no, *_rest = SAID[language]
    buttons = (button("accept", yes), button("reject", no, width=80, contrast=4))
    assert verdict(EQUAL, asked(dialog(language, buttons=buttons))).state == "passed"


@pytest.mark.parametrize("text", ["Privacyverklaring", "Datenschutzerklärung", "Privacy policy", "Impressum"])
def test_a_link_to_a_page_of_words_is_no_unclear_button(text: str) -> None:
    buttons = (button("accept", "Accept all"), button("other", text))
    assert verdict(EQUAL, asked(dialog("en", buttons=buttons))).state == "failed"


def test_a_button_that_nobody_understands_is_for_a_person(language: str) -> None:
    buttons = (button("accept", SAID[language][0]), button("other", "Hmm"))
    assert verdict(EQUAL, asked(dialog(language, buttons=buttons))).state == "review"


def test_a_notice_that_needs_no_consent_is_not_judged(language: str) -> None:
    notice = dialog(language, buttons=(button("accept", "OK"),), clicks_to_reject=None)
    shop = made(plain(), plain(visit="accept"), consent=notice)
    assert verdict(EQUAL, shop).state == "not-applicable"
    assert verdict(WITHDRAWABLE, shop).state == "not-applicable"


@pytest.mark.parametrize("rule", [EQUAL, PRETICKED, WITHDRAWABLE], ids=lambda rule: rule.id)
def test_without_a_dialog_nothing_is_judged(rule: object, language: str) -> None:
    assert verdict(rule, made(plain(language=language))).state == "not-applicable"


def purposes(language: str, *, ticked: bool) -> tuple[Purpose, ...]:
    statistics, necessary = SAID[language][3:]
    return (
        Purpose(necessary, checked=True, disabled=False, selector="#n"),
        Purpose("Marketing", checked=True, disabled=True, selector="#m"),
        Purpose(statistics, checked=ticked, disabled=False, selector="#s"),
    )


def test_empty_boxes_pass(language: str) -> None:
    assert (
        verdict(PRETICKED, asked(dialog(language, purposes=purposes(language, ticked=False)))).state
        == "passed"
    )


def test_a_ticked_purpose_fails(language: str) -> None:
    said = verdict(PRETICKED, asked(dialog(language, purposes=purposes(language, ticked=True))))
    assert said.state == "failed"
    assert [proof.quote for proof in said.proofs] == [SAID[language][3]]


def test_boxes_that_were_not_seen_do_not_pass(language: str) -> None:
    assert verdict(PRETICKED, asked(dialog(language))).state == "not-applicable"


@pytest.mark.parametrize("label", ["Gerechtvaardigd belang", "Berechtigtes Interesse", "Legitimate interest"])
def test_a_legitimate_interest_is_told_only(label: str) -> None:
    purpose = Purpose(label, checked=True, disabled=False, selector="#l")
    assert verdict(PRETICKED, asked(dialog("en", purposes=(purpose,)))).state == "informative"


@pytest.mark.browser
def test_a_way_back_in_the_footer_passes(page: Callable[..., Page], language: str) -> None:
    footer = f"<main><p>Shop</main><footer><a href='#consent'>{SAID[language][2]}</a></footer>"
    said = verdict(WITHDRAWABLE, asked(dialog(language), page("home", footer)))
    assert said.state == "passed"
    assert said.proofs[0].quote == SAID[language][2]


@pytest.mark.browser
def test_a_button_that_shows_after_the_answer_is_a_way_back(page: Callable[..., Page], language: str) -> None:
    floating = f"<button style='position:fixed;bottom:0' aria-label='{SAID[language][2]}'>x</button>"
    assert verdict(WITHDRAWABLE, asked(dialog(language), page("home", floating, "reject"))).state == "passed"


@pytest.mark.browser
def test_no_way_back_fails(page: Callable[..., Page], language: str) -> None:
    home = page(
        "home", "<footer><a href='/cookies'>Cookies</a><a hidden href='#c'>Cookie settings</a></footer>"
    )
    assert verdict(WITHDRAWABLE, asked(dialog(language), home)).state == "failed"


@pytest.mark.browser
def test_a_way_back_on_the_privacy_page_is_for_a_person(page: Callable[..., Page], language: str) -> None:
    privacy = page("privacy", f"<p>…</p><button>{SAID[language][2]}</button>")
    assert verdict(WITHDRAWABLE, asked(dialog(language), privacy)).state == "review"

"""Rules on what a page shows, through the real collector."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Consent, Page, Violation
from troth.audit.verdict import Verdict

pytestmark = pytest.mark.browser

Show = Callable[..., Page]
Bring = Callable[..., Artifacts]
TEXT = {
    "nl": "Wij bezorgen uw bestelling binnen twee werkdagen bij u thuis. U kunt de artikelen binnen dertig "
    "dagen kosteloos terugsturen, en u krijgt uw geld dan binnen een week terug op uw rekening.",
    "de": "Wir liefern Ihre Bestellung innerhalb von zwei Werktagen zu Ihnen nach Hause. Sie können Artikel "
    "binnen dreißig Tagen kostenlos zurücksenden, und Sie erhalten Ihr Geld binnen einer Woche zurück.",
    "en": "We deliver your order to your home within two working days. You can return the articles free of "
    "charge within thirty days, and your money will be back in your account within one week.",
}


def html(body: str, language: str = "en", style: str = "") -> str:
    look = f"<style>body{{background:#fff}}{style}</style>"
    return f"<html lang='{language}'><title>Shop</title>{look}<body>{body}"


# Contrast


def contrast(body: str, page: Show, artifacts: Bring) -> Verdict:
    return verdict("first_impression.text_contrast", artifacts(page("product", html(body))))


def test_dark_text_passes_and_pale_prices_fail(page: Show, artifacts: Bring) -> None:
    calm = "<p>All is plain here.</p>" * 20
    assert contrast(f"{calm}<p>€ 12.50</p>", page, artifacts).state == "passed"
    found = contrast(f"{calm}<p style='color:#bbb'>€ 12.50</p>", page, artifacts)
    assert (found.state, found.score) == ("failed", 0)
    assert found.proofs[0].quote == "€ 12.50"


def test_a_pale_button_fails_and_pale_large_print_is_measured_by_less(page: Show, artifacts: Bring) -> None:
    calm = "<p>All is plain here.</p>" * 20
    pale = f"{calm}<button style='color:#aaa;background:#fff'>Buy</button>"
    assert contrast(pale, page, artifacts).state == "failed"
    large = f"{calm}<p style='color:#888;font-size:30px'>Welcome</p>"
    assert contrast(large, page, artifacts).state == "passed"


def test_text_on_a_picture_is_left_out(page: Show, artifacts: Bring) -> None:
    body = "<div style='background:linear-gradient(#fff,#eee)'><p style='color:#ddd'>€ 1.00</p></div>"
    assert contrast(body, page, artifacts).state == "not-applicable"


# Names of controls


def names(body: str, page: Show, artifacts: Bring, **more: object) -> Verdict:
    return verdict("first_impression.control_names", artifacts(page("home", html(body), **more)))


def test_a_control_without_a_name_is_found(page: Show, artifacts: Bring) -> None:
    good = "<label>Name <input></label><button>Buy</button><a href='/'><img alt='Home' src='data:,'></a>"
    assert names(good, page, artifacts).state == "passed"
    found = names(f"{good}<button id='x'><svg width='9' height='9'></svg></button>", page, artifacts)
    assert (found.score, found.proofs[0].selector) == (0.8, "#x")
    assert names("<p>Nothing to press.</p>", page, artifacts).state == "not-applicable"


def test_axe_is_believed_but_not_where_it_only_doubts(page: Show, artifacts: Bring) -> None:
    good = "<button>Buy</button>"
    sure = (Violation("image-alt", "critical", "Images need an alternative", ("#logo",)),)
    unsure = (Violation("image-alt", "critical", "Images need an alternative", ("#logo",), incomplete=True),)
    assert names(good, page, artifacts, axe=sure).score == 0.8
    assert names(good, page, artifacts, axe=unsure).score == 1


# Small screen


def small(body: str, page: Show, artifacts: Bring, style: str = "") -> Verdict:
    head = "<meta name='viewport' content='width=device-width'>"
    shown = page("home", f"<html lang='en'><head>{head}<style>{style}</style></head><body>{body}", "small")
    return verdict("first_impression.small_screen", artifacts(shown))


def test_a_page_fits_a_phone_or_does_not(page: Show, artifacts: Bring) -> None:
    assert small("<p>All is plain here.</p><a href='/x'>Go on</a>", page, artifacts).state == "passed"
    wide = small("<p>Plain.</p><div style='width:700px'>wide</div>", page, artifacts)
    assert (wide.state, wide.score) == ("failed", 0)
    tiny = small(f"<p style='font-size:8px'>{TEXT['en']}</p>", page, artifacts)
    assert tiny.state == "failed"
    crowded = "".join(f"<button style='width:14px;height:14px;padding:0'>{n}</button>" for n in range(9))
    assert small(crowded, page, artifacts).state == "failed"


def test_without_a_visit_on_a_small_screen_nothing_is_said(page: Show, artifacts: Bring) -> None:
    found = verdict("first_impression.small_screen", artifacts(page("home", html("<p>Plain.</p>"))))
    assert found.state == "not-applicable"


# Language


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_a_shop_speaks_the_language_it_declares(page: Show, artifacts: Bring, language: str) -> None:
    rule = "first_impression.language_coherence"
    other = {"nl": "de", "de": "en", "en": "nl"}[language]
    own, foreign = f"<p>{TEXT[language]}</p>", f"<p>{TEXT[other]}</p>"
    assert verdict(rule, artifacts(page("home", html(own, language)))).state == "passed"
    mixed = verdict(rule, artifacts(page("home", html(own + foreign, language))))
    assert mixed.state == "failed"
    assert TEXT[other][:40] in mixed.proofs[0].quote
    marked = html(f"{own}<p lang='{other}'>{TEXT[other]}</p>", language)
    assert verdict(rule, artifacts(page("home", marked))).state == "passed"
    assert verdict(rule, artifacts(page("home", html("<p>Kurz.</p>", language)))).state == "not-applicable"


def test_a_page_without_a_language_fails(page: Show, artifacts: Bring) -> None:
    undeclared = page("home", f"<title>Shop</title><p>{TEXT['en']}</p>")
    assert verdict("first_impression.language_coherence", artifacts(undeclared)).state == "failed"


# Promotion


def promoted(text: str, page: Show, artifacts: Bring, **more: object) -> Verdict:
    over = f"<div id='over' style='position:fixed;inset:5%;background:#fff;z-index:9'>{text}</div>"
    shown = page("home", html(f"<p>Plain.</p>{over if text else ''}"))
    return verdict("first_impression.promo_restraint", artifacts(shown, **more))


def test_promotion_over_the_page_fails_and_consent_does_not(page: Show, artifacts: Bring) -> None:
    assert promoted("", page, artifacts).state == "passed"
    assert promoted("Sign up for our newsletter: 10 % off!", page, artifacts).state == "failed"
    assert promoted("We use cookies. <button>Accept</button>", page, artifacts).state == "passed"
    assert promoted("Sind Sie volljährig?", page, artifacts).state == "review"


def test_promotion_that_comes_later_fails_too(page: Show, artifacts: Bring) -> None:
    over = "<div style='position:fixed;inset:5%;background:#fff;z-index:9'>{}</div>"
    home = page("home", html("<p>Plain.</p>"))
    offer = page("home", html("<p>Plain.</p>" + over.format("10 % off, only today!")), "late")
    quiet = page("home", html("<p>Plain.</p>"), "late")
    rule = "first_impression.promo_restraint"
    found = verdict(rule, artifacts(home, offer))
    assert found.state == "failed"
    assert [(proof.page, "ten seconds" in proof.note) for proof in found.proofs] == [("late-home", True)]
    assert "ten seconds" in verdict(rule, artifacts(home, quiet)).reason
    assert "ten seconds" not in verdict(rule, artifacts(home)).reason
    age = page("home", html(over.format("Sind Sie volljährig?")), "late")
    assert verdict(rule, artifacts(home, age)).state == "review"


def test_the_dialog_that_asks_for_consent_is_known_by_its_place_too(page: Show, artifacts: Bring) -> None:
    consent = Consent("", "autoconsent", "", "#over", (), (), 1, 1)
    assert promoted("Your choice", page, artifacts, consent=consent).state == "passed"


# Orientation


def test_each_signpost_is_a_third(page: Show, artifacts: Bring) -> None:
    rule = "first_impression.orientation"
    search, menu = "<form role='search'><input aria-label='Search'></form>", "<nav><a href='/a'>All</a></nav>"
    crumb = "<nav aria-label='Breadcrumb'><ol><li><a href='/'>Home</a></li><li>Cups</li></ol></nav>"
    full = page("product", html(search + menu + crumb))
    assert verdict(rule, artifacts(full)).state == "passed"
    assert verdict(rule, artifacts(page("product", html(search + menu)))).score == pytest.approx(2 / 3)
    assert verdict(rule, artifacts(page("home", html(search + menu)))).score == 1
    assert verdict(rule, artifacts(page("product", html("<p>Cup</p>")))).score == 0
    assert verdict(rule, artifacts(page("terms", html("<p>Terms</p>")))).state == "not-applicable"

from dataclasses import replace

import pytest
from tests.support.audit import artifacts, page, verdict

from troth.audit import facts
from troth.audit.artifacts.shape import Page
from troth.audit.facts.dark_texts import DarkText, DarkTexts
from troth.audit.facts.site import Site
from troth.audit.inject import Facts
from troth.audit.rules.destroyers import evergreen_countdown, invented_activity, pressing_words


def found(*pages: Page) -> DarkTexts:
    texts: DarkTexts = Facts(facts.functions(), {"artifacts": artifacts(*pages)}).call(
        lambda dark_texts: dark_texts
    )
    return texts


TEXTS = {
    "nl": ("Bijna uitverkocht", "Laatste kans", "Gratis retour"),
    "de": ("Fast ausverkauft", "Letzte Chance", "Kostenlose Rücksendung"),
    "en": ("Almost gone", "Last chance", "Free returns"),
}


@pytest.mark.parametrize("language", TEXTS)
def test_texts_that_press_are_found_with_their_kind_and_counted_once(language: str) -> None:
    scarce, urgent, plain = TEXTS[language]
    product = page("product", f"{scarce}\n{plain}", language=language)
    texts = found(product, page("home", f"{urgent}\n{scarce}", language=language))
    assert [(one.text, one.times) for one in texts.of("scarcity")] == [(scarce, 2)]
    assert [one.text for one in texts.of("urgency")] == [urgent]
    assert len(texts.texts) == 2


@pytest.mark.parametrize("language", TEXTS)
def test_text_alone_is_told_and_never_counted(language: str) -> None:
    scarce, urgent, _plain = TEXTS[language]
    shop = artifacts(page("product", f"{scarce}\n{urgent}", language=language))
    for rule, text in ((evergreen_countdown.RULE, urgent), (invented_activity.RULE, scarce)):
        said = verdict(rule, shop)
        assert (said.state, said.score, said.confidence) == ("informative", None, "text")
        assert [proof.quote for proof in said.proofs] == [text]


@pytest.mark.parametrize("language", TEXTS)
def test_calm_pages_and_other_visits_have_none(language: str) -> None:
    scarce, _urgent, plain = TEXTS[language]
    later = page("product", scarce, visit="second", language=language)
    assert found(page("product", plain, language=language), later).texts == ()


REFUSALS = {
    "nl": ("Nee bedankt, ik betaal liever de volle prijs", "Wordt daarna automatisch verlengd met een jaar"),
    "de": ("Nein danke, ich zahle lieber mehr", "Verlängert sich automatisch um ein Jahr"),
    "en": ("No thanks, I prefer to pay full price", "Your membership is automatically renewed"),
}


@pytest.mark.parametrize("language", REFUSALS)
def test_refusals_that_shame_and_traps_are_told_with_their_kind_and_never_counted(language: str) -> None:
    shame, trap = REFUSALS[language]
    said = verdict(pressing_words.RULE, artifacts(page("product", f"{shame}\n{trap}", language=language)))
    assert (said.state, said.score, said.confidence) == ("informative", None, "text")
    assert [(proof.quote, proof.note) for proof in said.proofs] == [
        (shame, "a refusal that shames"),
        (trap, "easy to begin, hard to end"),
    ]


def test_what_only_the_model_finds_is_told_on_english_pages_alone() -> None:
    text = "Add on something to make it extra special!"
    said = verdict(pressing_words.RULE, artifacts(page("product", text, language="en")))
    assert [(proof.quote, proof.note) for proof in said.proofs] == [(text, "urges one to take more")]
    assert found(page("product", text, language="fr")).texts == ()


def test_the_models_guess_of_a_kind_leads_to_no_rule_about_that_kind() -> None:
    text = DarkText("home-1", "Added to basket 20 times today", "", "social", worded=False)
    sure = DarkText("home-1", "12 people are viewing this", "", "social")
    texts = DarkTexts((text, sure))
    assert texts.of("urgency", "scarcity", "social") == (sure,)
    assert texts.others("urgency", "scarcity", "social") == (text,)
    shop: Site = Facts(facts.functions(), {"artifacts": artifacts(page("product", "Chair"))}).call(
        lambda site: site
    )
    assert (
        evergreen_countdown.judge((), DarkTexts((replace(text, kind="urgency"),))).state == "not-applicable"
    )
    assert invented_activity.judge((), shop, DarkTexts((text,))).state == "not-applicable"
    assert [(one.quote, one.note) for one in pressing_words.judge(shop, texts).proofs] == [(text.text, "")]


@pytest.mark.parametrize("language", REFUSALS)
def test_there_is_nothing_to_tell_where_texts_are_plain(language: str) -> None:
    plain = page("product", TEXTS[language][2], language=language)
    assert verdict(pressing_words.RULE, artifacts(plain)).state == "not-applicable"
    assert verdict(pressing_words.RULE, artifacts()).reason == "No page could be seen."

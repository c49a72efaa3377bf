"""Service: hours, chats, self-help, guests and newsletters, in three languages, by the real collector."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page, Request, Step

PROMISE, CHAT, HELP = "service.service_promise", "service.chat_honest", "service.self_help"
GUEST, LETTER = "service.guest_checkout", "service.newsletter_fair"
BEFORE_AI_ACT_MS = 1_780_000_000_000
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]


def html(body: str, language: str = "en") -> str:
    return f"<html lang={language}><body>{body}</body></html>"


@pytest.mark.browser
class TestServicePromise:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "Onze klantenservice is bereikbaar op werkdagen van 9.00 tot 17.00 uur."),
            ("nl", "We beantwoorden uw vraag binnen één werkdag."),
            ("nl", "Onze klantenservice is 24/7 bereikbaar."),
            ("de", "Sie erreichen uns Montag bis Freitag von 9 bis 17 Uhr."),
            ("de", "Wir antworten innerhalb von 24 Stunden."),
            ("de", "Unser Kundenservice ist rund um die Uhr für Sie da."),
            ("en", "Opening hours: Monday to Friday, 9 am to 5 pm."),
            ("en", "We reply to every message within one working day."),
            ("en", "You get a same-day reply."),
        ],
    )
    def test_hours_or_a_time_for_answers_pass(
        self, page: Show, artifacts: Bring, language: str, said: str
    ) -> None:
        found = verdict(PROMISE, artifacts(page("contact", html(f"<p>{said}</p>", language))))
        assert found.state == "passed"
        assert found.proofs[0].quote in said

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "Voor 17.00 uur besteld, morgen in huis. Binnen 14 dagen retourneren."),
            ("de", "Lieferung innerhalb von 3 Tagen. Schreiben Sie uns."),
            ("en", "Delivery within 2 working days. Write to us."),
        ],
    )
    def test_other_times_are_no_promise(self, page: Show, artifacts: Bring, language: str, said: str) -> None:
        found = verdict(PROMISE, artifacts(page("contact", html(f"<p>{said}</p>", language))))
        assert (found.state, found.proofs[0].page) == ("failed", "first-contact")

    def test_nothing_is_said_of_what_was_not_seen(self, page: Show, artifacts: Bring) -> None:
        assert verdict(PROMISE, artifacts(page("home", html("<p>Hello")))).state == "review"
        assert verdict(PROMISE, artifacts(page("product", html("<p>Hello")))).state == "not-applicable"
        assert verdict(PROMISE, artifacts(page("contact", html("<p>Allô", "fr")))).state == "not-applicable"


def widget(text: str, called: str = 'class="chat"') -> str:
    return html(f'<aside {called} style="position:fixed;bottom:0;right:0"><button>{text}</button></aside>')


POSING = [
    "Hier is uw persoonlijke adviseur van de klantenservice.",
    "Hier ist Ihre persönliche Beraterin aus dem Kundendienst.",
    "This is your personal adviser from customer service.",
]
HONEST = [
    "Vraag het onze virtuele assistent", "Fragen Sie unseren Chatbot", "Ich bin ein Bot und helfe gern",
    "Ask our AI assistant",
]  # fmt: skip


@pytest.mark.browser
class TestChatHonest:
    @pytest.mark.parametrize("text", POSING)
    def test_a_machine_that_speaks_as_a_person_fails(self, page: Show, artifacts: Bring, text: str) -> None:
        shown = page("home", widget(text, 'class="chat" data-chatbot="flow-7"'))
        found = verdict(CHAT, artifacts(shown))
        assert (found.state, found.proofs[0].selector) == ("failed", "aside.chat")
        early = page("home", widget(text, 'id="chatbot"'), taken_at_ms=BEFORE_AI_ACT_MS)
        assert verdict(CHAT, artifacts(early)).state == "informative"

    @pytest.mark.parametrize("text", HONEST)
    def test_a_machine_that_says_so_passes(self, page: Show, artifacts: Bring, text: str) -> None:
        assert verdict(CHAT, artifacts(page("home", widget(text, 'id="chatbot"')))).state == "passed"

    def test_a_silent_machine_wants_a_look(self, page: Show, artifacts: Bring) -> None:
        assert verdict(CHAT, artifacts(page("home", widget("Chat", 'id="chatbot"')))).state == "review"
        calls = (Request("https://widget.moin.ai/a.js", "GET", "script", 200),)
        found = verdict(CHAT, artifacts(page("home", html("<p>x"), requests=calls)))
        assert (found.state, found.proofs[0].quote) == ("review", "moin")

    def test_an_unknown_chat_is_only_told_of(self, page: Show, artifacts: Bring) -> None:
        assert verdict(CHAT, artifacts(page("home", widget("Chat with us")))).state == "informative"
        calls = (Request("https://embed.tawk.to/a", "GET", "script", 200),)
        found = verdict(CHAT, artifacts(page("home", html("<p>x"), requests=calls)))
        assert (found.state, found.proofs[0].quote) == ("informative", "Tawk")

    @pytest.mark.parametrize(
        "body", ["<p>Hello", "<p class=chateau>Château wines", "<div class=chat hidden>Chatbot</div>"]
    )
    def test_no_chat_is_nothing_to_judge(self, page: Show, artifacts: Bring, body: str) -> None:
        assert verdict(CHAT, artifacts(page("home", html(body)))).state == "not-applicable"


LINKS = {
    "nl": ("Veelgestelde vragen", "Volg je bestelling", "Retour aanmelden"),
    "de": ("Häufige Fragen", "Sendungsverfolgung", "Rücksendung anmelden"),
    "en": ("FAQ", "Track your order", "Start a return"),
}
OTHER = {
    "nl": ("Contact", "Retourneren en ruilen", "Bestellen en betalen"),
    "de": ("Kontakt", "Widerruf und Rücksendung", "Bestellung und Zahlung"),
    "en": ("Contact", "Returns and right of withdrawal", "Your order and payment"),
}


def links(names: tuple[str, ...], path: str = "/p/") -> str:
    return (
        "<footer>" + " ".join(f'<a href="{path}{n}">{name}</a>' for n, name in enumerate(names)) + "</footer>"
    )


@pytest.mark.browser
class TestSelfHelp:
    @pytest.mark.parametrize("language", LINKS)
    def test_three_helps_pass_and_each_missing_one_costs_a_third(
        self, page: Show, artifacts: Bring, language: str
    ) -> None:
        found = verdict(HELP, artifacts(page("home", html(links(LINKS[language]), language))))
        assert (found.state, found.score) == ("passed", 1.0)
        assert [proof.quote for proof in found.proofs] == list(LINKS[language])
        found = verdict(HELP, artifacts(page("home", html(links(LINKS[language][:2]), language))))
        assert (found.state, found.score) == ("failed", pytest.approx(2 / 3))
        assert found.reason == "Nothing leads to: registering a return."

    @pytest.mark.parametrize("language", OTHER)
    def test_other_links_do_not_help(self, page: Show, artifacts: Bring, language: str) -> None:
        assert verdict(HELP, artifacts(page("home", html(links(OTHER[language]), language)))).score == 0

    def test_behind_a_sign_in_counts_half(self, page: Show, artifacts: Bring) -> None:
        inside = html(links(LINKS["en"][:1]) + links(LINKS["en"][1:], "/account/"))
        assert verdict(HELP, artifacts(page("home", inside))).score == pytest.approx(2 / 3)
        outside = page("contact", html(links(LINKS["en"][1:])))
        assert verdict(HELP, artifacts(page("home", inside), outside)).score == 1

    def test_a_page_that_asks_to_sign_in_is_known(self, page: Show, artifacts: Bring) -> None:
        wall = page("other", html("<form><input type=password></form>"), url="https://shop.example/p/1")
        found = verdict(HELP, artifacts(page("home", html(links(LINKS["en"]))), wall))
        assert found.score == pytest.approx(2.5 / 3)

    def test_other_languages_and_unseen_pages_are_not_judged(self, page: Show, artifacts: Bring) -> None:
        assert verdict(HELP, artifacts(page("home", html("<p>x", "fr")))).state == "not-applicable"
        assert verdict(HELP, artifacts()).state == "not-applicable"


ADDRESS = "<label>Street<input name=street></label><label>City<input name=city></label>"
KEY_FIELD = "<label>Password<input type=password name=password required></label>"


@pytest.mark.browser
class TestGuestCheckout:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "Bestellen als gast"), ("nl", "Doorgaan zonder account"), ("de", "Als Gast bestellen"),
            ("de", "Ohne Registrierung bestellen"), ("en", "Continue as guest"), ("en", "Guest checkout"),
        ],
    )  # fmt: skip
    def test_a_way_for_guests_passes(self, page: Show, artifacts: Bring, language: str, said: str) -> None:
        shown = page("checkout", html(f"<form>{KEY_FIELD}</form><a href=/guest>{said}</a>", language))
        found = verdict(GUEST, artifacts(shown))
        assert (found.state, found.proofs[0].quote) == ("passed", said)

    def test_an_address_form_passes_unless_it_demands_a_password(self, page: Show, artifacts: Bring) -> None:
        assert verdict(GUEST, artifacts(page("checkout", html(f"<form>{ADDRESS}")))).state == "passed"
        optional = KEY_FIELD.replace(" required", "")
        assert (
            verdict(GUEST, artifacts(page("checkout", html(f"<form>{ADDRESS}{optional}")))).state == "passed"
        )
        assert (
            verdict(GUEST, artifacts(page("checkout", html(f"<form>{ADDRESS}{KEY_FIELD}")))).state == "failed"
        )

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "Log in of maak een account aan om te bestellen."),
            ("de", "Bitte melden Sie sich an oder legen Sie ein Konto an, um zu bestellen."),
            ("en", "Please sign in or create an account to order."),
        ],
    )
    def test_a_wall_fails(self, page: Show, artifacts: Bring, language: str, said: str) -> None:
        shown = page("checkout", html(f"<p>{said}</p><form>{KEY_FIELD}</form>", language))
        found = verdict(GUEST, artifacts(shown))
        assert found.state == "failed"
        assert found.proofs[0].quote in said
        assert verdict(GUEST, artifacts(page("checkout", html(f"<p>{said}</p>", language)))).state == "failed"

    def test_the_walk_may_have_met_the_wall(self, page: Show, artifacts: Bring) -> None:
        walk = (Step("checkout", reached=True, note="The checkout asks to sign in.", code="login-wall"),)
        assert verdict(GUEST, artifacts(page("checkout", html("<p>x")), walk=walk)).state == "failed"

    def test_unclear_ones_want_a_look_and_unreached_ones_say_where(
        self, page: Show, artifacts: Bring
    ) -> None:
        assert verdict(GUEST, artifacts(page("checkout", html("<p>Your order")))).state == "review"
        walk = (Step("basket", reached=True), Step("checkout", reached=False, note="No way on."))
        found = verdict(GUEST, artifacts(page("basket", html("<p>x")), walk=walk))
        assert (found.state, found.reason) == ("not-applicable", "The walk stopped at: checkout (No way on).")

    def test_a_sign_in_in_the_header_is_no_wall(self, page: Show, artifacts: Bring) -> None:
        shown = page(
            "checkout", html(f"<header><form>{KEY_FIELD}</form></header><main><form>{ADDRESS}</form>")
        )
        assert verdict(GUEST, artifacts(shown)).state == "passed"


FULL = {
    "nl": ("Nieuwsbrief", "Nieuwe producten en aanbiedingen. U kunt zich altijd afmelden."),
    "de": ("Newsletter", "Neuheiten und Angebote. Sie können sich jederzeit abmelden."),
    "en": ("Newsletter", "New goods and offers. Unsubscribe at any time."),
}


def letter(heading: str, said: str = "", box: str = "", after: str = "") -> str:
    menu = "<ul>" + "".join(f"<li><a href=/{n}>Privacy policy {n}</a></li>" for n in range(6)) + "</ul>"
    form = f"<form><label>E-mail<input type=email name=email></label>{box}<button>OK</button></form>"
    return f"<footer><div>{menu}<div><h2>{heading}</h2><p>{said}</p>{form}{after}</div></div></footer>"


@pytest.mark.browser
class TestNewsletterFair:
    @pytest.mark.parametrize("language", FULL)
    def test_purpose_and_way_out_pass(self, page: Show, artifacts: Bring, language: str) -> None:
        heading, said = FULL[language]
        found = verdict(LETTER, artifacts(page("home", html(letter(heading, said), language))))
        assert (found.state, found.score) == ("passed", 1.0)

    @pytest.mark.parametrize("language", FULL)
    @pytest.mark.parametrize(("part", "missing"), [(0, "leave"), (1, "brings")])
    def test_each_half_is_missed(
        self, page: Show, artifacts: Bring, language: str, part: int, missing: str
    ) -> None:
        heading, said = FULL[language]
        half = said.split(". ")[part]
        found = verdict(LETTER, artifacts(page("home", html(letter(heading, half), language))))
        assert (found.state, found.score) == ("failed", 0.5)
        assert missing in found.proofs[0].note

    def test_a_bare_form_gets_nothing_for_the_footers_menu(self, page: Show, artifacts: Bring) -> None:
        policy = page("privacy", html("<p>Newsletter: you can unsubscribe at any time."))
        found = verdict(LETTER, artifacts(page("home", html(letter("Newsletter"))), policy))
        assert (found.score, len(found.proofs)) == (0.0, 2)

    def test_the_policy_that_the_form_links_may_say_it(self, page: Show, artifacts: Bring) -> None:
        shown = page("home", html(letter("Newsletter", "Offers. <a href=/p>Privacy policy</a>")))
        assert verdict(LETTER, artifacts(shown)).score == 0.5
        policy = page("privacy", html("<p>Newsletter: you can unsubscribe at any time."))
        assert verdict(LETTER, artifacts(shown, policy)).score == 1

    def test_a_ticked_box_leaves_nothing(self, page: Show, artifacts: Bring) -> None:
        box = "<label><input type=checkbox id=yes checked>I agree</label>"
        found = verdict(LETTER, artifacts(page("home", html(letter(*FULL["en"], box=box)))))
        assert (found.score, found.proofs[0].selector) == (0.0, "#yes")

    @pytest.mark.parametrize("said", ["Spaar voor punten", "Treuepunkte sammeln", "Earn points with us"])
    def test_a_loyalty_programme_wants_a_link(self, page: Show, artifacts: Bring, said: str) -> None:
        language = {"S": "nl", "T": "de", "E": "en"}[said[0]]
        found = verdict(LETTER, artifacts(page("home", html(f"<p>{said}</p>", language))))
        assert (found.state, found.score) == ("failed", 0.5)
        linked = page("home", html(f"<p>{said}</p><a href=/points>{said}</a>", language))
        assert verdict(LETTER, artifacts(linked)).state == "passed"

    @pytest.mark.parametrize(
        "body",
        [
            "<p>Hello",
            "<form>Contact <input name=name><input type=email name=mail><textarea name=a></textarea></form>",
            "<form><input type=email name=mail><input type=password>Sign in</form>",
        ],
    )
    def test_other_forms_are_none(self, page: Show, artifacts: Bring, body: str) -> None:
        assert verdict(LETTER, artifacts(page("home", html(body)))).state == "not-applicable"

    def test_other_languages_are_not_judged(self, page: Show, artifacts: Bring) -> None:
        shown = page("home", html(letter("Newsletter"), "fr"))
        assert verdict(LETTER, artifacts(shown)).state == "not-applicable"

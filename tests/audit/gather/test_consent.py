import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.audit.gather.serving import Handler, Reply, serving
from tests.audit.gather.tiny import Tiny
from tests.support.loop import Loop

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Consent, Visit
from troth.audit.browser.launching import Running
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather import consent, gathered
from troth.audit.gather.consent import Answered
from troth.audit.gather.dialog import answer_of, asking_frames, dialog_of, not_understood
from troth.audit.gather.haul import Haul
from troth.audit.gather.options import Options
from troth.audit.gather.visit import visiting
from troth.audit.judging import judged

pytestmark = pytest.mark.browser

WORDS = {
    "nl": (
        "Wij gebruiken cookies en vragen uw toestemming.",
        "Alles accepteren",
        "Alles weigeren",
        "Voorkeuren",
        "Keuze opslaan",
    ),
    "de": (
        "Wir verwenden Cookies mit Ihrer Einwilligung.",
        "Alle akzeptieren",
        "Alle ablehnen",
        "Einstellungen",
        "Auswahl speichern",
    ),
    "en": (
        "We use cookies with your consent.",
        "Accept all",
        "Reject all",
        "Manage preferences",
        "Save my choices",
    ),
}

SCRIPT = """<script>
const box = document.querySelector("#box"), more = document.querySelector("#more");
if (/answer=/.test(document.cookie) || localStorage.answer) box.hidden = true;
const answer = (said) => {
  document.cookie = "answer=" + said; localStorage.answer = said; box.hidden = true;
};
const boxes = () => [...document.querySelectorAll("#more input")].map((one) => +one.checked).join("");
document.querySelectorAll("[data-does]").forEach((one) => one.onclick = () => {
  const does = one.dataset.does;
  if (does === "settings") { more.hidden = false; document.querySelector("#first").hidden = true; }
  else answer(does === "save" ? boxes() : does);
});</script>"""


def banner(
    language: str, *shown: str, ticked: bool = False, style: str = "position:fixed;bottom:0;width:100%"
) -> str:
    text, *names = WORDS[language]
    does = dict(zip(("accept", "reject", "settings", "save"), names, strict=True))
    button = "<button data-does='{0}' style='color:#fff;background:#000'>{1}</button>".format
    first = "".join(button(name, does[name]) for name in ("accept", "reject", "settings") if name in shown)
    more = button("save", does["save"]) + (button("reject", does["reject"]) if "late-reject" in shown else "")
    tick = " checked" if ticked else ""
    boxes = (
        "<label><input type=checkbox checked disabled>Necessary</label>"
        f"<label><input type=checkbox{tick}>Statistics</label>"
        f"<label><input type=checkbox{tick}>Marketing</label>"
    )
    return (
        f"<!doctype html><html lang={language}><main><h1>Shop</h1><p>Goods of all kinds.</p></main>"
        f"<div id=box role=dialog style='{style};background:#fff'><p>{text}</p>"
        f"<div id=first>{first}</div><div id=more hidden>{boxes}{more}</div></div>{SCRIPT}</html>"
    )


Asked = Callable[[str], tuple[Answered, Answered, Consent | None, list[str]]]


@pytest.fixture
def asked(loop: Loop, running: Running) -> Asked:
    """`asked(html)`: how a page's dialog was accepted and refused, and the cookies that were left."""

    async def answering(url: str) -> tuple[Answered, Answered, Consent | None, list[str]]:
        haul = Haul(url, 40, time.monotonic() + 60, axe=False)
        async with visiting(running, "accept", url) as visit:
            home = await visit.open(url, "home")
            assert home.seen
            yes = await consent.accept(visit, haul)
            left = [str(cookie.get("value")) for cookie in await visit.context.cookies()]
        async with visiting(running, "reject", url) as visit:
            no = await consent.reject(visit, haul)
            left += [str(cookie.get("value")) for cookie in await visit.context.cookies()]
        return yes, no, consent.consent_of(home.seen, yes, no), left

    def asked(html: str) -> tuple[Answered, Answered, Consent | None, list[str]]:
        def answering_pages(handler: Handler) -> Reply:
            return (200, {}, html) if handler.path == "/" else (404, {}, "")

        with serving(answering_pages) as server:
            return loop.run(answering(server.url))

    return asked


@pytest.mark.parametrize("language", WORDS)
def test_a_dialog_with_a_no_is_refused_with_one_click(asked: Asked, language: str) -> None:
    yes, no, found, left = asked(banner(language, "accept", "reject", "settings"))
    assert (yes.clicks, no.clicks) == (1, 1)
    assert left == ["accept", "reject"]
    assert found is not None
    assert found.text.startswith(WORDS[language][0])
    assert [(button.does, button.layer) for button in found.buttons] == [
        ("accept", 1), ("reject", 1), ("settings", 1), ("save", 2),
    ]  # fmt: skip
    assert [(purpose.label, purpose.checked, purpose.disabled) for purpose in found.purposes] == [
        ("Necessary", True, True), ("Statistics", False, False), ("Marketing", False, False),
    ]  # fmt: skip
    assert found.buttons[0].contrast == 21
    assert found.buttons[0].background == "#000000"
    assert found.buttons[0].place[2] > 20


@pytest.mark.parametrize("language", WORDS)
def test_a_no_on_the_second_layer_takes_two_clicks(asked: Asked, language: str) -> None:
    _yes, no, found, left = asked(banner(language, "accept", "settings", "late-reject"))
    assert no.clicks == 2
    assert left == ["accept", "reject"]
    assert found is not None
    assert ("reject", 2) in [(button.does, button.layer) for button in found.buttons]


def test_ticked_purposes_are_unticked_and_the_clicks_counted(asked: Asked) -> None:
    _yes, no, found, left = asked(banner("de", "accept", "settings", ticked=True))
    assert no.clicks == 4
    assert left == ["accept", "100"]
    assert found is not None
    assert [purpose.checked for purpose in found.purposes] == [True, True, True]


def test_a_dialog_without_a_no_cannot_be_refused(asked: Asked) -> None:
    yes, no, found, left = asked(banner("nl", "accept"))
    assert (yes.clicks, no.clicks) == (1, None)
    assert left == ["accept"]
    assert found is not None
    assert found.clicks_to_reject is None


def test_a_banner_in_the_flow_of_the_page_is_found(asked: Asked) -> None:
    html = banner("en", "accept", "reject", style="").replace("role=dialog", "")
    yes, no, found, _left = asked(html)
    assert (yes.clicks, no.clicks) == (1, 1)
    assert found is not None


def test_a_dialog_that_comes_late_is_found(asked: Asked) -> None:
    late = "<script>box.hidden = true; setTimeout(() => { box.hidden = false; }, 900)</script></html>"
    _yes, no, found, _left = asked(banner("en", "accept", "reject").replace("</html>", late))
    assert found is not None
    assert found.clicks_to_accept == 1
    del no


def test_a_provider_is_known_by_its_marks(asked: Asked) -> None:
    html = """<!doctype html><html lang=en><main>Goods</main><div role=dialog style="position:fixed;top:0">
      <p>This website uses cookies.</p><button>Allow all</button><button>Deny</button></div>
      <script>window.Cookiebot = { hasResponse: false, dialog: { visible: true } }</script></html>"""
    _yes, _no, found, _left = asked(html)
    assert found is not None
    assert found.provider == "Cybotcookiebot"
    assert found.found_by == "autoconsent"


@pytest.mark.parametrize(
    "html",
    [
        "<main><p>We bake cookies. Every one of them by hand.</p><button>Accept</button></main>",
        "<div role=dialog style='position:fixed;top:0;width:90%'>Newsletter<button>No thanks</button></div>",
        "<footer><p>We use cookies, see our privacy policy.</p><button>Subscribe</button></footer>",
        "<p>Hello</p>",
    ],
)
def test_other_dialogs_ask_for_no_consent(seen: Callable[..., Seen], html: str) -> None:
    assert dialog_of(seen(html)) is None


OVER = "<div style='position:fixed;bottom:0;left:0;width:90%;background:#fff'>{}</div>"


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Wij gebruiken cookies.</p><button>Doe maar</button><button>Liever niet vandaag</button>",
        "<p>Diese Website verwendet Cookies.</p><a href='#'>Passt so</a><a href='/agb'>AGB</a>",
        "<p>We use cookies.</p><button>Bring them on</button><button>Close</button>",
    ],
)
def test_a_question_over_the_page_whose_buttons_nobody_understood_is_seen(
    seen: Callable[..., Seen], inside: str
) -> None:
    page = seen("<main><h1>Shop</h1></main>" + OVER.format(inside))
    assert dialog_of(page) is None
    assert len(not_understood(page)) == 1


@pytest.mark.parametrize(
    "html",
    [
        OVER.format("<p>We use cookies.</p><button>×</button><a href='/privacy'>Read more</a>"),
        OVER.format(
            "<p>Wir verwenden Cookies.</p><button>Hinweis schließen</button><button>Mehr erfahren</button>"
        ),
        OVER.format("<p>Wij gebruiken cookies.</p><button>Meer informatie</button>"),
        OVER.format("<button>Cookie-Einstellungen</button>"),
        OVER.format("<button>Hoe wij cookies gebruiken</button>"),
        OVER.format(
            "<p>10 % off. With your consent we send news, we use cookies to count who reads it.</p>"
            "<input type=email><button>Count me in</button><button>Not today</button>"
        ),
        OVER.format("<p>Willkommen! Mit Ihrer Einwilligung melden wir uns.</p><button>Los geht's</button>"),
        OVER.format("<p>Freshly baked cookies, today only!</p><button>Show me</button>"),
        OVER.format(
            "<p>Can we help? By chatting you consent to our privacy policy.</p><button>Start</button>"
        ),
        "<header style='position:fixed;top:0'><p>We use cookies</p><button>Menu of the day</button></header>",
        "<footer style='position:fixed;bottom:0'><p>We use cookies.</p><button>Send news</button></footer>",
        "<footer><p>We use cookies, see our privacy policy.</p><button>Subscribe now</button></footer>",
        OVER.format("<p>We use cookies.</p><button>×</button>").replace("bottom:0", "inset:0;height:100%")
        + "<main><button>Put it into the bag</button></main>",
    ],
)
def test_what_lies_over_an_honest_page_is_no_question_that_was_not_understood(
    seen: Callable[..., Seen], html: str
) -> None:
    assert not_understood(seen(html)) == []


def test_a_question_that_nobody_understood_is_met_and_not_answered(asked: Asked) -> None:
    html = "<!doctype html><html lang=en><main>Goods</main>" + OVER.format(
        "<p>We use cookies.</p><button>Bring them on</button>"
    )
    understood = OVER.format("<p>We use cookies.</p><button>Accept</button><button>Whatever</button>")
    assert asked(understood)[0].unclear == ()
    yes, no, found, left = asked(html)
    assert (yes.clicks, no.clicks, found, left) == (None, None, None, [])
    assert [one.text for one in yes.unclear] == ["We use cookies. Bring them on"]


@pytest.mark.parametrize("further", [("accept", "reject"), ()])
def test_a_question_that_nobody_understood_is_told_and_not_taken_for_none(
    chromium: Path, further: tuple[Visit, ...]
) -> None:
    tiny = Tiny("en")
    over = OVER.format("<p>We use cookies.</p><button>Bring them on</button>")

    def shown(handler: Handler) -> Reply:
        status, headers, html = tiny(handler)
        return status, headers, html.replace("</html>", f"{over}</html>")

    with serving(shown) as shop:
        options = Options(BrowserOptions(chromium, allow_private=True), axe=False, further=further)
        found = gathered(shop.url, options)
    [told] = [failure for failure in found.failures if failure.what == "consent"]
    assert (told.code, told.where) == ("not-understood", shop.url)
    assert "“We use cookies. Bring them on”" in told.message
    verdicts = {one.rule.id: one.verdict for one in judged(found)}
    assert verdicts["reject-equal"].state == "not-applicable"
    assert told.message in verdicts["reject-equal"].reason


def test_links_to_read_more_are_no_answers(seen: Callable[..., Seen]) -> None:
    html = (
        "<div role=dialog style='position:fixed;top:0;width:90%'><p>Wir verwenden Cookies.</p>"
        "<a href='/datenschutz'>Datenschutzerklärung</a><a href='#'>Weiter ohne Einwilligung</a>"
        "<button>Alle akzeptieren</button><button>Hm</button></div>"
    )
    dialog = dialog_of(seen(html))
    assert dialog is not None
    assert [button.does for button in dialog.buttons] == ["reject", "accept", "other"]


def test_a_dialog_in_a_frame_is_seen_to_be_there(seen: Callable[..., Seen]) -> None:
    frame = "<iframe src='https://frames.test/{}' style='position:fixed;width:600px;height:300px'></iframe>"
    found = asking_frames(seen(frame.format("consent.html")), named=True)
    assert [one.src for one in found] == ["https://frames.test/consent.html"]
    unnamed = seen(frame.format("x"))
    assert [one.src for one in asking_frames(unnamed)] == ["https://frames.test/x"]
    assert asking_frames(unnamed, named=True) == []
    for address in ("https://maps.test/", "https://www.youtube-nocookie.test/embed/1"):
        assert asking_frames(seen(f"<iframe src='{address}' width=600 height=300></iframe>")) == []
    below = "<p style='height:900px'></p><iframe src='https://frames.test/consent.html' width=600></iframe>"
    assert asking_frames(seen(below)) == []


def test_a_page_without_a_dialog_has_no_answer(asked: Asked) -> None:
    yes, no, found, left = asked("<!doctype html><p>Hello</p>")
    assert (yes.clicks, no.clicks, found, left) == (None, None, None, [])


@pytest.mark.parametrize(
    ("does", "names"),
    [
        (
            "accept",
            [
                "Alles accepteren",
                "Akkoord",
                "Ja, ik accepteer alle cookies",
                "Alle Cookies akzeptieren",
                "Zustimmen",
                "Einverstanden",
                "Accept all cookies",
                "I agree",
                "Allow all",
                "Got it!",
                "OK",
            ],
        ),
        (
            "reject",
            [
                "Weigeren",
                "Alleen noodzakelijke cookies",
                "Doorgaan zonder accepteren",
                "Ablehnen",
                "Nur notwendige Cookies",
                "Weiter ohne Einwilligung",
                "Nur essenzielle Cookies akzeptieren",
                "Reject all",
                "Decline",
                "Only necessary",
                "Continue without accepting",
                "Use necessary cookies only",
            ],
        ),
        (
            "settings",
            [
                "Instellingen",
                "Cookie-instellingen",
                "Voorkeuren aanpassen",
                "Einstellungen",
                "Cookie-Einstellungen",
                "Individuelle Einstellungen",
                "Manage preferences",
                "Cookie settings",
                "More options",
                "Customize",
            ],
        ),
        (
            "save",
            [
                "Keuze opslaan",
                "Selectie toestaan",
                "Auswahl speichern",
                "Auswahl bestätigen",
                "Save settings",
                "Confirm my choices",
                "Allow selection",
            ],
        ),
        (
            "other",
            [
                "Impressum",
                "Privacy policy",
                "More about the necessary cookies we use",
                "Newsletter",
                "",
                "Accept " * 20,
            ],
        ),
    ],
)
def test_a_button_is_told_by_its_words(does: str, names: list[str]) -> None:
    assert {name: answer_of(name) for name in names} == dict.fromkeys(names, does)

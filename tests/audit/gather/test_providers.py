"""Providers whose dialogs say nothing that our words know: autoconsent's rules answer for them.

The pages are made for these tests, with nothing of the providers' but the names that the rules look for. The
buttons bear signs instead of words, so that only a rule can tell a no from a yes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from tests.audit.gather.serving import Handler, Reply, serving
from tests.support.loop import Loop

from troth.audit.browser.launching import Running
from troth.audit.gather import autoconsent, consent
from troth.audit.gather.consent import Answered
from troth.audit.gather.haul import Haul
from troth.audit.gather.visit import visiting

pytestmark = pytest.mark.browser

BASE = """<!doctype html><html lang=en><main><h1>Shop</h1><p>Goods of all kinds.</p></main>
<script>
const answer = (said) => { document.cookie = "said=" + said; document.querySelector("[data-box]").remove(); };
const asks = !document.cookie.includes("said=");
</script>"""
OVER = 'style="position:fixed;bottom:0;width:100%;height:120px;background:#fff"'
SHOWN = "<script>if (!asks) document.querySelector('[data-box]').remove();</script>"


@dataclass(frozen=True)
class Provider:
    """A page, the name its provider is known by, and the clicks its answers take."""

    name: str
    html: str
    yes: int = 1
    no: int = 1


COOKIEBOT = Provider(
    "Cybotcookiebot",
    f"""<div id=CybotCookiebotDialog data-box {OVER}>
    <button id=CybotCookiebotDialogBodyButtonAccept onclick="answer('yes')">+</button>
    <button id=CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll onclick="answer('no')">-</button></div>
    <script>window.Cookiebot = {{ hasResponse: !asks, dialog: {{ visible: asks }} }};</script>{SHOWN}""",
)
ONETRUST = Provider(
    "Onetrust",
    f"""<div id=onetrust-consent-sdk data-box><div id=onetrust-banner-sdk {OVER}>
    <button id=onetrust-accept-btn-handler onclick="answer('yes')">+</button>
    <button id=onetrust-pc-btn-handler
      onclick="document.querySelector('#onetrust-pc-sdk').hidden = false">*</button></div>
    <div id=onetrust-pc-sdk hidden {OVER.replace("bottom:0", "top:0")}>
    <input type=checkbox class=category-switch-handler checked><input type=checkbox
      class=category-switch-handler checked>
    <button class=save-preference-btn-handler onclick="answer(
      [...document.querySelectorAll('.category-switch-handler')].some((one) => one.checked) ? 'some' : 'no')"
      >=</button></div></div>{SHOWN}""",
    no=4,  # the settings, two switches, the button that keeps them
)
ONETRUST_PLAIN = Provider(
    "Onetrust",
    f"""<div id=onetrust-banner-sdk data-box {OVER}>
    <button id=onetrust-accept-btn-handler onclick="answer('yes')">+</button>
    <button id=onetrust-reject-all-handler onclick="answer('no')">-</button></div>{SHOWN}""",
)
USERCENTRICS = Provider(
    "usercentrics-api",
    f"""<div id=usercentrics-root data-box {OVER}></div>
    <script>
    const inside = document.querySelector("#usercentrics-root").attachShadow({{ mode: "open" }});
    inside.innerHTML = `<div data-testid="uc-container"><button data-testid="uc-deny-all-button">-</button>
      <button data-testid="uc-accept-all-button">+</button></div>`;
    inside.querySelector("[data-testid=uc-deny-all-button]").onclick = () => answer("no");
    window.UC_UI = {{
      acceptAllConsents: () => {{ answer("yes"); return true; }},
      closeCMP: () => true,
      areAllConsentsAccepted: () => document.cookie.includes("said=yes"),
    }};
    </script>{SHOWN}""",
)
DIDOMI = Provider(
    "didomi",
    f"""<div id=didomi-host data-box><div id=didomi-notice {OVER}>
    <button id=didomi-notice-agree-button onclick="answer('yes')">+</button>
    <button id=didomi-notice-disagree-button onclick="answer('no')">-</button></div></div>{SHOWN}""",
)
COMPLIANZ = Provider(
    "Complianz banner",
    f"""<div id=cmplz-cookiebanner-container data-box><div class=cmplz-cookiebanner {OVER}>
    <button class=cmplz-accept onclick="answer('yes'); location.reload()">+</button>
    <button class=cmplz-deny onclick="answer('no'); location.reload()">-</button></div></div>{SHOWN}""",
)
KLARO = Provider(
    "Klaro",
    f"""<div class=klaro data-box><div class=cookie-notice {OVER}>
    <button class=cm-btn-success onclick="answer('yes')">+</button>
    <button class=cn-decline onclick="answer('no')">-</button></div></div>{SHOWN}""",
)
BORLABS = Provider(
    "borlabs",
    f"""<div data-box><div class="brlbs-cmpnt-dialog" {OVER}>
    <button class=brlbs-btn-accept-all onclick="answer('yes')">+</button>
    <button class=brlbs-btn-accept-only-essential onclick="answer('no')">-</button></div></div>{SHOWN}""",
)
ALL = [COOKIEBOT, ONETRUST, ONETRUST_PLAIN, USERCENTRICS, DIDOMI, COMPLIANZ, KLARO, BORLABS]
Answer = Callable[[str], tuple[Answered, dict[str, str]]]


@pytest.fixture
def answered(loop: Loop, running: Running) -> Callable[..., tuple[Answered, dict[str, str]]]:
    """`answered("reject", html)`: the answer to a page, and the cookies that were left."""

    async def answering(name: str, url: str) -> tuple[Answered, dict[str, str]]:
        haul = Haul(url, 40, time.monotonic() + 60, axe=False)
        answer = consent.accept if name == "accept" else consent.reject
        async with visiting(running, name, url) as visit:  # type: ignore[arg-type] # both are visits
            said = await answer(visit, haul)
            jar = await visit.context.cookies()
            return said, {one.get("name", ""): one.get("value", "") for one in jar}

    def answered(name: str, html: str) -> tuple[Answered, dict[str, str]]:
        def shown(handler: Handler) -> Reply:
            return (200, {}, BASE + html) if handler.path == "/" else (404, {}, "")

        with serving(shown) as server:
            return loop.run(answering(name, server.url))

    return answered


@pytest.mark.parametrize("provider", ALL, ids=[f"{number}-{one.name}" for number, one in enumerate(ALL)])
def test_a_provider_is_refused_by_its_rule(answered: Callable[..., Answer], provider: Provider) -> None:
    said, jar = answered("reject", provider.html)
    assert said.provider == provider.name
    assert jar == {"said": "no"}
    assert said.clicks == provider.no


@pytest.mark.parametrize("provider", ALL, ids=[f"{number}-{one.name}" for number, one in enumerate(ALL)])
def test_a_provider_is_agreed_with_by_its_rule(answered: Callable[..., Answer], provider: Provider) -> None:
    said, jar = answered("accept", provider.html)
    assert said.provider == provider.name
    assert jar == {"said": "yes"}
    assert said.clicks == provider.yes


def test_a_dialog_that_is_only_hidden_was_not_refused(answered: Callable[..., Answer]) -> None:
    said, jar = answered("reject", f"<div id=sp_message_container_1 {OVER}><b>?</b></div>")
    assert said.provider == "sourcepoint-top"
    assert (said.clicks, jar) == (None, {})


def test_an_answer_that_the_page_does_not_take_is_none(answered: Callable[..., Answer]) -> None:
    deaf = DIDOMI.html.replace("answer('no')", "location.reload()")
    said, jar = answered("reject", deaf)
    assert (said.provider, said.clicks, jar) == ("didomi", None, {})


def test_rules_that_act_are_told_from_those_that_hide() -> None:
    hidden = autoconsent._only_hidden()
    assert "sourcepoint-top" in hidden
    assert not {"didomi", "borlabs", "usercentrics-api", "Complianz banner", "Complianz optin"} & hidden

"""Dialogs for consent in frames of another host, read and answered as those in the page."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.audit.gather.serving import Handler, Reply, Server, serving
from tests.audit.gather.test_consent import WORDS, banner
from tests.audit.gather.tiny import Tiny
from tests.support.loop import Loop

from troth.audit.artifacts.page import IN_FRAME
from troth.audit.artifacts.shape import Consent
from troth.audit.browser.launching import Running
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather import consent, gathered
from troth.audit.gather.consent import Answered
from troth.audit.gather.haul import Haul
from troth.audit.gather.options import Options
from troth.audit.gather.visit import visiting
from troth.audit.judging import judged

pytestmark = pytest.mark.browser

SHOP = """<!doctype html><html lang=en><main><h1>Shop</h1><p>Goods of all kinds.</p></main>{frames}
<script>
for (const frame of document.querySelectorAll("iframe"))
  if (document.cookie.includes(frame.id + "=")) frame.remove();
addEventListener("message", ({{ data, source }}) => {{
  for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) {{
    document.cookie = frame.id + "=" + data; frame.remove();
  }}
}});
</script></html>"""
FRAME = (
    '<iframe id="{id}" src="{src}"'
    ' style="position:fixed;left:100px;top:{top}px;border:0;width:900px;height:200px"></iframe>'
)
TELL = "const answer = (said) => parent.postMessage(said, '*');"


def asking(language: str, *shown: str, ticked: bool = False, tell: str = TELL) -> str:
    """A frame's document: the dialog of `test_consent` in the flow, which tells the page the answer."""
    html = banner(language, *shown, ticked=ticked, style="")
    start, end = html.index("const answer ="), html.index("const boxes")
    html = html.replace(html[start:end], tell)
    return html.replace("<main><h1>Shop</h1><p>Goods of all kinds.</p></main>", "").replace("role=dialog", "")


@dataclass
class Provider:
    """A host of frames: documents by path; paths that hang never answer."""

    pages: dict[str, str]
    slow_s: dict[str, float] = field(default_factory=dict)

    def __call__(self, handler: Handler) -> Reply:
        time.sleep(self.slow_s.get(handler.path, 0))
        return (200, {}, self.pages[handler.path]) if handler.path in self.pages else (404, {}, "")


@dataclass
class Told:
    """What came of the visits: both answers, the artifact, the shop's cookies after each."""

    yes: Answered
    no: Answered
    found: Consent | None
    after_yes: dict[str, str]
    after_no: dict[str, str]


Asked = Callable[..., Told]


@pytest.fixture
def asked(loop: Loop, running: Running) -> Asked:
    """`asked(html, provider)`: visits to a page of 127.0.0.1 whose frames come from `localhost`."""

    async def answering(url: str) -> Told:
        haul = Haul(url, 40, time.monotonic() + 60, axe=False)
        answers, jars = [], []
        for name, answer in (("accept", consent.accept), ("reject", consent.reject)):
            async with visiting(running, name, url) as visit:  # type: ignore[arg-type] # both are visits
                home = await visit.open(url, "home")
                assert home.seen
                answers.append(await answer(visit, haul))
                jar = await visit.context.cookies()
                jars.append({one.get("name", ""): one.get("value", "") for one in jar})
        return Told(*answers, consent.consent_of(home.seen, *answers), *jars)

    def asked(frames: str, provider: Provider, *, around: str = SHOP) -> Told:
        with serving(provider) as other:
            address = _local(other)
            html = around.format(frames=frames.replace("HOST", address))
            provider.pages = {path: text.replace("HOST", address) for path, text in provider.pages.items()}
            with serving(lambda handler: (200, {}, html) if handler.path == "/" else (404, {}, "")) as shop:
                return loop.run(answering(shop.url))

    return asked


def _local(server: Server) -> str:
    return f"http://localhost:{server.server_port}"


def frame(path: str = "/cmp", *, name: str = "box", top: int = 400) -> str:
    return FRAME.format(id=name, src=f"HOST{path}", top=top)


@pytest.mark.parametrize("language", WORDS)
def test_a_dialog_in_a_frame_is_read_like_one_in_the_page(asked: Asked, language: str) -> None:
    page = asking(language, "accept", "reject", "settings", ticked=True)
    told = asked(frame(), Provider({"/cmp": page}))
    assert (told.yes.clicks, told.no.clicks) == (1, 1)
    assert (told.after_yes, told.after_no) == ({"box": "accept"}, {"box": "reject"})
    found = told.found
    assert found is not None
    assert (found.clicks_to_accept, found.clicks_to_reject) == (1, 1)
    assert found.text.startswith(WORDS[language][0])
    assert [(button.does, button.layer) for button in found.buttons] == [
        ("accept", 1), ("reject", 1), ("settings", 1), ("save", 2),
    ]  # fmt: skip
    assert [(one.label, one.checked, one.disabled) for one in found.purposes] == [
        ("Necessary", True, True), ("Statistics", True, False), ("Marketing", True, False),
    ]  # fmt: skip
    first = found.buttons[0]
    assert (first.contrast, first.background) == (21, "#000000")
    assert first.selector.startswith(f"#box{IN_FRAME}")
    assert first.place[0] >= 100  # as the page has it, not as the frame
    assert first.place[1] >= 400


def test_a_no_on_the_second_layer_of_a_frame_takes_two_clicks(asked: Asked) -> None:
    told = asked(frame(), Provider({"/cmp": asking("en", "accept", "settings", "late-reject")}))
    assert (told.yes.clicks, told.no.clicks) == (1, 2)
    assert told.after_no == {"box": "reject"}


def test_ticked_purposes_in_a_frame_are_unticked(asked: Asked) -> None:
    told = asked(frame(), Provider({"/cmp": asking("de", "accept", "settings", ticked=True)}))
    assert told.no.clicks == 4
    assert told.after_no == {"box": "100"}


def test_settings_that_open_as_another_page_of_the_frame(asked: Asked) -> None:
    first = (
        "<p>We use cookies with your consent.</p><div><button onclick=\"parent.postMessage('accept','*')\">"
        "Accept all</button><button onclick=\"location='/more'\">Manage preferences</button></div>"
    )
    more = (
        "<p>Your cookies</p><div><button onclick=\"parent.postMessage('save','*')\">Save my choices</button>"
        "<button onclick=\"parent.postMessage('reject','*')\">Reject all</button></div>"
        "<label><input type=checkbox>Statistics</label>"
    )
    told = asked(frame(), Provider({"/cmp": first, "/more": more}))
    assert told.no.clicks == 2
    assert told.after_no == {"box": "reject"}
    assert told.found is not None
    assert [(one.does, one.layer) for one in told.found.buttons] == [
        ("accept", 1), ("settings", 1), ("save", 2), ("reject", 2),
    ]  # fmt: skip


def test_a_frame_within_a_frame(asked: Asked) -> None:
    tell = "const answer = (said) => top.frames[0].postMessage(said, '*');"
    outer = (
        "<iframe id=inner src='HOST/inner' style='margin:10px;border:0;width:800px;height:150px'></iframe>"
        "<script>addEventListener('message', (e) => parent.postMessage(e.data, '*'))</script>"
    )
    pages = {"/cmp": outer, "/inner": asking("nl", "accept", "reject", tell=tell)}
    told = asked(frame(), Provider(pages))
    assert (told.yes.clicks, told.no.clicks) == (1, 1)
    assert (told.after_yes, told.after_no) == ({"box": "accept"}, {"box": "reject"})
    assert told.found is not None
    assert told.found.selector == f"#box{IN_FRAME}#inner{IN_FRAME}body"
    assert told.found.buttons[0].place[1] >= 410


def test_a_frame_of_the_shops_own_host(loop: Loop, running: Running) -> None:
    html = SHOP.format(frames=frame("cmp").replace("HOST", "/"))
    pages = {"/": html, "/cmp": asking("en", "accept", "reject")}

    async def refused(url: str) -> Answered:
        haul = Haul(url, 40, time.monotonic() + 60, axe=False)
        async with visiting(running, "reject", url) as visit:
            return await consent.reject(visit, haul)

    with serving(Provider(pages)) as shop:
        no = loop.run(refused(shop.url))
    assert no.clicks == 1
    assert no.dialog is not None
    assert [button.does for button in no.dialog.buttons] == ["accept", "reject"]


def test_a_frame_that_a_script_brings_late_and_that_loads_slowly(asked: Asked) -> None:
    late = (
        "<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', `{}`), 500)</script>".format(
            frame("/consent")
        )
    )
    provider = Provider({"/consent": asking("en", "accept", "reject")}, {"/consent": 0.8})
    told = asked(late, provider)
    assert (told.yes.clicks, told.no.clicks) == (1, 1)
    assert (told.after_yes, told.after_no) == ({"box": "accept"}, {"box": "reject"})


def test_a_frame_that_never_loads_is_told_and_costs_little_time(asked: Asked) -> None:
    began = time.monotonic()
    told = asked(frame("/consent"), Provider({"/consent": ""}, {"/consent": 25}))
    assert (told.yes.clicks, told.no.clicks, told.found) == (None, None, None)
    assert [one.src.rpartition("/")[2] for one in told.yes.mute] == ["consent"]
    assert time.monotonic() - began < 45  # four loads, each up to its limit of three seconds, and the looks


def test_two_dialogs_are_both_answered_and_their_clicks_counted(asked: Asked) -> None:
    pages = {
        "/consent": asking("en", "accept", "reject"),
        "/second": asking("en", "accept", "settings", "late-reject"),
    }
    told = asked(frame("/consent") + frame("/second", name="other", top=50), Provider(pages))
    assert told.after_yes == {"box": "accept", "other": "accept"}
    assert told.after_no == {"box": "reject", "other": "reject"}
    assert (told.yes.clicks, told.no.clicks) == (2, 3)
    assert told.found is not None
    assert told.found.selector == f"#box{IN_FRAME}body"


def test_a_dialog_in_the_page_whose_settings_open_in_a_frame(asked: Asked) -> None:
    around = """<!doctype html><html lang=en><main>Goods</main>
    <div id=bar role=dialog style="position:fixed;bottom:0;width:100%;background:#fff"><p>We use cookies.</p>
    <button onclick="said('accept')">Accept all</button>
    <button onclick="more()">Manage preferences</button></div>
    <script>
    const said = (answer) => {{ document.cookie = "box=" + answer; bar.remove(); }};
    if (document.cookie) bar.remove();
    const more = () => document.body.insertAdjacentHTML("beforeend", `{frames}`);
    addEventListener("message", (e) => said(e.data));
    </script></html>"""
    told = asked(
        frame("/prefs", name="prefs", top=50),
        Provider({"/prefs": asking("en", "reject", "settings")}),
        around=around,
    )
    assert told.after_yes == {"box": "accept"}
    assert told.after_no == {"box": "reject"}
    assert (told.yes.clicks, told.no.clicks) == (1, 2)


def fair(language: str) -> tuple[str, str]:
    return asking(language, "accept", "reject", "settings"), ""


def unfair(language: str) -> tuple[str, str]:
    """No way to refuse on the first layer, ticked purposes, and a tracker whatever was answered."""
    tracker = "if (document.cookie.includes('box=')) document.cookie = '_ga=GA1.1.1';"
    return asking(language, "accept", "settings", ticked=True), tracker


@pytest.mark.parametrize(("kind", "score"), [(fair, "passed"), (unfair, "failed")])
def test_the_rules_judge_a_dialog_in_a_frame(
    chromium: Path, kind: Callable[[str], tuple[str, str]], score: str
) -> None:
    page, tracker = kind("en")
    tiny = Tiny("en")
    with serving(Provider({"/consent": page})) as other:
        framed = SHOP.format(frames=frame("/consent").replace("HOST", _local(other)))
        framed = framed[framed.index("<iframe") :].replace("</html>", f"<script>{tracker}</script></html>")

        def shown(handler: Handler) -> Reply:
            status, headers, html = tiny(handler)
            return status, headers, html.replace("</html>", framed)

        with serving(shown) as shop:
            options = Options(BrowserOptions(chromium, allow_private=True), axe=False)
            found = gathered(shop.url, replace(options, further=("accept", "reject")))
    assert [failure for failure in found.failures if "consent" in failure.what] == []
    verdicts = {one.rule.id: one.verdict for one in judged(found)}
    asked = ("reject-equal", "consent-preticked", "reject-honoured")
    assert {rule: verdicts[rule].state for rule in asked} == dict.fromkeys(asked, score)
    assert verdicts["quiet-before-consent"].state == "passed"


def test_a_frame_for_something_else_is_no_dialog(asked: Asked) -> None:
    chat = "<p>Can we help you?</p><button>Accept</button><button>OK</button>"
    told = asked(frame("/chat"), Provider({"/chat": chat}))
    assert (told.yes.clicks, told.no.clicks, told.found, told.yes.mute) == (None, None, None, ())


def test_a_question_whose_buttons_nobody_understood_is_told_and_not_taken_for_none(asked: Asked) -> None:
    question = (
        "<p>We use cookies for a better shop.</p><button>Yes please, all nice</button><button>Hm</button>"
    )
    told = asked(frame("/consent"), Provider({"/consent": question}))
    assert (told.yes.clicks, told.found) == (None, None)
    assert [one.src.rpartition("/")[2] for one in told.yes.mute] == ["consent"]


def test_a_notice_in_a_frame_that_asks_nothing_is_no_question(asked: Asked) -> None:
    told = asked(frame("/consent"), Provider({"/consent": "<p>We use cookies for a better shop.</p>"}))
    assert (told.yes.clicks, told.found, told.yes.mute) == (None, None, ())

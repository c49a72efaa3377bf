"""Chats on the pages: who is behind them, and whether they say that a machine answers."""

import re
from dataclasses import dataclass
from typing import Any

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.words import words

_CALLED = re.compile(
    r"(?:^|[\s_-])(?:live-?)?chat(?:$|[\s_-])|chat-?_?(?:bot|widget|launcher|bubble|button|box)",
    re.IGNORECASE,
)
_BOT = re.compile(
    r"chat-?_?bot|(?:^|[\s_-])(?:ro)?bot(?:$|[\s_-])|virtual-?assistant|ai-?(?:chat|agent|assistant)",
    re.IGNORECASE,
)
_BOTS = {"moin", "Watermelon", "Melibo"}
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat, once for each provider or element. Nothing is opened: these are the words of what shows.

    `machine`: what tells that a machine answers (its code, its provider), empty when nothing does; `says_so`:
    the words that tell the visitor; `person`: words that speak of a person.
    """

    page: str
    selector: str
    provider: str
    machine: str
    says_so: str
    person: str


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats of the first visit; `pages`: how many pages could be looked at."""

    chats: tuple[Chat, ...]
    pages: int


def chats(site: Site, third_parties: ThirdParties) -> Chats:
    """What is called a chat in a page, and providers of chats that it calls."""
    found: dict[tuple[str, str], Chat] = {}
    for page in site.pages:
        for chat in _on(page):
            found.setdefault((chat.provider, chat.selector), chat)
    for party in third_parties.of("chat"):
        if not any(chat.page in party.pages for chat in found.values()):
            shown = [one for id_ in party.pages if (one := site.page(id_))]
            text = "\n".join(
                overlay.text for page in shown[:1] if page.seen for overlay in page.seen.overlays
            )
            machine = party.entity if party.entity in _BOTS else ""
            found[party.entity, ""] = _chat(party.pages[0], "", text, party.entity, machine)
    return Chats(tuple(found.values()), len(site.pages))


def _on(page: Page) -> list[Chat]:
    from selectolax.lexbor import LexborHTMLParser

    if page.seen is None or "chat" not in page.seen.html.lower():
        return []
    tree = LexborHTMLParser(page.seen.html)
    there = _letters(page.seen.text)
    found: list[Chat] = []
    held: list[Any] = []
    for node in tree.css("[id*=chat i],[class*=chat i],[data-chatbot],[data-chat]")[:200]:
        called = _words_of(node)
        if node.tag in {"script", "link", "html", "body", "svg", "path"} or not _CALLED.search(called):
            continue
        if any(_inside(node, outer) for outer in held):
            continue
        text = " ".join(node.text(separator=" ").split())[:_MOST]
        label = node.attributes.get("aria-label") or ""
        if text and _letters(text)[:40] in there:
            held.append(node)
            machine = match[0].strip() if (match := _BOT.search(called)) else ""
            found.append(_chat(page.id, _selector(node), f"{label}\n{text}", "", machine))
    return found


def _chat(page: str, selector: str, text: str, provider: str, machine: str) -> Chat:
    says, person = words("chat_bot").find(text), words("chat_person").find(text)
    return Chat(page, selector, provider, machine, says.quote if says else "", person.quote if person else "")


def _words_of(node: Any) -> str:  # noqa: ANN401 - the parser's node
    kept = [node.attributes.get("id") or "", node.attributes.get("class") or ""]
    return " ".join([*kept, *(name for name in node.attributes if name.startswith("data-"))])


def _selector(node: Any) -> str:  # noqa: ANN401 - the parser's node
    if node.attributes.get("id"):
        return f"#{node.attributes['id']}"
    first = (node.attributes.get("class") or "").split()[:1]
    return f"{node.tag}.{first[0]}" if first else node.tag


def _inside(node: Any, outer: Any) -> bool:  # noqa: ANN401 - the parser's node
    parent = node.parent
    while parent is not None:
        if parent == outer:
            return True
        parent = parent.parent
    return False


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


FACTS = (chats,)

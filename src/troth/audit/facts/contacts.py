"""By which ways customers can reach people: phone, e-mail, form, chat, messenger, a visit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Kind, Page
from troth.audit.facts.site import Site
from troth.audit.parsing import identity
from troth.audit.words import words

Way = Literal["phone", "email", "form", "chat", "messenger"]
_LOOKED_AT: tuple[Kind, ...] = (
    "home", "category", "product", "basket", "contact", "help", "returns", "shipping", "about",
)  # fmt: skip
"""Not the checkout: it repeats the customer's own number and address."""
_MESSENGER = re.compile(
    r"^https?://(?:wa\.me|api\.whatsapp\.com|m\.me|t\.me)/|^(?:whatsapp|sms):", re.IGNORECASE
)
_CHAT = re.compile(r"\bchat\b|livechat|tawk\.to|zopim|tidio|userlike", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach people, and where it stands."""

    way: Way
    page: str
    value: str
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """The ways on the pages that customers use; the imprint and other legal pages are not among them.

    `pages`: ids of the pages looked at.
    """

    channels: tuple[Channel, ...]
    pages: tuple[str, ...]

    @property
    def ways(self) -> frozenset[Way]:
        """The different ways."""
        return frozenset(channel.way for channel in self.channels)


def contacts(site: Site) -> Contacts:
    """The ways to reach people that the pages of the first visit show."""
    pages = [page for page in site.of(*_LOOKED_AT) if page.seen]
    found = [channel for page in pages if page.seen for channel in _channels(page, page.seen, site.country)]
    once = {(channel.way, channel.value): channel for channel in reversed(found)}
    return Contacts(tuple(reversed(once.values())), tuple(page.id for page in pages))


def _channels(page: Page, seen: Seen, country: str) -> Iterator[Channel]:
    yield from _links(page, seen)
    for number in identity.phones(seen.text, country):
        yield Channel("phone", page.id, re.sub(r"[^\d+]", "", number))
    for address in identity.emails(seen.text):
        yield Channel("email", page.id, address.lower())
    yield from _forms(page, seen)
    chats = [
        control.selector for control in seen.controls if control.visible and words("chat").whole(control.name)
    ]
    chats += [frame.selector for frame in seen.frames if _CHAT.search(frame.src)]
    for selector in chats:
        yield Channel("chat", page.id, "chat", selector)


def _links(page: Page, seen: Seen) -> Iterator[Channel]:
    for link in seen.links:
        scheme, _colon, rest = link.href.partition(":")
        if scheme in ("tel", "callto"):
            yield Channel("phone", page.id, re.sub(r"[^\d+]", "", unquote(rest)), link.selector)
        elif scheme == "mailto" and "@" in rest:
            yield Channel("email", page.id, unquote(rest.partition("?")[0]).lower(), link.selector)
        elif _MESSENGER.match(link.href):
            yield Channel("messenger", page.id, link.href, link.selector)


def _forms(page: Page, seen: Seen) -> Iterator[Channel]:
    """Forms with room for a message, on the pages that are there for questions."""
    if page.kind not in ("contact", "help"):
        return
    rooms = {field.form for field in seen.fields if field.type == "textarea" and field.form is not None}
    for index in sorted(rooms):
        if index < len(seen.forms):
            yield Channel("form", page.id, "form", seen.forms[index].selector)


FACTS = (contacts,)

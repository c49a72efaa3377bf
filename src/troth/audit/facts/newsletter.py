"""Forms for a newsletter: what it brings, how one leaves it; and whether a loyalty programme is explained."""

import re
from dataclasses import dataclass

from troth.audit.artifacts.page import Field, Form
from troth.audit.artifacts.shape import Kind, Page
from troth.audit.facts.site import Site
from troth.audit.words import words

_NOT_HERE: tuple[Kind, ...] = ("checkout", "basket")
_AROUND, _MENU = 800, 3
_TYPED = {"text", "email", "tel", "textarea", "password", "number", "date"}


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A form, with the words that say what it is for and how to leave, empty where there are none.

    `preset`: the selector of a box in it that the page itself ticked.
    """

    page: str
    selector: str
    purpose: str
    leave: str
    preset: str


@dataclass(frozen=True, slots=True)
class Loyalty:
    """A loyalty programme that is spoken of; `explained`: a link leads to more about it."""

    page: str
    quote: str
    explained: bool


@dataclass(frozen=True, slots=True)
class Newsletters:
    """The newsletter's forms, each wording once; the loyalty programme, None where there is none."""

    forms: tuple[Newsletter, ...]
    loyalty: Loyalty | None
    pages: int


def newsletters(site: Site) -> Newsletters:
    """The forms on the first visit's pages but in the checkout."""
    policy = "\n".join(page.seen.text for page in site.of("privacy") if page.seen)
    found: dict[tuple[str, str, str], Newsletter] = {}
    for page in site.pages:
        if page.kind not in _NOT_HERE:
            for one in _on(page, policy):
                found.setdefault((one.purpose, one.leave, one.preset), one)
    return Newsletters(tuple(found.values()), _loyalty(site), len(site.pages))


def _on(page: Page, policy: str) -> list[Newsletter]:
    if page.seen is None:
        return []
    found = []
    for place, form in enumerate(page.seen.forms):
        fields = [field for field in page.seen.fields if field.form == place]
        around = _around(page.seen.html, form.selector) if _takes_mail(fields) else ""
        if _takes_mail(fields) and form.visible and _is_newsletter(page, place, form, fields, around):
            found.append(_read(page, form, fields, f"{form.text}\n{around}", policy))
    return found


def _read(page: Page, form: Form, fields: list[Field], said: str, policy: str) -> Newsletter:
    purpose, leave = words("newsletter_purpose").find(said), words("newsletter_leave").find(said)
    told = leave.quote if leave else ""
    if not told and said in words("privacy_link"):
        told = _in_policy(policy)
    preset = [
        field.selector for field in fields if field.type == "checkbox" and field.preset and field.visible
    ]
    return Newsletter(page.id, form.selector, purpose.quote if purpose else "", told, next(iter(preset), ""))


def _in_policy(policy: str) -> str:
    """Where the privacy policy that the form leads to says how one leaves the newsletter."""
    for named in words("newsletter").find_all(policy):
        near = policy[max(0, named.start - 300) : named.end + 600]
        if (leave := words("newsletter_leave").find(near)) is not None:
            return leave.quote
    return ""


def _takes_mail(fields: list[Field]) -> bool:
    """One address and hardly more is asked for: a form with many fields is another one."""
    typed = [field for field in fields if field.type in _TYPED and field.visible]
    mail = [
        field for field in typed if field.type == "email" or "mail" in f"{field.name} {field.label}".lower()
    ]
    return bool(mail) and len(typed) <= 4 and not any(field.type == "password" for field in typed)


def _is_newsletter(page: Page, place: int, form: Form, fields: list[Field], around: str) -> bool:
    buttons = [one.name for one in page.seen.controls if one.form == place] if page.seen else []
    group = words("newsletter")
    own = "\n".join([form.text, *buttons, *(field.label for field in fields)])
    alone = len([field for field in fields if field.type in _TYPED and field.visible]) == 1
    return own in group or (alone and around in group)


def _around(html: str, selector: str) -> str:
    """The text of the nearest part around the form that says more than the form; a menu is none of it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    try:
        node = tree.css_first(selector)
    except ValueError:
        return ""
    text = ""
    own = len(node.text()) if node is not None else 0
    for _level in range(3):
        node = node.parent if node is not None else None
        if node is None or node.tag in {"body", "main", "footer", "html"}:
            break
        said = re.sub(r"[^\S\n]+", " ", node.text(separator="\n"))
        if len(said) > own + _AROUND or len(node.css("a")) > _MENU:
            break
        text = said
        if len(said) > own + 80:
            break
    return text


def _loyalty(site: Site) -> Loyalty | None:
    group = words("loyalty")
    pages = site.of("home", "category", "product", "basket")
    links = [link for page in site.pages if page.seen for link in page.seen.links if link.text in group]
    for page in pages:
        if page.seen and (found := group.find(page.seen.text)):
            return Loyalty(page.id, found.quote, explained=bool(links))
    return None


FACTS = (newsletters,)

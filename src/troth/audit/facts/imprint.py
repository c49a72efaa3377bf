"""Who stands behind the shop, and how one gets to the page that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.gather.kinds import link_kinds
from troth.audit.parsing import identity
from troth.audit.parsing.addresses import plain
from troth.audit.words import words

ItemName = Literal["name", "address", "email", "second way", "register", "VAT number", "representative"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that identifies the provider: what was found, empty when it is missing.

    `wrong`: a number was found whose check digits do not fit.
    """

    name: ItemName
    found: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The identification of the provider.

    `page`: where it stands, empty when no page with it was seen. `items`: those due in `country` for this
    kind of business. `linked_on`, `unlinked_on`: pages that do and do not lead to it (straight, or by one
    page more). `links`: links called imprint or so, seen anywhere.
    """

    page: str
    country: str
    items: tuple[Item, ...]
    linked_on: tuple[str, ...]
    unlinked_on: tuple[str, ...]
    links: int


def imprint(site: Site) -> Imprint:
    """The provider's identification, on the imprint or, outside Germany and Austria, where else it stands."""
    strict = site.country in ("DE", "AT")
    called = site.of("imprint")
    others = () if strict else site.of("contact", "about", "terms", "help", "privacy", "returns")
    best = max(
        (page for page in [*called, *others] if page.seen and (page in called or _identifies(page.seen))),
        key=lambda page: (page in called, _weight(page, site)),
        default=None,
    )
    country = site.country or (_country(best.seen) if best and best.seen else "")
    direct = {page.id for page in site.pages if page.seen and _leads(page.seen, page, best)}
    addresses = {plain(page.final_url) for page in site.pages if page.id in direct}
    linked = {
        page.id
        for page in site.pages
        if page.seen and (page.id in direct or any(plain(link.href) in addresses for link in page.seen.links))
    }
    return Imprint(
        best.id if best else "",
        country,
        _items(best.seen, country) if best and best.seen else (),
        tuple(page.id for page in site.pages if page.id in linked),
        tuple(page.id for page in site.pages if page.id not in linked),
        sum(
            _is_imprint_link(link.text, link.href)
            for page in site.pages
            if page.seen
            for link in page.seen.links
        ),
    )


def _identifies(seen: Seen) -> bool:
    """Whether a page that is no imprint by name does its work: a register or VAT number, and an address."""
    numbers = [*identity.register_numbers(seen.text), *identity.vat_numbers(seen.text)]
    return bool(numbers) and identity.address(seen.text, "") is not None


def _weight(page: Page, site: Site) -> int:
    found = _items(page.seen, site.country) if page.seen else ()
    return sum(bool(item.found) for item in found)


def _leads(seen: Seen, page: Page, best: Page | None) -> bool:
    """Whether a page is the identification, or links to it by name or by address."""
    if best is not None and (page.id == best.id or (best.kind != "imprint" and _identifies(seen))):
        return True
    target = {plain(best.final_url), plain(best.url)} if best else set[str]()
    return any(_is_imprint_link(link.text, link.href) or plain(link.href) in target for link in seen.links)


def _imprint_links(seen: Seen) -> int:
    return sum(_is_imprint_link(link.text, link.href) for link in seen.links)


def _is_imprint_link(text: str, href: str) -> bool:
    return "imprint" in link_kinds(text, href)


def _country(seen: Seen) -> str:
    """The country that a VAT number or the register names."""
    for number in identity.vat_numbers(seen.text):
        return number.text[:2].upper()
    return ""


def _items(seen: Seen, country: str) -> tuple[Item, ...]:
    text = seen.text
    place = identity.address(text, country)
    form, trader = identity.legal_form(place.above if place else text), identity.sole_trader(text)
    vat = list(identity.vat_numbers(text))
    right = next((number.text for number in vat if number.valid), "")
    items = [
        Item("name", form or (place.name if place else "") or ("sole trader" if trader else "")),
        Item("address", f"{place.street}, {place.city}" if place else ""),
        Item("email", _first(identity.emails(text)) or _scheme(seen, "mailto:")),
        Item("second way", _second_way(seen, country)),
    ]
    company = identity.is_company(form) and not trader
    if company or country == "NL":
        items.append(Item("register", _first(identity.register_numbers(text))))
    if text not in words("small_business"):
        wrong = next((number.text for number in vat), "") if not right else ""
        items.append(Item("VAT number", right, wrong))
    if company and country in ("DE", "AT"):
        found = words("represented_by").find(text)
        items.append(Item("representative", found.quote if found else ""))
    return tuple(items)


def _second_way(seen: Seen, country: str) -> str:
    """A phone number, or a form: the second quick way beside e-mail."""
    number = _first(identity.phones(seen.text, country)) or _scheme(seen, "tel:")
    form = next((form.selector for form in seen.forms if form.region == "main" and form.method == "post"), "")
    link = next(
        (
            link.text
            for link in seen.links
            if "contact" in link_kinds(link.text, "") and link.region == "main"
        ),
        "",
    )
    return number or form or link


def _scheme(seen: Seen, scheme: str) -> str:
    return next((link.href for link in seen.links if link.href.startswith(scheme)), "")


def _first(found: Sequence[str]) -> str:
    return found[0] if found else ""


FACTS = (imprint,)

"""The checkout's forms: filled only when asked to, with data that anyone sees is made up, and never sent off.

A step is left by its own `next` button. Whatever may buy, sign up, subscribe or log in is never clicked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.async_api import Error
from playwright.async_api import Page as LivePage

from troth.audit.artifacts.page import Control, Field, Seen
from troth.audit.gather import choosing

MOST_STEPS = 5
_FILL_MS = 1500
_TICKS = {"checkbox", "radio", "switch"}
_TYPED = {"text", "email", "tel", "number", "search", "textarea", ""}
_NEVER = re.compile(
    r"cc-|card|karte|kaart|iban|bic\b|cvc|cvv|password|passwor[td]|wachtwoord|kennwort|coupon|voucher|gutschein"
    r"|kortings?code|promo|birth|geburt|geboorte|newsletter|nieuwsbrief|comment|bemerkung|opmerking"
    r"|(?<![a-z])(?:vat|btw|ust)(?:[^a-z]|id|n|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Customer:
    """The customer who is no one, at an address that is none, in the shop's country.

    `phone`: a number that the country's regulator keeps for films (Ofcom, Bundesnetzagentur), so that a shop
    that checks its form lets it pass and nobody is called; zeros where there is none.
    """

    first_name: str = "Test"
    last_name: str = "Audit"
    email: str = "audit@example.com"
    phone: str = "0000000000"
    street: str = "Teststreet"
    number: str = "1"
    postcode: str = "1234 AB"
    city: str = "Testcity"


CUSTOMERS = {
    "nl": Customer(street="Teststraat", city="Teststad"),
    "de": Customer(street="Teststraße", postcode="12345", city="Teststadt", phone="+49 30 23125018"),
    "en": Customer(postcode="AB1 2CD", phone="+44 20 7946 0018"),
}

_VALUES: tuple[tuple[re.Pattern[str], Callable[[Customer], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), value)
    for pattern, value in (
        (r"e-?mail", lambda one: one.email),
        (r"\btel|phone|telefoon|telefon|mobil|handy", lambda one: one.phone),
        (r"given-name|first.?name|voornaam|vorname", lambda one: one.first_name),
        (r"family-name|last.?name|surname|achternaam|nachname", lambda one: one.last_name),
        (r"postal|post.?code|\bzip|plz|postleitzahl", lambda one: one.postcode),
        (r"house.?n|huis.?n|hausn|street.?n", lambda one: one.number),
        (r"address-line[23]|address.?2|toevoeging|zusatz|apartment", lambda _one: ""),
        (r"street|straat|stra(?:ss|ß)e|address|adres", lambda one: f"{one.street} {one.number}"),
        (r"address-level2|city|town|plaats|stad\b|\bort\b|stadt", lambda one: one.city),
        (r"\bname\b|naam", lambda one: f"{one.first_name} {one.last_name}"),
    )
)


def value_for(field: Field, customer: Customer) -> str | None:
    """What to write into a field; None where it is not known, not asked for or must not be touched."""
    if field.type not in _TYPED or not field.visible or field.region in {"header", "footer", "nav"}:
        return None
    asked = f"{field.autocomplete} {field.name} {field.label}"
    if _NEVER.search(asked):
        return None
    said = f"{'email' if field.type == 'email' else ''} {'tel' if field.type == 'tel' else ''} {asked}"
    for pattern, value in _VALUES:
        if pattern.search(said.replace("_", " ")):
            return value(customer) or None
    return None


def unknown(seen: Seen, customer: Customer) -> tuple[str, ...]:
    """Labels of required fields that the made-up customer has nothing for: there the walk ends."""
    return tuple(
        field.label or field.name
        for field in seen.fields
        if field.required
        and field.visible
        and field.type not in _TICKS
        and field.type != "select"
        and field.region not in {"header", "footer", "nav"}
        and not field.preset
        and value_for(field, customer) is None
    )


def way_on(seen: Seen) -> Control | None:
    """The button of the next step; None on the last one, where there is a button that buys."""
    return None if choosing.has_final(seen) else choosing.continue_control(seen)


async def fill(page: LivePage, seen: Seen, customer: Customer) -> int:
    """Write the made-up customer into the visible form; how many fields were filled or chosen.

    Selects take their first real option, radio buttons the first of a group where none is chosen. Boxes are
    ticked only where the form demands it.
    """
    filled = 0
    groups = {field.name for field in seen.fields if field.type == "radio" and field.checked}
    for field in seen.fields:
        if field.region in {"header", "footer", "nav"} or not field.visible:
            continue
        value = value_for(field, customer)
        try:
            place = page.locator(field.selector).first
            if value is not None:
                await place.fill(value, timeout=_FILL_MS)
            elif field.type == "select" and field.required:
                await place.evaluate(_CHOOSE, timeout=_FILL_MS)
            elif field.type == "radio" and field.name not in groups:
                await place.evaluate("element => element.click()", timeout=_FILL_MS)
                groups.add(field.name)
            elif field.type == "checkbox" and field.required and not field.checked:
                await place.evaluate("element => element.click()", timeout=_FILL_MS)
            else:
                continue
        except Error:
            continue  # a field that cannot be filled keeps the form from going on, and that is told
        filled += 1
    return filled


_CHOOSE = """select => {
  if (select.value) return;
  const first = [...select.options].find((option) => option.value && !option.disabled);
  if (!first) return;
  select.value = first.value;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  select.dispatchEvent(new Event("change", { bubbles: true }));
}"""

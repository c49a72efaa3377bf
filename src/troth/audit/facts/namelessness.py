"""Controls and pictures that a screen reader can only call “button” or “picture”."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site

_AXE = ("label", "button-name", "link-name", "select-name", "image-alt", "input-image-alt")
_NAMED_BY_THEMSELVES = ("img", "image")
"""Pictures are axe's matter: one without an alternative may be mere decoration."""


@dataclass(frozen=True, slots=True)
class Nameless:
    """A control without a name: what it is and where."""

    page: str
    role: str
    selector: str


@dataclass(frozen=True, slots=True)
class Controls:
    """How many visible controls there are, and those without a name, each selector once."""

    told: int
    nameless: tuple[Nameless, ...]


def controls(site: Site) -> Controls:
    """The controls of the first visit."""
    told = 0
    found: dict[str, Nameless] = {}
    for page in site.pages:
        visible = [c for c in page.seen.controls if c.visible] if page.seen else []
        told += len(visible)
        for control in visible:
            if not control.name.strip() and control.role not in _NAMED_BY_THEMSELVES:
                found.setdefault(control.selector, Nameless(page.id, control.role, control.selector))
        for nameless in _by_axe(page):
            found.setdefault(nameless.selector, nameless)
    return Controls(told, tuple(found.values()))


def _by_axe(page: Page) -> list[Nameless]:
    return [
        Nameless(page.id, violation.rule, selector)
        for violation in page.axe or ()
        if violation.rule in _AXE and not violation.incomplete
        for selector in violation.selectors
    ]


FACTS = (controls,)

"""Which texts can be read: their contrast against the ground behind them."""

import re
from dataclasses import dataclass

from troth.audit.artifacts.page import Seen, TextRun
from troth.audit.facts.site import Site

_PRICE = re.compile(r"[€£$]\s?\d|\d[.,]\d\d\s?(?:€|EUR|£|\$)|\d,-")
_LARGE, _LARGE_BOLD, _BOLD = 24.0, 18.66, 700
_ROUNDING = 0.05


@dataclass(frozen=True, slots=True)
class Unread:
    """A text whose contrast is too low; `needed` is 4.5, or 3 for large text."""

    page: str
    text: str
    selector: str
    contrast: float
    needed: float
    weighty: bool


@dataclass(frozen=True, slots=True)
class Legibility:
    """The texts of the first visit.

    `told` had a contrast that could be told, `weighty` of them are prices and buttons; `unread` are those
    below what is needed, one for each look (colours and size) and page.
    """

    told: int
    read: int
    weighty: int
    weighty_read: int
    unread: tuple[Unread, ...]


def legibility(site: Site) -> Legibility:
    """Contrast of every text; where a picture or a gradient lies behind, nothing can be told."""
    told = read = weighty = weighty_read = 0
    unread: dict[tuple[str, str, str, float], Unread] = {}
    for page in site.pages:
        if page.seen is None:
            continue
        buttons = _buttons(page.seen)
        for run in page.seen.runs:
            if run.contrast is None or run.struck:
                continue
            matters = run.selector in buttons or bool(_PRICE.search(run.text))
            needed = _needed(run)
            good = run.contrast + _ROUNDING >= needed
            told, read = told + 1, read + good
            weighty, weighty_read = weighty + matters, weighty_read + (matters and good)
            if not good:
                look = (page.id, run.foreground, run.background, needed)
                found = Unread(page.id, run.text[:120], run.selector, run.contrast, needed, matters)
                if look not in unread or (matters and not unread[look].weighty):
                    unread[look] = found
    return Legibility(told, read, weighty, weighty_read, tuple(unread.values()))


def _buttons(seen: Seen) -> frozenset[str]:
    return frozenset(control.selector for control in seen.controls if control.role == "button")


def _needed(run: TextRun) -> float:
    large = run.size >= _LARGE or (run.size >= _LARGE_BOLD and run.weight >= _BOLD)
    return 3.0 if large else 4.5


FACTS = (legibility,)

"""What an audit has gathered so far, and how much it may still take."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import get_args

from troth.audit.artifacts.shape import SHOPPING, Failure, Kind, Page, Visit
from troth.audit.gather.failures import sentence
from troth.audit.gather.visit import PLAIN, Wants
from troth.errors import TrothError
from troth.texts import _

_TYPES: frozenset[Kind] = frozenset({*SHOPPING, "contact", "withdrawal"})
"""Kinds of pages that look different; all others are pages of words in the same frame."""


@dataclass(slots=True)
class Haul:
    """Pages and failures as they come in, from all visits at once.

    Args:
        shop: The address that the audit began at, after its redirects.
        pages_most: At most so many pages.
        until: When the time is up, by `time.monotonic`.
        axe: Whether axe-core is run, once a kind of page.
        screenshots: Whether pictures of whole pages are taken, once a kind of page.
        tell: Told of every page before it is opened.
    """

    shop: str
    pages_most: int
    until: float
    axe: bool = True
    screenshots: bool = False
    tell: Callable[[Visit, Kind, str], None] = lambda _visit, _kind, _url: None
    pages: list[Page] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    robots: list[str] = field(default_factory=list)
    opened: int = 0
    refused: bool = False
    """Whether a page was left out because the time or the number of pages was used up."""
    _examined: set[Kind] = field(default_factory=set)

    @property
    def left_s(self) -> float:
        """Seconds until the time is up; never below zero."""
        return max(0.0, self.until - monotonic())

    @property
    def full(self) -> bool:
        """Whether no further page may be opened."""
        return self.opened >= self.pages_most or self.left_s <= 0

    def take(self) -> bool:
        """Count a page that is about to be opened; False where it may not be, which is then told."""
        if self.full:
            self.refused = True
            return False
        self.opened += 1
        return True

    def of(self, visit: Visit, *kinds: Kind) -> list[Page]:
        """The pages of a visit that could be seen, of these kinds, of all where none is named."""
        return [p for p in self.pages if p.visit == visit and p.seen and (not kinds or p.kind in kinds)]

    def wants(self, visit: Visit, kind: Kind) -> Wants:
        """What to gather of a page beyond the plain look: the costly things once for each type of page."""
        if visit != "first":
            return PLAIN
        type_ = kind if kind in _TYPES else "other"
        new = type_ not in self._examined
        self._examined.add(type_)
        return Wants(axe=self.axe and new, screenshot=self.screenshots and new, logo=True)

    def forget(self, kind: Kind) -> None:
        """Let the next page of a kind be looked at in full, as the last one turned out to be another."""
        self._examined.discard(kind)

    def add(self, page: Page) -> None:
        """Keep a page, under an id of its own; one that could not be seen is named among the failures too."""
        taken = {other.id for other in self.pages}
        name = f"{page.visit}-{page.kind}"
        names = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
        page = replace(page, id=next(name for name in names if name not in taken))
        self.pages.append(page)
        if page.failure:
            self.miss(page.kind, page.url, page.failure, sentence(page.failure))

    def sorted_pages(self) -> tuple[Page, ...]:
        """All pages: visit by visit, the walk's in its order, then the others, each kind as it was seen."""
        visits, kinds = get_args(Visit), [*SHOPPING, *get_args(Kind)]
        return tuple(
            sorted(
                self.pages,
                key=lambda page: (
                    visits.index(page.visit),
                    kinds.index(page.kind),
                    page.taken_at_ms,
                    page.id,
                ),
            )
        )

    def miss(self, what: str, where: str, code: str, message: str) -> None:
        """Note what could not be gathered, once."""
        failure = Failure(what, where, code, message)
        if failure not in self.failures:
            self.failures.append(failure)

    def stumble(self, what: str, where: str, fault: Exception) -> None:
        """Note a part of the audit that broke; the rest goes on."""
        code = fault.code if isinstance(fault, TrothError) else type(fault).__name__
        text = (
            fault.message
            if isinstance(fault, TrothError)
            else str(fault).splitlines()[0][:300]
            if str(fault)
            else ""
        )
        self.miss(what, where, code, text or _("This part of the audit broke off."))

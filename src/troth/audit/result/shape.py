"""An audit's result: everything that its page, its JSON and its other forms show. `troth-audit/1`.

Scores and gains are in points of 0 to 100. Texts are in the result's language; ids never change with it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from troth.audit.artifacts.price import SeenPrice
from troth.audit.artifacts.shape import Failure, Kind, Step, Visit
from troth.audit.facts.promises import PromiseKind, Unit
from troth.audit.rule import Category, Touchpoint
from troth.audit.scoring import Cell, Score, Stability
from troth.audit.verdict import Confidence, State

SCHEMA: Final = "troth-audit/1"


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule stands on; `since`: the day a law began to apply, as ISO text."""

    id: str
    kind: Literal["study", "law", "guideline", "practice"]
    title: str
    since: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A proof with the page it is on. `picture`: a cut-out of the page (WebP in base64), or empty."""

    page: str
    url: str
    kind: Kind
    visit: Visit
    note: str
    quote: str
    selector: str
    picture: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule said, with all that a reader needs to believe it and to mend it.

    `title`: what was found where it passed or failed, else the question that stays open. `gain`: the points
    that the score gains if the rule passed and nothing else changed. `version`: the rule's.
    """

    rule: str
    version: int
    category: Category
    touchpoint: Touchpoint
    mechanism: str
    tags: tuple[str, ...]
    state: State
    score: float | None
    title: str
    reason: str
    advice: str
    confidence: Confidence
    weight: float
    gate: bool
    gain: float
    sources: tuple[Source, ...]
    proofs: tuple[Shown, ...]

    def line(self) -> str:
        """Title and reason as one line of text."""
        return f"{self.title}{'' if self.title.endswith('?') else '.'} {self.reason}"


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that was visited, whether it could be seen or not."""

    id: str
    visit: Visit
    kind: Kind
    url: str
    status: int | None
    failure: str


@dataclass(frozen=True, slots=True)
class SitePromise:
    """A promise that the site makes in figures: from `least` to `most` of `unit` (see `facts.promises`).

    `quote`: the site's words, empty where the structured data say it.
    """

    kind: PromiseKind
    least: float
    most: float
    unit: Unit
    url: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The whole. `findings`: first what mending brings most, then what to look at, then the rest.

    `ratio` and `gate_cap` are the parameters in force; `taken_at` is ISO text in UTC. `prices`: what was
    asked for products, for later audits to compare with.
    """

    schema: Literal["troth-audit/1"]
    version: str
    language: str
    shop: str
    taken_at: str
    browser: str
    score: Score
    complete: bool
    stability: Stability
    ratio: float
    gate_cap: float
    findings: tuple[Finding, ...]
    grid: tuple[Cell, ...]
    promises: tuple[SitePromise, ...]
    pages: tuple[Visited, ...]
    walk: tuple[Step, ...]
    failures: tuple[Failure, ...]
    prices: tuple[SeenPrice, ...] = ()

"""The fixed words of Troth: preconditions, mechanisms and severities, with their names and definitions.

The set of ten mechanisms under three preconditions follows Eric Eller, *VertrauensArchitektur* (Vahlen
2022) and elaboratum's published summary; nine of the ten names are documented there, *clarity* as the tenth
is inferred. The definitions are our own.
"""

from dataclasses import dataclass
from typing import Literal

from troth.texts import Lazy, lazy


@dataclass(frozen=True, slots=True)
class Precondition:
    """One of the three convictions a customer needs before trusting.

    `name` and `definition` follow the language.
    """

    id: str
    name: Lazy
    definition: Lazy


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One of the ten psychological mechanisms; `no` is its stable number in the ledger (0 to 9)."""

    no: int
    id: str
    precondition: str
    name: Lazy
    definition: Lazy


@dataclass(frozen=True, slots=True)
class Severity:
    """How bad a bad experience is.

    `weight` is its default size in milli-units; 1000 is one ordinary good experience.
    """

    level: int
    id: str
    weight: int
    name: Lazy
    definition: Lazy


PRECONDITIONS: tuple[Precondition, ...] = (
    Precondition("willing", lazy("Willing"), lazy("The company wants to act in my interest.")),
    Precondition("able", lazy("Able"), lazy("The company can keep what it promises.")),
    Precondition("assessable", lazy("Assessable"), lazy("I can judge the company beforehand.")),
)

MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(0, "benevolence", "willing", lazy("Benevolence"),
              lazy("The company cares for my good beyond its own profit.")),
    Mechanism(1, "integrity", "willing", lazy("Integrity"),
              lazy("Word and deed match, and the same rules hold for all.")),
    Mechanism(2, "interests", "willing", lazy("Shared interests"),
              lazy("It gains when I gain and has nothing to win by cheating me.")),
    Mechanism(3, "accountability", "willing", lazy("Accountability"),
              lazy("Misconduct has consequences: guarantee, recourse, an ombudsman.")),
    Mechanism(4, "reciprocity", "willing", lazy("Reciprocity"),
              lazy("It trusts me first: goodwill without proof, easy returns.")),
    Mechanism(5, "ability", "able", lazy("Ability"),
              lazy("It can do, and protect, what it promises.")),
    Mechanism(6, "reliability", "able", lazy("Reliability"),
              lazy("It delivers every time, on time and complete.")),
    Mechanism(7, "familiarity", "assessable", lazy("Familiarity"),
              lazy("I know what to expect, it knows me, and it is the same everywhere.")),
    Mechanism(8, "reputation", "assessable", lazy("Reputation"),
              lazy("Others whose judgement counts speak well of it.")),
    Mechanism(9, "clarity", "assessable", lazy("Clarity"),
              lazy("Costs, process, status and reasons are plain beforehand.")),
)  # fmt: skip

GOOD_WEIGHT = 1000
"""One ordinary good experience, in milli-units."""

SEVERITIES: tuple[Severity, ...] = (
    Severity(1, "S1", 300, lazy("Friction"), lazy("It rubbed: a wait, a detour, an unclear word.")),
    Severity(2, "S2", 1000, lazy("Failure"), lazy("A promise was broken; time or a little money was lost.")),
    Severity(3, "S3", 3000, lazy("Serious"), lazy("The customer was really harmed or left alone.")),
    Severity(
        4, "S4", 8000, lazy("Critical"), lazy("Deception, lost data, or a threat to someone's livelihood.")
    ),
)

PRECONDITION_IDS: tuple[str, ...] = tuple(p.id for p in PRECONDITIONS)
MECHANISM_IDS: tuple[str, ...] = tuple(m.id for m in MECHANISMS)
SEVERITY_IDS: tuple[str, ...] = tuple(s.id for s in SEVERITIES)
MECHANISM_BY_ID: dict[str, Mechanism] = {m.id: m for m in MECHANISMS}

TOPICS: tuple[str, ...] = (
    "advertising", "website", "app", "advice", "product", "price", "order", "payment", "invoice", "delivery",
    "returns", "warranty", "service", "complaint", "account", "contract", "claim", "outage", "place",
    "loyalty",
)  # fmt: skip
"""What customers speak of when they write, in the order of the journey.

A topic's place here is its number (0 to 19) in stored readings; a blueprint says which touchpoint it is.
"""

SiteTouchpoint = Literal[
    "arrival", "search", "product", "basket", "checkout", "terms", "service", "everywhere"
]
"""Where on a shop's website a customer meets what an audit looks at."""

TimedPromise = Literal["delivery-time", "dispatch-time", "refund-time", "answer-time"]
"""Promises of a website that say how long something takes: these can be compared with what was lived."""

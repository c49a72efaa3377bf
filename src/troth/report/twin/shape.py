"""The twin's shape: everything that the HTML page draws, and nothing of it in words.

Trust figures are in points (0 to 100, 50 is neutral); evidence, balance and owed are in ordinary good
experiences; shares and the uncertainty mass are 0 to 1; times are UTC. Numbers are not rounded: that is
the display's work.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from troth.blueprint.parameters import Origin
from troth.insight.company import Company
from troth.insight.critical import CriticalMoments
from troth.insight.outcomes import OutcomeRanking
from troth.insight.quality import DataQuality
from troth.insight.segments import Segment
from troth.insight.touchpoints import CellTrust, TouchpointTrust
from troth.insight.voices import Voices
from troth.report.twin.designed import Designed

SCHEMA: Final = "troth-twin/1"


@dataclass(frozen=True, slots=True)
class Names:
    """A name per language; None falls back to English, then to any other, then to the id."""

    en: str | None
    de: str | None
    nl: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id and names: a phase, a segment, an outcome."""

    id: str
    name: Names


@dataclass(frozen=True, slots=True)
class TouchpointName:
    """A touchpoint and the phase it belongs to; None for one that only ready-made experiences name."""

    id: str
    phase: str | None
    name: Names


@dataclass(frozen=True, slots=True)
class Source:
    """A rule or promise: the record kind it reads, its touchpoint, and each mechanism's share (sum 1)."""

    id: str
    type: Literal["rule", "promise"]
    kind: str
    touchpoint: str
    mechanisms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Journey:
    """The journey as designed, in its order."""

    name: Names
    phases: tuple[Named, ...]
    touchpoints: tuple[TouchpointName, ...]
    segments: tuple[Named, ...]
    outcomes: tuple[Named, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ReadOut:
    """When the report was taken: the instant, its UTC day, and where it is from (see `ledger.Moment`)."""

    at: datetime
    day: date
    origin: Literal["given", "data", "clock"]


@dataclass(frozen=True, slots=True)
class SeverityParameter:
    """The weight of one severity, in ordinary good experiences before the ratio (0.3 for S1 by default)."""

    severity: str
    weight: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class MechanismParameters:
    """The arithmetic of one mechanism; half-lives in days, severities as they weigh for it.

    An origin is `blueprint` (with its line), `preset` (with its name) or `default`.
    """

    mechanism: str
    precondition: str
    ratio: float
    ratio_origin: Origin
    half_life_good_days: float
    half_life_bad_days: float
    half_life_origin: Origin
    severities: tuple[SeverityParameter, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is in force and where it is from.

    `severities`: where a mechanism has none of its own.
    `interval`: level of every interval, 0.9 by default; `enough_evidence`: greatest uncertainty mass
    that still reads as known; `resamples`, `seed`: of the bootstrap.
    """

    mechanisms: tuple[MechanismParameters, ...]
    severities: tuple[SeverityParameter, ...]
    interval: float
    interval_origin: Origin
    enough_evidence: float
    resamples: int
    seed: int


@dataclass(frozen=True, slots=True)
class Twin:
    """The report as data. `schema` names this shape; `version` is that of the program."""

    schema: Literal["troth-twin/1"]
    version: str
    read_out: ReadOut
    journey: Journey
    company: Company
    touchpoints: tuple[TouchpointTrust, ...]
    cells: tuple[CellTrust, ...]
    critical: CriticalMoments
    segments: tuple[Segment, ...]
    outcomes: tuple[OutcomeRanking, ...]
    data: DataQuality
    parameters: Parameters
    designed: Designed | None = None
    """The website as audited, beside what was lived; None when no audit was laid beside."""
    voices: Voices | None = None
    """What customers say; None where no rule reads what they write."""

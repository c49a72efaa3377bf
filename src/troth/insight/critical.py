"""Critical moments: where trust is lost, ranked by what the company index would gain if it stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from troth.insight.estimate import Estimate
from troth.insight.pooled import Evidence


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """A record behind a critical moment; never a customer's id.

    `kind`: record kind (None for ready-made experiences). `source`: id of the rule or promise.
    `record`: the record's key. `severity`: 1 to 4. `weight`: size when it happened, `remaining`: size
    at the read-out, both as positive numbers of ordinary good experiences.
    """

    kind: str | None
    source: str
    record: str
    at: datetime
    severity: int
    weight: float
    remaining: float


@dataclass(frozen=True, slots=True)
class CriticalMoment:
    """A cell that costs trust.

    `rank`: 1 is the costliest; `rank_low` to `rank_high`: the interval of its rank. `cost`: points the
    company index would gain if the cell's bad experiences had not been. `certain`: whether that
    interval excludes 0. `score`: the cell's own trust, points. `customers`: customers with a bad
    experience here; `customer_share`: their share of all customers with evidence. `friction_share`:
    share of S1 frictions in the cell's bad evidence; `course`: "creeping" from one half on, else
    "breaking". `examples`: up to three, heaviest remaining first, then the most recent.
    """

    rank: int
    rank_low: int
    rank_high: int
    touchpoint: str
    mechanism: str
    cost: Estimate
    certain: bool
    score: Estimate
    evidence: Evidence
    customers: int
    customer_share: float
    friction_share: float
    course: Literal["creeping", "breaking"]
    examples: tuple[ExampleRecord, ...]


@dataclass(frozen=True, slots=True)
class UnknownCell:
    """A cell with bad experiences but too little evidence to rank (uncertainty mass above 0.3)."""

    touchpoint: str
    mechanism: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CriticalMoments:
    """The ranked cells, costliest first, and those that are not known well enough, in the journey's order."""

    ranked: tuple[CriticalMoment, ...]
    unknown: tuple[UnknownCell, ...]

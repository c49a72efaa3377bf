"""The company index: where trust stands, who holds it, and how it went."""

from dataclasses import dataclass
from datetime import date

from troth.insight.estimate import Estimate
from troth.insight.pooled import PooledTrust


@dataclass(frozen=True, slots=True)
class Standing:
    """Customers with any evidence, by where they stand: `total = above + level + below + unknown`.

    `unknown` are those with too little evidence to say (uncertainty mass above 0.3); `level` are
    exactly neutral.
    """

    total: int
    above: int
    level: int
    below: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the evidence the busiest customers hold.

    `customers`: how many make up the top 1 % (at least one). `share`: their share of all remaining
    evidence, 0 to 1. `notable`: whether that is more than 20 %, so that the index speaks of few.
    """

    customers: int
    share: float
    notable: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The index at the end of every UTC day of the period.

    All lists are aligned with `days` and in points; None where nothing was known yet. `low`, `high`: the
    band. `willing`, `able`, `assessable`: the three preconditions. `change`: index now minus index at the
    end of `compared_with`, with the interval of that difference; None when the records do not reach back
    so far.
    """

    days: tuple[date, ...]
    index: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    willing: tuple[float | None, ...]
    able: tuple[float | None, ...]
    assessable: tuple[float | None, ...]
    compared_with: date | None
    change: Estimate | None


@dataclass(frozen=True, slots=True)
class Company:
    """The company index and what stands beside it."""

    trust: PooledTrust
    standing: Standing
    concentration: Concentration
    trend: Trend

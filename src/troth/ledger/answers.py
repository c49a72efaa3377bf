"""What the ledger answers with. Evidence is in ordinary good experiences, scores are 0 to 1, days are UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from troth.ledger.arithmetic import Floats

Dimension: TypeAlias = Literal["customer", "touchpoint", "mechanism", "precondition", "segment", "day"]
Group: TypeAlias = dict[str, str]
"""What a row stands for: an id per dimension; a segment as `segment=value`, a day as `2026-01-31`."""

Only: TypeAlias = Mapping[str, str | list[str] | tuple[str, ...]]
"""Which part of the evidence counts: a dimension's id or ids, a segment as `segment=value`; all must hold."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A read-out time.

    Attributes:
        at_ms: UTC epoch milliseconds; an experience at exactly this time counts.
        day: its UTC day since 1970-01-01; evidence of that day has the age 0.
        origin: where it is from: given, the newest moment the data speak of, or the clock.
    """

    at_ms: int
    day: int
    origin: Literal["given", "data", "clock"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that a rule or promise left out though it applied, by the reason's code."""

    source: str
    reason: str
    records: int


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    Attributes:
        rebuilt: False when everything was up to date.
        experiences: in the ledger now, whenever they are dated.
        customers: whom the records name, with or without an experience.
        left_out: what gave no experience though a rule applied.
    """

    rebuilt: bool
    experiences: int
    customers: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class TrustRow:
    """Trust of one group.

    Attributes:
        group: what the row stands for; empty for the whole.
        good: S⁺, remaining good evidence.
        bad: S⁻, remaining bad evidence, positive.
        balance: S⁺ − ρS⁻, every mechanism with its own ratio.
        owed: ordinary good experiences that would level the balance today.
        score: T of a mechanism or precondition, else G of the three preconditions.
        low: lower limit of the score's interval; None when no intervals were asked for.
        high: upper limit.
        unknown: uncertainty mass, 0 to 1; above 0.3 there is not enough evidence.
        n: experiences up to the read-out time, not decayed.
    """

    group: Group
    good: float
    bad: float
    balance: float
    owed: float
    score: float
    low: float | None
    high: float | None
    unknown: float
    n: int


@dataclass(frozen=True, slots=True)
class ShardSums:
    """Evidence at one moment by group and shard, for the bootstrap over customers.

    Attributes:
        groups: what each row stands for.
        sums: [groups, 2, 10, shards]: good and bad evidence by mechanism, both positive.
        n: [groups, 2, 10]: experiences, good and bad by mechanism, not decayed.
    """

    groups: tuple[Group, ...]
    sums: Floats
    n: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Series:
    """Evidence at the end of every day.

    Attributes:
        groups: what each row stands for.
        days: the UTC days.
        sums: [groups, 2, 10, days]: good and bad evidence by mechanism, both positive.
        n: [groups, 2, 10, days]: experiences up to the end of the day, not decayed.
        by_shard: [groups, 2, 10, shards, days]: the sums by groups of customers, where these were asked for.
    """

    groups: tuple[Group, ...]
    days: range
    sums: Floats
    n: NDArray[np.int64]
    by_shard: Floats | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a customer behind an experience, masked.

    Attributes:
        text: the sentence that tells of it; empty where only the stars do.
        marks: where the words stand in it that prove it, as begin and end.
        contradicts: whether stars and words of the record say the opposite of each other.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class ExplainedExperience:
    """One experience of a customer.

    Attributes:
        id: `source/record/mechanism`, a promise's step with its severity added.
        at_ms: when it was, UTC epoch milliseconds.
        touchpoint: id.
        mechanism: id.
        source: id of the rule or promise, or `import`.
        record: key of the record.
        severity: 0 good, 1 to 4 bad.
        weight: as it was, signed milli-units.
        remaining: what is left of it, signed, in units of 2⁻⁴⁰ milli-units; exact.
        share: its part of the balance: `remaining` times 1000, a bad one times its ratio in thousandths;
            exact, and they add up to the explanation's `balance`.
        quote: the customer's words, where the experience came from reading them.
    """

    id: str
    at_ms: int
    touchpoint: str
    mechanism: str
    source: str
    record: str
    severity: int
    weight: int
    remaining: int
    share: int
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every experience of a customer up to the read-out time, oldest first, and what they add up to.

    `unit` is one ordinary good experience in the units of `share` and `balance`.
    """

    customer: str
    at: Moment
    experiences: tuple[ExplainedExperience, ...]
    balance: int
    unit: int
    trust: TrustRow

"""Trust of pooled evidence: the part that a company, a touchpoint and a segment have in common."""

from dataclasses import dataclass

from troth.insight.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that remains at the read-out.

    `good`, `bad`: sums of the remaining weights, in ordinary good experiences, both positive.
    `balance`: good minus ratio times bad. `owed`: how many ordinary good experiences would level it
    today. `unknown`: uncertainty mass, 0 to 1. `experiences`, `bad_experiences`: counts up to the read-
    out, not decayed.
    """

    good: float
    bad: float
    balance: float
    owed: float
    unknown: float
    experiences: int
    bad_experiences: int


@dataclass(frozen=True, slots=True)
class PreconditionTrust:
    """One of the three preconditions.

    `score`: points; None when there is no evidence at all (it then enters the index as neutral).
    `known`: whether the uncertainty mass is at most 0.3. `shortfall_share`: its part in what keeps the
    index below 100; the three add up to 1.
    """

    precondition: str
    score: Estimate | None
    known: bool
    shortfall_share: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PooledTrust:
    """The index of a body of evidence, in points.

    `index`: None when there is no evidence. `known`: whether the uncertainty mass is at most 0.3; what
    is not known is named, never ranked. `preconditions`: the three, in the vocabulary's order.
    `weakest`: id of the lowest one among those with evidence.
    """

    index: Estimate | None
    known: bool
    evidence: Evidence
    preconditions: tuple[PreconditionTrust, ...]
    weakest: str | None

"""Trust at every touchpoint, in the journey's order, and in every cell of the grid touchpoint × mechanism."""

from dataclasses import dataclass

from troth.insight.estimate import Estimate
from troth.insight.pooled import Evidence, PooledTrust


@dataclass(frozen=True, slots=True)
class TouchpointTrust:
    """One touchpoint of the blueprint, observed or not.

    `volume_share`: its part of all experiences. `series`: its index at the end of every day of the
    trend's `days`, in points; None where too little was known.
    """

    touchpoint: str
    trust: PooledTrust
    volume_share: float
    series: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class CellTrust:
    """One observed cell.

    `score`: points. `known`: whether the uncertainty mass is at most 0.3. Unobserved cells are left
    out.
    """

    touchpoint: str
    mechanism: str
    score: Estimate
    known: bool
    evidence: Evidence

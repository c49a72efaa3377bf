"""Critical moments: where trust is lost, ranked by what the company index would gain if it stopped.

The gain is an exact recomputation of the company index without the cell's bad experiences; its interval is
that of the difference over the same bootstrap. docs/method/critical-moments.md says what it can show and what
not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

import numpy as np
from scipy.stats import rankdata

from troth.insight.basis import Basis
from troth.insight.draws import drawn_index
from troth.insight.estimate import Estimate, estimate
from troth.insight.incidents import ExampleRecord, Incidents, incidents
from troth.insight.pooled import Evidence
from troth.insight.touchpoints import CellTrust
from troth.ledger.arithmetic import Floats
from troth.vocabulary import MECHANISM_IDS


@dataclass(frozen=True, slots=True)
class CriticalMoment:
    """A cell that costs trust.

    `rank`: 1 is the costliest; `rank_low` to `rank_high`: the interval of its rank. `cost`: points the
    company index would gain if the cell's bad experiences had not been. `certain`: whether that interval
    excludes 0. `score`: the cell's own trust, points. `customers`: customers with a bad experience here;
    `customer_share`: their share of all customers with an experience. `friction_share`: share of S1 frictions
    in the cell's bad evidence; `course`: "creeping" from one half on, else "breaking". `examples`: up to
    three, heaviest remaining first.
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


def critical_moments(basis: Basis, cells: Sequence[CellTrust]) -> CriticalMoments:
    """Rank those of `cells` that have bad experiences and enough evidence."""
    hurt = [cell for cell in cells if cell.evidence.bad > 0]
    known = [cell for cell in hurt if cell.known]
    unknown = tuple(UnknownCell(c.touchpoint, c.mechanism, c.evidence) for c in hurt if not c.known)
    if not known:
        return CriticalMoments((), unknown)
    costs, draws = gains(basis, [_place(basis, cell) for cell in known])
    order = np.argsort(-costs, kind="stable")
    ranks = _rank_limits(draws, basis.settings.interval)
    lived = incidents(basis)
    return CriticalMoments(
        tuple(
            _moment(
                place + 1,
                (ranks[0][row], ranks[1][row]),
                known[row],
                estimate(float(costs[row]), draws[row], basis.settings.interval),
                lived,
            )
            for place, row in enumerate(order)
        ),
        unknown,
    )


def gains(basis: Basis, places: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """What the company index gains without the bad evidence of each cell.

    A cell is the row of its touchpoint and the number of its mechanism.

    Returns:
        The gains in points, [cells], and their draws, [cells, resamples].
    """
    company = basis.sums.sum(axis=0)
    worlds = np.stack([company] * (1 + len(places)))  # as it is, then without each cell
    for world, (touchpoint, mechanism) in zip(worlds[1:], places, strict=True):
        others = np.arange(len(basis.touchpoints)) != touchpoint
        world[1, mechanism] = basis.sums[others, 1, mechanism].sum(axis=0)
    values, draws = drawn_index(worlds, basis)
    return values[1:] - values[0], np.maximum(draws[1:] - draws[0], 0.0)


def _rank_limits(draws: Floats, level: float) -> tuple[list[int], list[int]]:
    ranks = rankdata(-draws, method="min", axis=0)
    low, high = np.quantile(ranks, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return [floor(rank) for rank in low], [ceil(rank) for rank in high]


def _moment(
    rank: int, ranks: tuple[int, int], cell: CellTrust, cost: Estimate, lived: Incidents
) -> CriticalMoment:
    incident = lived.cells[cell.touchpoint, cell.mechanism]
    return CriticalMoment(
        rank=rank,
        rank_low=min(rank, ranks[0]),
        rank_high=max(rank, ranks[1]),
        touchpoint=cell.touchpoint,
        mechanism=cell.mechanism,
        cost=cost,
        certain=cost.low > 0,
        score=cell.score,
        evidence=cell.evidence,
        customers=incident.customers,
        customer_share=incident.customers / lived.customers,
        friction_share=incident.friction_share,
        course="creeping" if incident.friction_share >= 0.5 else "breaking",
        examples=incident.examples,
    )


def _place(basis: Basis, cell: CellTrust) -> tuple[int, int]:
    return basis.touchpoints.index(cell.touchpoint), MECHANISM_IDS.index(cell.mechanism)

"""Trust at every touchpoint, with its series, and in every cell of the grid touchpoint × mechanism."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from troth.insight.basis import Basis
from troth.insight.days import day_of
from troth.insight.estimate import Estimate
from troth.insight.pooled import Evidence, PooledTrust, pooled_trust
from troth.ledger import daily_series, read_out
from troth.ledger.arithmetic import ENOUGH, Floats, index
from troth.vocabulary import MECHANISM_IDS

Points = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TouchpointTrust:
    """One touchpoint, observed or not.

    `volume_share`: its part of all experiences. `series`: its index at the end of every day of the trend's
    `days`, in points; None where too little was known.
    """

    touchpoint: str
    trust: PooledTrust
    volume_share: float
    series: Points


@dataclass(frozen=True, slots=True)
class CellTrust:
    """One observed cell; `score` in points, `known`: whether the uncertainty mass is at most 0.3."""

    touchpoint: str
    mechanism: str
    score: Estimate
    known: bool
    evidence: Evidence


def touchpoints(basis: Basis, days: Sequence[date]) -> tuple[TouchpointTrust, ...]:
    """Every touchpoint with its series over `days`, which follow each other and end with the read-out's."""
    series = _series(basis, days)
    total = max(1, int(basis.n.sum()))
    return tuple(
        TouchpointTrust(
            touchpoint=touchpoint,
            trust=pooled_trust(basis.sums[row], basis.n[row], basis),
            volume_share=int(basis.n[row].sum()) / total,
            series=series.get(touchpoint, (None,) * len(days)),
        )
        for row, touchpoint in enumerate(basis.touchpoints)
    )


def _series(basis: Basis, days: Sequence[date]) -> dict[str, Points]:
    if not days:
        return {}
    found = daily_series(
        basis.store, basis.settings, day_of(days[0]), day_of(days[-1]), by=("touchpoint",), only=basis.only
    )
    return {
        group["touchpoint"]: _points(np.moveaxis(sums, -1, 0), basis)
        for group, sums in zip(found.groups, found.sums, strict=True)
    }


def _points(sums: Floats, basis: Basis) -> Points:
    good, bad = sums[:, 0], sums[:, 1]
    values = 100 * index(basis.pools.preconditions(good, bad).score)
    known = basis.pools.unknown(good, bad) <= ENOUGH
    return tuple(float(value) if k else None for value, k in zip(values, known, strict=True))


def cells(basis: Basis) -> tuple[CellTrust, ...]:
    """All observed cells, touchpoints in the journey's order and mechanisms in the vocabulary's."""
    found = {}
    by = ("touchpoint", "mechanism")
    for row in read_out(basis.store, basis.settings, by=by, at=basis.at, only=basis.only):
        touchpoint, mechanism = row.group["touchpoint"], row.group["mechanism"]
        place = basis.touchpoints.index(touchpoint), MECHANISM_IDS.index(mechanism)
        low, high = (row.score if limit is None else limit for limit in (row.low, row.high))
        found[place] = CellTrust(
            touchpoint=touchpoint,
            mechanism=mechanism,
            score=Estimate(100 * row.score, 100 * low, 100 * high),
            known=row.unknown <= ENOUGH,
            evidence=Evidence(
                good=row.good,
                bad=row.bad,
                balance=row.balance,
                owed=row.owed,
                unknown=row.unknown,
                experiences=row.n,
                bad_experiences=int(basis.n[place[0], 1, place[1]]),
            ),
        )
    return tuple(found[place] for place in sorted(found))

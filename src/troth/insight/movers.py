"""What moved the company index since an earlier day: every touchpoint's and every mechanism's part.

The part of a touchpoint is an exact recomputation: how much higher the index stands now than it would if the
evidence there were still what it was then. Parts need not add up to the change, since the index is a product.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from troth.insight.basis import Basis, Counts
from troth.insight.days import date_of
from troth.insight.draws import drawn_index
from troth.insight.estimate import Estimate, estimate
from troth.ledger.arithmetic import ENOUGH, Floats
from troth.vocabulary import MECHANISM_IDS


@dataclass(frozen=True, slots=True)
class Mover:
    """A touchpoint or mechanism (`id`) and its part in the change.

    `change`: points by which the index stands higher for it; `certain`: whether that interval leaves 0 aside.
    `experiences`, `bad_experiences`: those since then.
    """

    id: str
    change: Estimate
    certain: bool
    experiences: int
    bad_experiences: int


@dataclass(frozen=True, slots=True)
class Movers:
    """The change of the index since the end of `since`, and what moved it, the greatest first.

    `change`: points; None where too little was known then or is known now; then nothing has moved it.
    """

    since: date
    change: Estimate | None
    touchpoints: tuple[Mover, ...]
    mechanisms: tuple[Mover, ...]


def movers(now: Basis, then: Basis) -> Movers:
    """Compare two read-outs of one ledger; `then` is the earlier one."""
    since = date_of(then.at.day)
    before = _aligned(now, then)
    company, earlier = now.sums.sum(axis=0), before.sum(axis=0)
    if not (_known(company, now) and _known(earlier, now)):
        return Movers(since, None, (), ())
    worlds = [company, earlier]
    for place in range(len(now.touchpoints)):
        others = np.arange(len(now.touchpoints)) != place
        worlds.append(now.sums[others].sum(axis=0) + before[place])
    for mechanism in range(len(MECHANISM_IDS)):
        world = company.copy()
        world[:, mechanism] = earlier[:, mechanism]
        worlds.append(world)
    values, draws = drawn_index(np.stack(worlds), now)
    level = now.settings.interval
    changes = [
        estimate(float(values[0] - value), draws[0] - drawn, level)
        for value, drawn in zip(values[1:], draws[1:], strict=True)
    ]
    n = now.n - _aligned_counts(now, then)
    first = 1 + len(now.touchpoints)
    return Movers(
        since,
        changes[0],
        _ranked(now.touchpoints, changes[1:first], n.sum(axis=2)),
        _ranked(MECHANISM_IDS, changes[first:], n.sum(axis=0).T),
    )


def _ranked(ids: tuple[str, ...], changes: list[Estimate], n: Counts) -> tuple[Mover, ...]:
    """Those that moved at all; `n` is [ids, 2], good and bad experiences since then."""
    found = [
        Mover(id_, change, not change.low <= 0 <= change.high, int(counts.sum()), int(counts[1]))
        for id_, change, counts in zip(ids, changes, n, strict=True)
        if counts.any() or change.value
    ]
    return tuple(sorted(found, key=lambda mover: -abs(mover.change.value)))


def _known(sums: Floats, basis: Basis) -> bool:
    return float(basis.pools.unknown(*sums.sum(axis=-1))) <= ENOUGH


def _aligned(now: Basis, then: Basis) -> Floats:
    """The earlier evidence in the rows of the later one."""
    aligned = np.zeros_like(now.sums)
    for row, touchpoint in enumerate(then.touchpoints):
        aligned[now.touchpoints.index(touchpoint)] = then.sums[row]
    return aligned


def _aligned_counts(now: Basis, then: Basis) -> Counts:
    aligned = np.zeros_like(now.n)
    for row, touchpoint in enumerate(then.touchpoints):
        aligned[now.touchpoints.index(touchpoint)] = then.n[row]
    return aligned

"""Two groups of customers beside each other: how far apart they stand, and where they differ most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from troth.errors import UsageError, nearest
from troth.insight.basis import Basis, Counts
from troth.insight.draws import drawn_index
from troth.insight.estimate import Estimate, estimate
from troth.insight.holm import holm
from troth.insight.pooled import PooledTrust, pooled_trust
from troth.ledger import shard_sums
from troth.ledger.arithmetic import ENOUGH, Floats, Pools
from troth.ledger.bootstrap import FEWEST, draw, replicate
from troth.ledger.dictionaries import LIVED
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A touchpoint or a mechanism in both groups, in points.

    `customers`: how many of each group lived it. `difference`: the first minus the second; None where either
    has too little evidence or fewer than 30 customers. `p_value`: adjusted for all parts compared (Holm).
    `flagged`: whether the difference is certain, by its interval and by the adjusted p-value.
    """

    part: str
    one: Estimate
    other: Estimate
    customers: tuple[int, int]
    difference: Estimate | None
    p_value: float | None
    flagged: bool


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """One of the two: `segment=value`, its customers, its trust."""

    group: str
    customers: int
    trust: PooledTrust


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of customers.

    `difference`: index of the first minus index of the second, in points, with the interval of that
    difference (both resampled together: who is in both groups counts in both); None where either is too
    small or too little known. `touchpoints`, `mechanisms`: the greatest difference first, those that cannot
    be compared last; what only one group has lived is left out.
    """

    one: ComparedGroup
    other: ComparedGroup
    difference: Estimate | None
    touchpoints: tuple[PartDifference, ...]
    mechanisms: tuple[PartDifference, ...]


def compared(basis: Basis, one: str, other: str) -> Comparison:
    """Compare the customers of two `segment=value`.

    Raises:
        UsageError: `group-unknown`, `groups-same`.
    """
    if one == other:
        raise UsageError("groups-same", _("A group can only be compared with another one."))
    names = (one, other)
    sums, n = _evidence(basis, names)
    counts = [_customers(basis, name) for name in names]
    groups = [
        ComparedGroup(
            name, counts[place]["", ""], pooled_trust(sums[place].sum(axis=0), n[place].sum(axis=0), basis)
        )
        for place, name in enumerate(names)
    ]
    difference = None
    if all(group.customers >= FEWEST and group.trust.known for group in groups):
        value, draws = drawn_index(sums.sum(axis=1), basis)
        difference = estimate(float(value[0] - value[1]), draws[0] - draws[1], basis.settings.interval)
    return Comparison(
        one=groups[0],
        other=groups[1],
        difference=difference,
        touchpoints=_touchpoints(basis, sums, counts),
        mechanisms=_mechanisms(basis, sums.sum(axis=1), counts),
    )


def _evidence(basis: Basis, names: tuple[str, str]) -> tuple[Floats, Counts]:
    """Sums [2, touchpoints, 2, 10, shards] and experiences [2, touchpoints, 2, 10] of both groups."""
    sums = np.zeros((2, *basis.sums.shape))
    n = np.zeros((2, *basis.n.shape), np.int64)
    for place, name in enumerate(names):
        found = shard_sums(
            basis.store, basis.settings, basis.at, by=("touchpoint",), only={"segment": _known(basis, name)}
        )
        for group, own, own_n in zip(found.groups, found.sums, found.n, strict=True):
            row = basis.touchpoints.index(group["touchpoint"])
            sums[place, row], n[place, row] = own, own_n
    return sums, n


def _known(basis: Basis, name: str) -> str:
    rows = basis.store.connection.execute(
        "SELECT DISTINCT segment || '=' || value FROM customer_segment ORDER BY 1"
    ).fetchall()
    known = [value for (value,) in rows]
    if name not in known:
        near = nearest(name, known)
        raise UsageError(
            "group-unknown",
            _("There is no group of customers “%(name)s”.") % {"name": name},
            _("Did you mean “%(near)s”?") % {"near": near} if near else "",
            allowed=known[:50],
        )
    return name


def _customers(basis: Basis, name: str) -> dict[tuple[str, str], int]:
    """How many customers of the group lived each touchpoint (t, ""), each mechanism ("", m), anything."""
    segment, _sign, value = name.partition("=")
    rows = basis.store.connection.execute(
        f"""
        SELECT coalesce(touchpoint, ''), coalesce(mechanism_no, -1), count(DISTINCT customer_no)
        FROM {LIVED} JOIN touchpoint USING (touchpoint_no)
        WHERE at_ms <= $at_ms AND customer_no IN (
            SELECT customer_no FROM customer_segment WHERE segment = $segment AND value = $value)
        GROUP BY GROUPING SETS ((touchpoint), (mechanism_no), ())
        """,
        {"at_ms": basis.at.at_ms, "segment": segment, "value": value},
    ).fetchall()
    found = {
        (touchpoint, MECHANISM_IDS[mechanism] if mechanism >= 0 else ""): customers
        for touchpoint, mechanism, customers in rows
    }
    return {("", ""): 0} | found


def _touchpoints(
    basis: Basis, sums: Floats, counts: Sequence[Mapping[tuple[str, str], int]]
) -> tuple[PartDifference, ...]:
    """By touchpoint, from sums [2, touchpoints, 2, 10, shards]."""
    rows = [row for row in range(sums.shape[1]) if sums[:, row].any(axis=(1, 2, 3)).all()]
    parts = []
    for row in rows:
        values, draws = drawn_index(sums[:, row], basis)
        known = basis.pools.unknown(*np.moveaxis(sums[:, row].sum(axis=-1), -2, 0)) <= ENOUGH
        touchpoint = basis.touchpoints[row]
        behind = (counts[0].get((touchpoint, ""), 0), counts[1].get((touchpoint, ""), 0))
        parts.append(_part(basis, touchpoint, values, draws, behind, known=bool(known.all())))
    return _ranked(parts, basis)


def _mechanisms(
    basis: Basis, sums: Floats, counts: Sequence[Mapping[tuple[str, str], int]]
) -> tuple[PartDifference, ...]:
    """By mechanism, from sums [2, 2, 10, shards]: each has its own ratio."""
    parts = []
    for number, mechanism in enumerate(MECHANISM_IDS):
        own = sums[:, :, number : number + 1]
        if own.any(axis=(1, 2, 3)).all():
            ratio = basis.pools.ratio[number]
            alone = Pools((0,), (ratio,), (ratio, ratio, ratio))
            drawn = draw(alone, own.shape[-1])
            posterior = alone.preconditions(*np.moveaxis(own.sum(axis=-1), -2, 0))
            draws = 100 * replicate(own, alone, drawn).score[..., 0]
            behind = (counts[0].get(("", mechanism), 0), counts[1].get(("", mechanism), 0))
            known = bool((posterior.unknown[..., 0] <= ENOUGH).all())
            parts.append(_part(basis, mechanism, 100 * posterior.score[..., 0], draws, behind, known=known))
    return _ranked(parts, basis)


def _part(
    basis: Basis, part: str, values: Floats, draws: Floats, customers: tuple[int, int], *, known: bool
) -> tuple[PartDifference, float | None]:
    """The line, and its p-value before adjusting."""
    level = basis.settings.interval
    one, other = (estimate(float(values[i]), draws[i], level) for i in (0, 1))
    line = PartDifference(part, one, other, customers, None, None, flagged=False)
    if not known or min(customers) < FEWEST:
        return line, None
    apart = draws[0] - draws[1]
    difference = estimate(float(values[0] - values[1]), apart, level)
    spread = float(apart.std())
    p_value = float(2 * ndtr(-abs(difference.value) / spread)) if spread else 1.0
    return replace(line, difference=difference), p_value


def _ranked(parts: Sequence[tuple[PartDifference, float | None]], basis: Basis) -> tuple[PartDifference, ...]:
    compared_ = [(line, p) for line, p in parts if p is not None]
    adjusted = holm(np.array([p for _line, p in compared_], np.float64)).tolist()
    risk = 1 - basis.settings.interval
    decided = [
        replace(
            line,
            p_value=p,
            flagged=line.difference is not None
            and p <= risk
            and not line.difference.low <= 0 <= line.difference.high,
        )
        for (line, _p), p in zip(compared_, adjusted, strict=True)
    ]
    decided.sort(key=lambda line: (-abs(line.difference.value) if line.difference else 0.0, line.part))
    return (*decided, *(line for line, p in parts if p is None))

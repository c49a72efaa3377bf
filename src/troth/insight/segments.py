"""Trust of each group of customers, and which groups really differ from the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from troth.blueprint.schema import Blueprint
from troth.insight.basis import Basis, Counts
from troth.insight.draws import drawn_index
from troth.insight.estimate import Estimate, estimate
from troth.insight.holm import holm
from troth.insight.pooled import PooledTrust, pooled_trust
from troth.ledger import Moment, shard_sums
from troth.ledger.arithmetic import Floats
from troth.ledger.bootstrap import FEWEST
from troth.ledger.dictionaries import LIVED
from troth.store import Store

_DUST = 2.0**-40  # far above the rounding of a sum of doubles, far below what can move a figure


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """The customers of one segment value.

    `value`: None for customers without one. `small`: fewer than 30 customers, so named but not compared.
    `difference`: index minus the index of everybody else, points; `p_value`: adjusted for all comparisons of
    the report (Holm); both None where there is no comparison. `flagged`: whether the group differs, by its
    interval and by the adjusted p-value.
    """

    value: str | None
    customers: int
    small: bool
    trust: PooledTrust
    difference: Estimate | None
    p_value: float | None
    flagged: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of the blueprint; values by index, lowest first, small ones last."""

    segment: str
    values: tuple[SegmentValue, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    segment: str
    value: str | None
    customers: int
    sums: Floats
    n: Counts


def segments(basis: Basis) -> tuple[Segment, ...]:
    """Every segment of the blueprint, each of its values compared with the rest of the customers."""
    groups = list(_groups(basis))
    found = [_compared(group, basis) for group in groups]
    compared = [place for place, value in enumerate(found) if value.p_value is not None]
    adjusted = holm(np.array([found[place].p_value for place in compared], np.float64))
    for place, p_value in zip(compared, adjusted.tolist(), strict=True):
        found[place] = _decided(found[place], p_value, 1 - basis.settings.interval)
    return tuple(
        Segment(
            segment.id,
            tuple(
                sorted((v for g, v in zip(groups, found, strict=True) if g.segment == segment.id), key=_order)
            ),
        )
        for segment in basis.blueprint.segments
    )


def _groups(basis: Basis) -> Iterator[_Group]:
    """The customers of every value, and for each segment those without one, if any."""
    found = shard_sums(basis.store, basis.settings, basis.at, by=("segment",))
    customers = _customers(basis.store, basis.at)
    for segment in basis.blueprint.segments:
        rest, sums, n = customers[None, None], np.zeros(basis.sums.shape[1:]), basis.n.sum(axis=0)
        for row, group in enumerate(found.groups):
            of, value = group["segment"].split("=", 1)
            if of == segment.id:
                yield _Group(of, value, customers[of, value], found.sums[row], found.n[row])
                rest -= customers[of, value]
                sums, n = sums + found.sums[row], n - found.n[row]
        if rest:
            yield _Group(segment.id, None, rest, _less(basis.sums.sum(axis=0), sums), n)


def _less(whole: Floats, part: Floats) -> Floats:
    """`whole` without `part`; where that leaves only what rounding left over, nothing is left."""
    left = whole - part
    return np.where(left > whole * _DUST, left, 0.0)


def customers_by_value(store: Store, blueprint: Blueprint, at: Moment) -> dict[str, dict[str | None, int]]:
    """How many customers with experiences each value of every segment has; None: those without one."""
    counts = _customers(store, at)
    found: dict[str, dict[str | None, int]] = {}
    for segment in blueprint.segments:
        own: dict[str | None, int] = {value: n for (of, value), n in counts.items() if of == segment.id}
        rest = counts[None, None] - sum(own.values())
        found[segment.id] = own | ({None: rest} if rest else {})
    return found


def shared_customers(store: Store, at: Moment) -> dict[tuple[tuple[str, str], tuple[str, str]], int]:
    """How many customers with experiences two values of different segments share, both ways round."""
    rows = store.connection.execute(
        f"""
        WITH lived AS (SELECT DISTINCT customer_no FROM {LIVED} WHERE at_ms <= $at_ms)
        SELECT a.segment, a.value, b.segment, b.value, count(*)
        FROM lived
        JOIN customer_segment AS a USING (customer_no)
        JOIN customer_segment AS b USING (customer_no)
        WHERE a.segment <> b.segment GROUP BY ALL
        """,
        {"at_ms": at.at_ms},
    ).fetchall()
    return {((a, b), (c, d)): customers for a, b, c, d, customers in rows}


def _customers(store: Store, at: Moment) -> dict[tuple[str | None, str | None], int]:
    """How many customers with experiences each segment and value has; of all under (None, None)."""
    rows = store.connection.execute(
        f"""
        WITH lived AS (SELECT DISTINCT customer_no FROM {LIVED} WHERE at_ms <= $at_ms)
        SELECT segment, value, count(*) FROM lived JOIN customer_segment USING (customer_no) GROUP BY ALL
        UNION ALL SELECT NULL, NULL, count(*) FROM lived
        """,
        {"at_ms": at.at_ms},
    ).fetchall()
    return {(segment, value): customers for segment, value, customers in rows}


def _compared(group: _Group, basis: Basis) -> SegmentValue:
    trust = pooled_trust(group.sums, group.n, basis)
    small = group.customers < FEWEST
    value = SegmentValue(group.value, group.customers, small, trust, None, None, flagged=False)
    rest = _less(basis.sums.sum(axis=0), group.sums)
    if small or not trust.known or np.count_nonzero(rest.any(axis=(0, 1))) < FEWEST:
        return value
    (own, others), (own_draws, other_draws) = drawn_index(np.stack([group.sums, rest]), basis)
    difference = estimate(float(own - others), own_draws - other_draws, basis.settings.interval)
    p_value = float(2 * ndtr(-abs(difference.value) / (own_draws - other_draws).std()))
    return replace(value, difference=difference, p_value=p_value)


def _decided(value: SegmentValue, p_value: float, risk: float) -> SegmentValue:
    excludes_zero = value.difference is not None and not value.difference.low <= 0 <= value.difference.high
    return replace(value, p_value=p_value, flagged=excludes_zero and p_value <= risk)


def _order(value: SegmentValue) -> tuple[bool, bool, float, str]:
    index_value = value.trust.index.value if value.trust.index else 50.0
    return value.small, value.value is None, index_value, value.value or ""

"""The statements of evidence: sums of what remains of the experiences, in integers, by group.

Pooled figures come from the day cube (with the experiences of the part of a day that τ may end in); what
speaks of customers, segments or shards comes from the experiences. Decay is a small table, `decay`, joined
by slot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from troth.ledger.answers import Moment
from troth.ledger.dictionaries import SHARDS
from troth.ledger.sql import DAY_MS, literal
from troth.vocabulary import MECHANISMS

Key: TypeAlias = Literal["touchpoint", "customer", "segment", "shard", "day"]
"""What evidence may be grouped by, beside its mechanism."""

COLUMNS: dict[Key, tuple[str, ...]] = {
    "touchpoint": ("touchpoint_no",),
    "customer": ("customer_no",),
    "segment": ("segment", "value"),
    "shard": ("shard",),
    "day": ("day",),
}
"""The columns of each key in a result."""

DECAY_COLUMNS = ("slot", "pool", "good_factor", "bad_factor")
"""Columns of the table `decay`: `slot` is day · 10 + mechanism_no, `pool` the column of
`arithmetic.merged_pools`."""

_IN_CUBE = frozenset({"touchpoint", "day"})


@dataclass(frozen=True, slots=True)
class Question:
    """Which evidence, and by what.

    Attributes:
        keys: what to group by.
        at: the read-out time; nothing after it counts.
        conditions: SQL over `e` (columns of experience) that must hold.
        shards: how many groups of customers the key `shard` makes.
        from_experience: whether a condition speaks of single customers, so that the day cube cannot answer.
        named: the dimension of each condition.
        segment: the segment and values that a condition on one segment asks for.
        recent_from: the day from which on the table `recent` has all experiences; None: there is none.
        segment_cube: whether there is a day cube by segment.
        table: which rows are read where the cubes cannot answer, with the columns of `experience`.
    """

    keys: tuple[Key, ...]
    at: Moment
    conditions: tuple[str, ...] = ()
    shards: int = SHARDS
    from_experience: bool = False
    named: tuple[str, ...] = ()
    segment: tuple[str, tuple[str, ...]] | None = None
    recent_from: int | None = None
    segment_cube: bool = False
    table: str = "experience"

    @property
    def pooled(self) -> bool:
        """Whether the day cube can answer."""
        return not self.from_experience and _IN_CUBE.issuperset(self.keys)

    @property
    def by_segment(self) -> bool:
        """Whether the day cube by segment can answer: of customers it knows one segment at a time."""
        asked = self.single_segment if self.from_experience else "segment" in self.keys
        return self.segment_cube and asked and (_IN_CUBE | {"segment"}).issuperset(self.keys)

    @property
    def single_segment(self) -> bool:
        """Whether the only condition on customers is one on one segment, and no segment is a key."""
        return self.segment is not None and "customer" not in self.named and "segment" not in self.keys

    @property
    def summed(self) -> tuple[str, ...]:
        """The conditions over tables that hold sums by segment instead of customers."""
        plain = (c for c, name in zip(self.conditions, self.named, strict=True) if name != "segment")
        if self.segment is None:
            return ("e.segment IS NOT NULL" if "segment" in self.keys else "e.segment IS NULL", *plain)
        segment, values = self.segment
        listed = ", ".join(map(literal, values))
        return (f"e.segment = {literal(segment)} AND e.value IN ({listed})", *plain)

    @property
    def columns(self) -> tuple[str, ...]:
        """The key columns of the result."""
        return tuple(column for key in self.keys for column in COLUMNS[key])


def remaining_by_mechanism(question: Question, *, net: bool = True) -> str:
    """What remains by the keys and mechanism: `good`, `bad`, both positive, and counts `n_good`, `n_bad`.

    Without `net` also where nothing is left but retractions, as for rows that are added to others.
    """
    wide = "CAST(e.weight AS HUGEINT)" if question.pooled or question.by_segment else "e.weight"
    return f"""
        SELECT {_list([*question.columns, "mechanism_no"])},
            {_signed("remaining", "good", "severity = 0")}, {_signed("-remaining", "bad", "severity > 0")},
            {_signed("n", "n_good", "severity = 0")}, {_signed("n", "n_bad", "severity > 0")}
        FROM (
            SELECT {_list([*_selected(question), "e.mechanism_no", "e.severity", "e.n"])},
                {wide} * CASE WHEN e.severity = 0 THEN d.good_factor ELSE d.bad_factor END AS remaining
            FROM {_source(question)} {_DECAYED} {_joined(question)}{_where(question)}
        ) AS r
        GROUP BY {_list([*question.columns, "mechanism_no"])}{_net(net=net)}"""


def remaining_by_pool(question: Question, pools: int, *, net: bool = True) -> str:
    """What remains by the keys, one row a group: sums `good_0`, `bad_0`, … of each pool, and the count `n`.

    The shape for millions of customers: no row per mechanism, and products that fit eight bytes.
    """
    sums = [
        _signed(f"{sign}remaining", f"{name}_{pool}", f"pool = {pool} AND severity {comparison} 0")
        for pool in range(pools)
        for sign, name, comparison in (("", "good", "="), ("-", "bad", ">"))
    ]
    return f"""
        SELECT {_list([*question.columns])}, CAST(SUM(n) AS BIGINT) AS n, {_list(sums)}
        FROM (
            SELECT {_list([*_selected(question), "e.severity", "e.n", "d.pool"])},
                e.weight * CASE WHEN e.severity = 0 THEN d.good_factor ELSE d.bad_factor END AS remaining
            FROM {_source(question)} {_DECAYED} {_joined(question)}{_where(question)}
        ) AS r
        GROUP BY {_list([*question.columns])}{_net(net=net)}"""


def day_sums(question: Question) -> str:
    """What happened by the keys (with `day`) and mechanism, not decayed: `good`, `bad`, `n_good`, `n_bad`."""
    return f"""
        SELECT {_list([*question.columns, "mechanism_no"])},
            {_signed("weight", "good", "severity = 0")}, {_signed("-weight", "bad", "severity > 0")},
            {_signed("n", "n_good", "severity = 0")}, {_signed("n", "n_bad", "severity > 0")}
        FROM (
            SELECT {_list([*_selected(question), "e.mechanism_no", "e.severity", "e.n", "e.weight"])}
            FROM {_source(question)} {_joined(question)}{_where(question)}
        ) AS r
        GROUP BY {_list([*question.columns, "mechanism_no"])}
        HAVING SUM(n) > 0"""


def lengths_of_series(question: Question, days: range, *, by_mechanism: bool) -> str:
    """Per customer, how many daily series the keys (and mechanism) make, and of how many of `days` in all."""
    keys = replace(question, keys=tuple(key for key in question.keys if key != "day"))
    mechanism = ["mechanism_no"] if by_mechanism else []
    columns = [*(column for column in keys.columns if column != "customer_no"), *mechanism]
    return f"""
        SELECT customer_no, COUNT(*) AS series,
            SUM({days.stop} - CASE WHEN first_day < {days.start} THEN {days.start} ELSE first_day END) AS days
        FROM (
            SELECT {_list(["customer_no", *columns])}, MIN(day) AS first_day
            FROM (
                SELECT {_list(["customer_no", *columns, "day"])}
                FROM (
                    SELECT {_list([*_selected(keys), *(f"e.{name}" for name in mechanism), "e.day", "e.n"])}
                    FROM {_source(question)} {_joined(question)}{_where(question)}
                ) AS e
                GROUP BY {_list(["customer_no", *columns, "day"])}
                HAVING SUM(n) > 0
            ) AS r
            GROUP BY {_list(["customer_no", *columns])}
        ) AS s
        GROUP BY customer_no
        ORDER BY customer_no"""


_DECAYED = f"JOIN decay AS d ON d.slot = CAST(e.day * {len(MECHANISMS)} + e.mechanism_no AS INTEGER)"


def _source(question: Question) -> str:
    at = question.at
    columns = f"at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, weight, n"
    if not (question.pooled or question.by_segment):
        return f"(SELECT customer_no, shard, {columns} FROM {question.table} WHERE at_ms <= {at.at_ms}) AS e"
    segment, cube = ("segment, value, ", "segment_cube") if question.by_segment else ("", "day_cube")
    cubes = f"SELECT {segment}day, touchpoint_no, mechanism_no, severity, weight, n FROM {cube} WHERE day"
    if at.at_ms == (at.day + 1) * DAY_MS - 1:
        return f"({cubes} <= {at.day}) AS e"
    recent = question.recent_from is not None and at.day >= question.recent_from
    joined = " JOIN customer_segment USING (customer_no)" if question.by_segment else ""
    part = (
        f"SELECT {segment}{columns} FROM {'recent' if recent else 'experience'}{joined}"
        f" WHERE at_ms BETWEEN {at.day * DAY_MS} AND {at.at_ms}"
    )
    return f"({cubes} < {at.day} UNION ALL {part}) AS e"


def _selected(question: Question) -> list[str]:
    expressions: dict[Key, list[str]] = {
        "touchpoint": ["e.touchpoint_no"],
        "customer": ["e.customer_no"],
        "segment": ["e.segment", "e.value"] if question.by_segment else ["g.segment", "g.value"],
        "shard": [f"e.shard // {SHARDS // question.shards} AS shard"],
        "day": ["e.day"],
    }
    return [expression for key in question.keys for expression in expressions[key]]


def _joined(question: Question) -> str:
    by_customer = "segment" in question.keys and not question.by_segment
    return "JOIN customer_segment AS g ON g.customer_no = e.customer_no" if by_customer else ""


def _where(question: Question) -> str:
    conditions = question.summed if question.by_segment else question.conditions
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _net(*, net: bool) -> str:
    return " HAVING SUM(n) > 0" if net else ""


def _signed(value: str, name: str, condition: str) -> str:
    return f"COALESCE(SUM({value}) FILTER (WHERE {condition}), 0) AS {name}"


def _list(parts: Sequence[str]) -> str:
    return ", ".join(parts)

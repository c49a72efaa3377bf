"""What was lived in one cell of the grid: how often, how bad, by which rules, and which records say so."""

from collections.abc import Mapping
from dataclasses import dataclass

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment
from troth.ledger.decay import factor, units
from troth.ledger.dictionaries import known_numbers
from troth.ledger.sql import DAY_MS
from troth.store import Store
from troth.vocabulary import GOOD_WEIGHT, MECHANISM_BY_ID

_HALF_LIFE = "CASE WHEN severity > 0 THEN $bad ELSE $good END"
SORTS: Mapping[str, str] = {
    "remaining": f"weight * pow(0.5, ($day - at_ms // $day_ms) / {_HALF_LIFE})",
    "at": "at_ms",
    "severity": "severity",
    "weight": "weight",
}
"""By what the experiences of a cell can be ordered."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule or promise gave experiences of one severity (0 is good); `weight` as lived, signed."""

    source: str
    severity: int
    experiences: int
    weight: float


@dataclass(frozen=True, slots=True)
class Which:
    """Which experiences: in the order `sort` (with `-` the greatest first), `size` of them after `first`.

    `segment`: `segment=value` of the customers that count.
    """

    sort: str
    first: int
    size: int
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class LivedExperience:
    """One experience of a cell; weights are signed, in ordinary good experiences before the ratio."""

    customer: str
    source: str
    record: str
    at_ms: int
    severity: int
    weight: float
    remaining: float


def tallies(
    store: Store, at: Moment, touchpoint: str, mechanism: str, segment: str | None = None
) -> tuple[Tally, ...]:
    """What was lived in the cell, by rule or promise and severity, the most frequent first.

    With `segment`, `segment=value`, of those customers only.
    """
    found = store.connection.execute(
        f"""
        SELECT source, severity, sum(experience.n)::BIGINT AS count, sum(weight)::DOUBLE
        FROM experience JOIN source USING (source_no) WHERE {_CELL}
        GROUP BY ALL HAVING count > 0 ORDER BY count DESC, source, severity
        """,
        _cell(store, at, (touchpoint, mechanism), segment),
    ).fetchall()
    return tuple(Tally(source, severity, n, weight / GOOD_WEIGHT) for source, severity, n, weight in found)


def lived(
    store: Store, settings: Settings, at: Moment, cell: tuple[str, str], which: Which
) -> list[LivedExperience]:
    """Experiences of a cell: a touchpoint and a mechanism."""
    sort, segment = which.sort, which.segment
    no = MECHANISM_BY_ID[cell[1]].no
    good, bad = settings.half_life_good[no], settings.half_life_bad[no]
    falling = "DESC" if sort.startswith("-") else "ASC"
    found = store.connection.execute(
        f"""
        WITH retracting AS (
            SELECT customer_no FROM experience WHERE n < 0 AND {_CELL}
        ), counting AS (
            SELECT rowid AS row, at_ms, severity, weight FROM experience
            WHERE {_CELL} AND customer_no NOT IN (FROM retracting)
            UNION ALL
            SELECT min(rowid), at_ms, severity, arg_min(weight, rowid) FROM experience
            WHERE {_CELL} AND customer_no IN (FROM retracting)
            GROUP BY customer_no, source_no, record, at_ms, severity, abs(weight)
            HAVING sum(n) > 0
        ), page AS (
            SELECT row, at_ms, {SORTS[sort.removeprefix("-")]} AS place FROM counting
            ORDER BY place {falling}, at_ms DESC, row LIMIT $size OFFSET $first
        )
        SELECT customer, source, record, e.at_ms, severity, weight
        FROM page JOIN experience AS e ON e.rowid = page.row
        JOIN customer USING (customer_no) JOIN source USING (source_no)
        ORDER BY place {falling}, e.at_ms DESC, row
        """,
        _cell(store, at, cell, segment)
        | {"size": which.size, "first": which.first}
        | ({"day": at.day, "day_ms": DAY_MS, "good": good, "bad": bad} if "remaining" in sort else {}),
    ).fetchall()
    return [
        LivedExperience(
            customer,
            source,
            record,
            at_ms,
            severity,
            weight / GOOD_WEIGHT,
            units(weight * factor(at.day - at_ms // DAY_MS, bad if severity else good)),
        )
        for customer, source, record, at_ms, severity, weight in found
    ]


_CELL = """touchpoint_no = $touchpoint_no AND mechanism_no = $mechanism_no AND at_ms <= $at_ms
    AND ($segment IS NULL OR customer_no IN (
        SELECT customer_no FROM customer_segment WHERE segment || '=' || value = $segment))"""


def _cell(
    store: Store, at: Moment, cell: tuple[str, str], segment: str | None
) -> dict[str, int | float | str | None]:
    touchpoint, mechanism = cell
    numbers = known_numbers(store.connection).touchpoint
    return {
        "touchpoint_no": numbers.get(touchpoint, -1),
        "mechanism_no": MECHANISM_BY_ID[mechanism].no,
        "at_ms": at.at_ms,
        "segment": segment,
    }

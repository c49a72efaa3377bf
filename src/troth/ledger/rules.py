"""Rules, promises and ready-made experiences as portable SELECTs over the records.

Every draft gives the columns of `COLUMNS`: one row an experience, or one row a record that the rule left
out though it applied, with `fault` set. Weights are rounded last, floor(x + ½) of a DOUBLE, so that all
engines agree to the bit. A split weight is cut at the rounded cumulative shares: its parts are integers
that add up to the whole exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from troth.blueprint.expressions import RECORD
from troth.blueprint.parameters import Settings, SeverityWeight
from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, Promise, Rule
from troth.blueprint.types import MechanismId
from troth.intake.experiences import MOST_WEIGHT
from troth.ledger.reader import Draft, Reader, Relation
from troth.ledger.sql import EPOCH_MS, values
from troth.vocabulary import MECHANISM_BY_ID, MECHANISMS

COLUMNS = (
    "customer", "touchpoint_no", "mechanism_no", "weight", "severity", "at_ms", "source_no", "record",
    "fault",
)  # fmt: skip
"""What a draft gives, in this order."""

READY_MADE_SOURCE = "import"

NO_CUSTOMER, NO_TIME, NO_LINK, WEIGHT_RANGE, TIME_RANGE, NO_TOUCHPOINT, NO_MECHANISM = range(1, 8)
FAULTS: Mapping[int, str] = {
    NO_CUSTOMER: "no-customer",
    NO_TIME: "no-time",
    NO_LINK: "no-link",
    WEIGHT_RANGE: "weight-out-of-range",
    TIME_RANGE: "time-out-of-range",
    NO_TOUCHPOINT: "no-touchpoint",
    NO_MECHANISM: "unknown-mechanism",
}
"""Reasons why a record that a rule applies to gives no experience."""

FIRST_MS, LAST_MS = 0, 7_258_118_400_000
"""The times that count: from 1970-01-01 up to 2200-01-01, not included."""

WHOLE = 1_000_000
"""In these parts of a whole its shares are counted."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that stand for ids in the ledger."""

    touchpoint: Mapping[str, int]
    source: Mapping[str, int]


def draft_rule(
    rule: Rule, blueprint: Blueprint, settings: Settings, numbers: Numbers, relation: Relation
) -> Draft:
    """The experiences of one rule with a weight; of one that reads see `reading_rules`."""
    reader = Reader(blueprint, rule.source, settings)
    applies, at = reader.condition(rule.when), reader.time(rule.at)
    scales = _scales(rule.mechanism, settings)
    given = {f"weight_{i}": reader.number(rule.weight or "", nos[0]) for i, nos in enumerate(scales)}
    weights = list(given)
    events = f"""
        SELECT customer, record, at_ms, fault,
            {", ".join(f"{_rounded(weight)} AS {weight}" for weight in weights)}
        FROM (
            SELECT customer, record, at_ms, {", ".join(weights)},
                CASE WHEN {lost("applies", "customer", "at_ms", *weights)} THEN {NO_LINK}
                    WHEN customer IS NULL THEN {NO_CUSTOMER}
                    WHEN at_ms IS NULL THEN {NO_TIME}
                    WHEN NOT ({" AND ".join(map(_in_range, weights))}) THEN {WEIGHT_RANGE}
                    WHEN NOT {in_time("at_ms")} THEN {TIME_RANGE} END AS fault
            FROM (
                SELECT {reader.customer} AS customer, "{RECORD}"._key AS record, {applies} AS applies,
                    {at} AS at_ms, {", ".join(f"{sql} AS {weight}" for weight, sql in given.items())},
                    {reader.no_link()} AS no_link
                FROM {reader.tables(relation)}
            ) AS given
            WHERE (applies OR (applies IS NULL AND no_link))
                AND ({" OR ".join(map(_counts, weights))} OR ({_some_null(weights)} AND no_link))
        ) AS judged"""
    text = f"""
        SELECT e.customer, {numbers.touchpoint[rule.touchpoint]} AS touchpoint_no, e.mechanism_no, e.weight,
            e.severity, e.at_ms, {numbers.source[rule.id]} AS source_no, e.record, e.fault
        FROM ({_split_events(events, rule, scales, settings)}) AS e"""
    return Draft(rule.id, text, tuple(reader.checked), reader.links)


def _scales(mechanisms: Iterable[MechanismId], settings: Settings) -> list[list[int]]:
    """The mechanisms' numbers, in groups that weigh severities alike."""
    scales: dict[SeverityWeight, list[int]] = {}
    for no in sorted(MECHANISM_BY_ID[name].no for name in mechanisms):
        scales.setdefault(settings.mechanism_severity[no], []).append(no)
    return list(scales.values())


def _split_events(events: str, rule: Rule, scales: list[list[int]], settings: Settings) -> str:
    """The events' weights given to the rule's mechanisms; the severity is that of the whole event.

    `weight_i` of `events` is the event's weight on the i-th of the `scales`. Mechanisms of one scale share a
    weight, and their parts add up to it as far as their shares do; another scale cuts its own.
    """
    cuts = cuts_of(rule.mechanism)
    graded = [severity_of(f"v.weight_{i}", settings.of(nos[0])) for i, nos in enumerate(scales)]
    if len(cuts) == 1:
        return f"""
            SELECT v.customer, v.record, v.at_ms, v.fault, v.weight_0 AS weight, {cuts[0][0]} AS mechanism_no,
                {graded[0]} AS severity
            FROM ({events}) AS v"""
    weight = _chosen([f"v.weight_{i}" for i in range(len(scales))])
    scale = {no: i for i, nos in enumerate(scales) for no in nos}
    upper, lower = (f"({size_of('weight')} * {end} + {WHOLE // 2}) // {WHOLE}" for end in ("high", "low"))
    return f"""
        SELECT customer, record, at_ms, fault, mechanism_no, severity,
            CASE WHEN weight < 0 THEN -portion ELSE portion END AS weight
        FROM (
            SELECT customer, record, at_ms, fault, mechanism_no, low, weight, severity,
                {upper} - {lower} AS portion
            FROM (
                SELECT v.customer, v.record, v.at_ms, v.fault, m.mechanism_no, m.low, m.high,
                    {weight} AS weight, {_chosen(graded)} AS severity
                FROM ({events}) AS v CROSS JOIN
                    (VALUES {values((*cut, scale[cut[0]]) for cut in cuts)})
                    AS m(mechanism_no, low, high, scale)
            ) AS w
        ) AS p
        WHERE CASE WHEN fault IS NULL THEN portion <> 0 ELSE low = 0 END"""


def draft_promise(
    promise: Promise, blueprint: Blueprint, settings: Settings, numbers: Numbers, relation: Relation
) -> Draft:
    """The experiences of one promise: kept by its deadline, or broken in steps, each at its moment.

    A step is dated the first millisecond after its moment, for up to then the promise could still be kept.
    """
    reader = Reader(blueprint, promise.source, settings)
    applies, made = reader.condition(promise.when), reader.time(promise.made)
    due, kept = reader.time(promise.due, end_of_day=True), reader.time(promise.kept)
    grace = round(promise.grace.total_seconds() * 1000)
    text = f"""
        SELECT p.customer, {numbers.touchpoint[promise.touchpoint]} AS touchpoint_no, s.mechanism_no,
            s.weight, s.severity,
            CASE WHEN s.severity = 0 THEN p.kept_ms ELSE p.deadline_ms + s.delay_ms + 1 END AS at_ms,
            {numbers.source[promise.id]} AS source_no, p.record, p.fault
        FROM (
            SELECT customer, record, deadline_ms, kept_ms,
                CASE WHEN {lost("applies", "customer", "made_ms", "deadline_ms")} THEN {NO_LINK}
                    WHEN customer IS NULL THEN {NO_CUSTOMER}
                    WHEN deadline_ms IS NULL THEN {NO_TIME}
                    WHEN NOT ({in_time("deadline_ms")} AND {in_time("COALESCE(kept_ms, deadline_ms)")})
                        THEN {TIME_RANGE} END AS fault
            FROM (
                SELECT {reader.customer} AS customer, "{RECORD}"._key AS record, {applies} AS applies,
                    {made} AS made_ms, {due} + {grace} AS deadline_ms, {kept} AS kept_ms,
                    {reader.no_link()} AS no_link
                FROM {reader.tables(relation)}
            ) AS given
            WHERE (applies OR (applies IS NULL AND no_link)) AND (made_ms IS NOT NULL OR no_link)
        ) AS p CROSS JOIN (VALUES {values(_steps(promise, settings))})
            AS s(step, delay_ms, mechanism_no, weight, severity)
        WHERE CASE WHEN p.fault IS NOT NULL THEN s.step = 0
            WHEN s.severity = 0 THEN p.kept_ms <= p.deadline_ms
            ELSE p.kept_ms IS NULL OR p.kept_ms > p.deadline_ms + s.delay_ms END"""
    return Draft(promise.id, text, tuple(reader.checked), reader.links)


def draft_ready_made(settings: Settings, numbers: Numbers, relation: Relation) -> Draft:
    """The ready-made experiences, as they were imported."""
    mechanism = " ".join(f"WHEN mechanism = '{m.id}' THEN {m.no}" for m in MECHANISMS)
    own = [
        f"WHEN mechanism_no = {m.no} THEN {severity_of('weight', settings.of(m.no))}"
        for m in MECHANISMS
        if settings.mechanism_severity[m.no] != settings.severity_weight
    ]
    text = f"""
        SELECT customer, touchpoint_no, mechanism_no, weight,
            CASE WHEN weight < 0 AND given_severity BETWEEN 1 AND 4 THEN given_severity
                {" ".join(own)} ELSE {severity_of("weight", settings)} END AS severity,
            at_ms, {numbers.source[READY_MADE_SOURCE]} AS source_no, record, fault
        FROM (
            SELECT customer, record, touchpoint_no, mechanism_no, given_severity, at_ms, fault,
                {_rounded("given_weight")} AS weight
            FROM (
                SELECT customer, record, touchpoint_no, mechanism_no, given_severity, at_ms, given_weight,
                    CASE WHEN customer IS NULL THEN {NO_CUSTOMER}
                        WHEN at_ms IS NULL THEN {NO_TIME}
                        WHEN touchpoint_no IS NULL THEN {NO_TOUCHPOINT}
                        WHEN mechanism_no IS NULL THEN {NO_MECHANISM}
                        WHEN NOT {_in_range("given_weight")} THEN {WEIGHT_RANGE}
                        WHEN NOT {in_time("at_ms")} THEN {TIME_RANGE} END AS fault
                FROM (
                    SELECT NULLIF(CAST(r.customer AS VARCHAR), '') AS customer, r._key AS record,
                        t.touchpoint_no, CASE {mechanism} END AS mechanism_no, r.severity AS given_severity,
                        {EPOCH_MS}(CAST(r."at" AS TIMESTAMP)) AS at_ms,
                        CAST(r.weight AS DOUBLE) AS given_weight
                    FROM {relation(READY_MADE)} AS r
                    LEFT JOIN touchpoint AS t ON t.touchpoint = r.touchpoint
                ) AS given
                WHERE {_counts("given_weight")}
            ) AS judged
        ) AS e"""
    return Draft(READY_MADE_SOURCE, text)


def severity_of(weight: str, settings: Settings) -> str:
    """SQL for the level a weight reaches: 0 good, else the gravest severity that weighs no more."""
    _first, second, third, fourth = settings.severity_weight
    return (
        f"CASE WHEN {weight} > 0 THEN 0 WHEN {weight} <= -{fourth} THEN 4 WHEN {weight} <= -{third} THEN 3"
        f" WHEN {weight} <= -{second} THEN 2 WHEN {weight} < 0 THEN 1 END"
    )


def _rounded(weight: str) -> str:
    """SQL: to whole milli-units, half up; NULL when it is out of range."""
    return f"CASE WHEN {_in_range(weight)} THEN CAST(FLOOR({weight} + CAST(0.5 AS DOUBLE)) AS BIGINT) END"


def _in_range(weight: str) -> str:
    return f"({weight} BETWEEN -{MOST_WEIGHT} AND {MOST_WEIGHT})"


def _counts(weight: str) -> str:
    """SQL: it does not round to zero, which is no experience; NULL is none either."""
    return f"NOT ({weight} >= CAST(-0.5 AS DOUBLE) AND {weight} < CAST(0.5 AS DOUBLE))"


def _some_null(names: Iterable[str]) -> str:
    return f"({' OR '.join(f'{name} IS NULL' for name in names)})"


def _chosen(by_scale: Sequence[str]) -> str:
    """SQL: what stands for the row's `m.scale`."""
    if len(by_scale) == 1:
        return by_scale[0]
    return f"CASE {' '.join(f'WHEN m.scale = {i} THEN {sql}' for i, sql in enumerate(by_scale))} END"


def size_of(weight: str) -> str:
    """SQL: without its sign."""
    return f"(CASE WHEN {weight} < 0 THEN -{weight} ELSE {weight} END)"


def in_time(at_ms: str) -> str:
    """SQL: a time that counts."""
    return f"({at_ms} BETWEEN {FIRST_MS} AND {LAST_MS - 1})"


def lost(*needed: str) -> str:
    """SQL: something that is needed is not there, since a link leads nowhere."""
    return f"no_link AND {_some_null(needed)}"


def cuts_of(shares: Mapping[MechanismId, float]) -> list[tuple[int, int, int]]:
    """Where a weight is cut: (mechanism, from, to) in millionths of the whole."""
    ordered = sorted((MECHANISM_BY_ID[name].no, share) for name, share in shares.items())
    total = sum(share for _, share in ordered)
    ends = [round(WHOLE * part / total) for part in accumulate(share for _, share in ordered)]
    return [(no, low, high) for (no, _), low, high in zip(ordered, [0, *ends], ends, strict=False)]


def _split(weights: Mapping[int, int], shares: Mapping[MechanismId, float]) -> list[tuple[int, int]]:
    """(mechanism, part) of positive weights, one a mechanism; parts of one weight add up to it."""
    cut = [(no, (weights[no] * low + WHOLE // 2) // WHOLE, (weights[no] * high + WHOLE // 2) // WHOLE)
           for no, low, high in cuts_of(shares)]  # fmt: skip
    return [(no, high - low) for no, low, high in cut if high > low]


def _steps(promise: Promise, settings: Settings) -> list[tuple[int, int, int, int, int]]:
    """(step, delay, mechanism, weight, severity): the good one, then what each level adds to the last."""
    numbers = [MECHANISM_BY_ID[name].no for name in promise.mechanism]
    good = dict.fromkeys(numbers, promise.good)
    rows = [(0, no, part, 0) for no, part in _split(good, promise.mechanism)]
    reached = dict.fromkeys(numbers, 0)
    for delay, severity in sorted(promise.late.items()):
        level = int(severity[1:])
        size = {no: settings.mechanism_severity[no][level - 1] for no in numbers}
        delay_ms = round(delay.total_seconds() * 1000)
        added = {no: max(0, size[no] - reached[no]) for no in numbers}
        rows += [(delay_ms, no, -part, level) for no, part in _split(added, promise.mechanism)]
        reached = {no: max(reached[no], size[no]) for no in numbers}
    return [(step, *row) for step, row in enumerate(rows)]

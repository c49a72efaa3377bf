"""Rules that read a comment, as portable SELECTs: what a text says decides where, what, and how much.

One record counts once. Its whole is divided among the statements of its reading by their shares, and each
part weighs what was said: a good one its valence, a bad one a severity. The parts are cut at the cumulative
shares, so they are integers, and parts of equal worth add up to it exactly.

Only what words show counts: of what the reader supposes (letters in place of digits, see
`troth.reading.encoding`) the rule's own touchpoint and mechanisms are taken, as where nothing is named.

Stars that came with the words (a rule's `rating`) are part of the same record:

- A statement on their side takes the mean of both valences, stars with `STARS_WEIGHT`, the words with their
  confidence.
- A statement against them stays as it is, but keeps only that part of its share that words have beside stars;
  what is left goes to the others, or, where there are none, to the stars themselves.
- Where nothing is said, the stars speak alone. They are lived at the rule's own touchpoint and mechanisms.

All arithmetic is in whole thousandths, so every engine gives the same.
"""

from troth.blueprint.expressions import RECORD
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Rule
from troth.ledger.reader import Draft, Reader, Relation
from troth.ledger.rules import (
    NO_CUSTOMER,
    NO_LINK,
    NO_TIME,
    TIME_RANGE,
    WHOLE,
    Numbers,
    cuts_of,
    in_time,
    lost,
    size_of,
)
from troth.ledger.sql import values
from troth.store.tables import quoted, reading_column
from troth.vocabulary import MECHANISMS, TOPICS

SLOTS = 8
"""Statements of a reading at most (`troth.reading.encoding`)."""

HEAD, WIDTH = 16, 16
"""Characters of a reading's head and of each of its statements."""

STARS_WEIGHT = 2_000
"""How much stars weigh beside words of which the reader is quite sure (1000)."""

SLIGHT, STRONG = 400, 900
"""Below this valence (thousandths) a bad statement is S1, from this on S3, between them S2."""

LEAST = 50
"""Below this valence nothing was lived."""


def draft_read_rule(
    rule: Rule, blueprint: Blueprint, settings: Settings, numbers: Numbers, relation: Relation
) -> Draft:
    """The experiences of one rule that reads a comment.

    Of one record at most one good and one bad a touchpoint and mechanism.
    """
    reader = Reader(blueprint, rule.source, settings)
    events = _events(rule, reader, relation)
    weighed = _weighed(_placed(_divided(_shared(_told(events))), rule), settings)
    text = f"""
        SELECT customer, touchpoint_no, mechanism_no, CAST(SUM(weight) AS BIGINT) AS weight,
            MAX(severity) AS severity, at_ms, {numbers.source[rule.id]} AS source_no, record, fault
        FROM (
            SELECT customer, record, at_ms, fault, mechanism_no, weight, severity,
                {_touchpoint(rule, blueprint, numbers)} AS touchpoint_no,
                CASE WHEN weight < 0 THEN 1 ELSE 0 END AS bad
            FROM ({weighed}) AS w
            WHERE CASE WHEN fault IS NULL THEN weight <> 0 ELSE place = 0 END
        ) AS t
        GROUP BY customer, touchpoint_no, mechanism_no, bad, at_ms, record, fault"""
    return Draft(rule.id, text, tuple(reader.checked), reader.links)


def stars(rule: Rule) -> str:
    """SQL: what was given, −1000 (the worst) to 1000; NULL without a rating, and for what is out of range."""
    if rule.rating is None:
        return "CAST(NULL AS BIGINT)"
    worst, best = rule.rating.worst, rule.rating.best
    given = f'CAST("{RECORD}".{quoted(rule.rating.column)} AS DOUBLE)'
    low, high = (f"CAST({bound!r} AS DOUBLE)" for bound in sorted((worst, best)))
    step = f"CAST({2000 / (best - worst)!r} AS DOUBLE)"
    return (
        f"CASE WHEN {given} BETWEEN {low} AND {high} THEN"
        f" CAST(FLOOR(({given} - CAST({worst!r} AS DOUBLE)) * {step} - CAST(999.5 AS DOUBLE)) AS BIGINT) END"
    )


def _events(rule: Rule, reader: Reader, relation: Relation) -> str:
    """The records that the rule applies to and in which something is said or given."""
    applies, at = reader.condition(rule.when), reader.time(rule.at)
    said = f"CAST(NULLIF(substring(reading, {HEAD}, 1), '') AS BIGINT) > 0"
    return f"""
        SELECT customer, record, at_ms, reading, stars,
            CASE WHEN {lost("applies", "customer", "at_ms")} THEN {NO_LINK}
                WHEN customer IS NULL THEN {NO_CUSTOMER}
                WHEN at_ms IS NULL THEN {NO_TIME}
                WHEN NOT {in_time("at_ms")} THEN {TIME_RANGE} END AS fault
        FROM (
            SELECT {reader.customer} AS customer, "{RECORD}"._key AS record, {applies} AS applies,
                {at} AS at_ms, "{RECORD}".{quoted(reading_column(rule.read or ""))} AS reading,
                {stars(rule)} AS stars, {reader.no_link()} AS no_link
            FROM {reader.tables(relation)}
        ) AS given
        WHERE (applies OR (applies IS NULL AND no_link)) AND ({said} OR stars <> 0)"""


def _told(events: str) -> str:
    """The statements of every event in their slots, and in slot 0 its stars; faulty events have only that."""

    def part(begin: int, length: int) -> str:
        place = f"{WIDTH} * k.slot + {begin}"
        return f"CASE WHEN k.slot > 0 THEN NULLIF(substring(e.reading, {place}, {length}), '') END"

    return f"""
        SELECT *, CASE WHEN stars IS NULL OR stars * words >= 0 THEN 1 ELSE 0 END AS agrees
        FROM (
            SELECT e.customer, e.record, e.at_ms, e.fault, e.stars, k.slot, {part(1, 1)} AS mechanism,
                {part(2, 2)} AS topic, CAST({part(4, 5)} AS BIGINT) AS words,
                CAST({part(9, 4)} AS BIGINT) * 1000 AS share, CAST({part(13, 4)} AS BIGINT) AS sure
            FROM ({events}) AS e CROSS JOIN (VALUES {values((slot,) for slot in range(SLOTS + 1))}) AS k(slot)
        ) AS s
        WHERE slot = 0 OR (fault IS NULL AND share > 0)"""


def _shared(told: str) -> str:
    """With `part`, what each slot has of the record's whole; what is against the stars has less."""
    kept = f"CASE WHEN agrees = 1 THEN share ELSE share * sure // ({STARS_WEIGHT} + sure) END"
    return f"""
        SELECT *, CASE WHEN slot > 0 THEN kept WHEN stars IS NULL OR agreeing > 0 THEN 0
            WHEN said = 0 THEN {WHOLE} ELSE said - keeping END AS part
        FROM (
            SELECT *,
                SUM(CASE WHEN slot > 0 THEN agrees ELSE 0 END) OVER (PARTITION BY record) AS agreeing,
                CAST(SUM(COALESCE(share, 0)) OVER (PARTITION BY record) AS BIGINT) AS said,
                CAST(SUM(COALESCE(kept, 0)) OVER (PARTITION BY record) AS BIGINT) AS keeping
            FROM (SELECT *, {kept} AS kept FROM ({told}) AS o) AS q
        ) AS r"""


def _divided(shared: str) -> str:
    """With `valence`, how good or bad each part is, and `low` to `high`, its stretch of the `whole`."""
    together = f"({STARS_WEIGHT} * {size_of('stars')} + sure * {size_of('words')}) // ({STARS_WEIGHT} + sure)"
    return f"""
        SELECT *, CASE WHEN slot = 0 THEN stars WHEN stars IS NULL OR agrees = 0 THEN words
                WHEN words < 0 THEN -({together}) WHEN words > 0 THEN {together} ELSE 0 END AS valence,
            CAST(SUM(part) OVER (PARTITION BY record ORDER BY slot) AS BIGINT) - part AS low,
            CAST(SUM(part) OVER (PARTITION BY record ORDER BY slot) AS BIGINT) AS high,
            CAST(SUM(part) OVER (PARTITION BY record) AS BIGINT) AS whole
        FROM ({shared}) AS h"""


def _placed(divided: str, rule: Rule) -> str:
    """With the mechanism's number; what names no mechanism is divided among the rule's."""
    named = " ".join(f"WHEN mechanism = '{m.no}' THEN {m.no}" for m in MECHANISMS)
    if len(rule.mechanism) == 1:
        [(no, _low, _high)] = cuts_of(rule.mechanism)
        return f"SELECT *, 0 AS place, CASE {named} ELSE {no} END AS mechanism_no FROM ({divided}) AS d"
    own = [(place, *cut) for place, cut in enumerate(cuts_of(rule.mechanism))]
    numbers = ", ".join(f"'{m.no}'" for m in MECHANISMS)
    nameless = f"(d.mechanism IS NULL OR d.mechanism NOT IN ({numbers}))"
    low, high = (
        f"CASE WHEN {nameless} THEN d.low + (d.high - d.low) * m.{end} // {WHOLE} ELSE d.{at} END AS {at}"
        for at, end in (("low", "begins"), ("high", "ends"))
    )
    return f"""
        SELECT d.customer, d.record, d.at_ms, d.fault, d.topic, d.valence, d.words, d.whole, m.place,
            CASE {named} ELSE m.mechanism_no END AS mechanism_no, {low}, {high}
        FROM ({divided}) AS d CROSS JOIN (VALUES {values(own)}) AS m(place, mechanism_no, begins, ends)
        WHERE m.place = 0 OR {nameless}"""


def _weighed(placed: str, settings: Settings) -> str:
    """With `severity`, and `weight`: the stretch, cut out of what the whole would weigh, were it all so."""
    scales: dict[tuple[int, ...], list[str]] = {}
    for mechanism in MECHANISMS:
        weights = settings.mechanism_severity[mechanism.no]
        scales.setdefault(weights[:3], []).append(str(mechanism.no))
    levels = [
        f"WHEN severity = {level} AND mechanism_no IN ({', '.join(numbers)}) THEN {weight}"
        for weights, numbers in scales.items()
        for level, weight in enumerate(weights, 1)
    ]
    upper, lower = (f"(size * {end} + whole // 2) // whole" for end in ("high", "low"))
    return f"""
        SELECT *, CASE WHEN whole = 0 THEN 0 WHEN severity > 0 THEN {lower} - {upper}
            ELSE {upper} - {lower} END AS weight
        FROM (
            SELECT *, CASE {" ".join(levels)} WHEN valence >= {LEAST} THEN valence ELSE 0 END AS size
            FROM (
                SELECT *, CASE WHEN valence > -{LEAST} THEN 0 WHEN valence > -{SLIGHT} THEN 1
                    WHEN valence <= -{STRONG} AND words <= -{STRONG} THEN 3 ELSE 2 END AS severity
                FROM ({placed}) AS p
            ) AS g
        ) AS z"""


def touchpoints_of(rule: Rule, blueprint: Blueprint) -> dict[str, str]:
    """The touchpoint that each topic is of: of several the rule's own, else the first in the journey."""
    own = next(one for one in blueprint.touchpoints if one.id == rule.touchpoint)
    found: dict[str, str] = {}
    for touchpoint in (own, *blueprint.touchpoints):
        for topic in touchpoint.spoken_of:
            found.setdefault(topic, touchpoint.id)
    return found


def _touchpoint(rule: Rule, blueprint: Blueprint, numbers: Numbers) -> str:
    """SQL: the number of the touchpoint that the topic is of; the rule's where there is none."""
    cases = [
        f"WHEN topic = '{TOPICS.index(topic):02d}' THEN {numbers.touchpoint[touchpoint]}"
        for topic, touchpoint in sorted(touchpoints_of(rule, blueprint).items())
        if touchpoint != rule.touchpoint
    ]
    home = str(numbers.touchpoint[rule.touchpoint])
    return f"CASE {' '.join(cases)} ELSE {home} END" if cases else home

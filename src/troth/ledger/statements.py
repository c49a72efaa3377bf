"""The statements that the ledger runs, for people who want to run them where their data live."""

from collections.abc import Iterator

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.ledger.answers import Moment
from troth.ledger.arithmetic import merged_pools
from troth.ledger.decay import factors
from troth.ledger.evidence import Question, day_sums, remaining_by_mechanism, remaining_by_pool
from troth.ledger.reader import Draft
from troth.ledger.reading_rules import draft_read_rule
from troth.ledger.rules import Numbers, draft_promise, draft_ready_made, draft_rule
from troth.ledger.saying import draft_said
from troth.ledger.segments import draft_segment
from troth.ledger.sql import DAY_MS, Dialect, Statement, render, values
from troth.store import tables
from troth.texts import _
from troth.vocabulary import MECHANISMS

DAY_CUBE = f"""
    SELECT CAST(at_ms // {DAY_MS} AS INTEGER) AS day, touchpoint_no, mechanism_no, severity,
        CAST(SUM(weight) AS BIGINT) AS weight, CAST(SUM(n) AS BIGINT) AS n
    FROM experience
    GROUP BY CAST(at_ms // {DAY_MS} AS INTEGER), touchpoint_no, mechanism_no, severity"""


def statements(
    blueprint: Blueprint,
    settings: Settings,
    numbers: Numbers,
    at: Moment,
    first_day: int,
    dialect: Dialect = "duckdb",
) -> list[Statement]:
    """Every statement from records to evidence, in the order in which they need each other.

    Args:
        blueprint: rules, promises and segments.
        settings: ratios and half-lives, which make the table `decay`.
        numbers: of touchpoints and sources (`dictionaries.known_numbers` of an up-to-date ledger).
        at: the read-out time.
        first_day: the first day that has an experience (`sums.first_day`); decay reaches back so far.
        dialect: whose SQL.
    """
    return [
        Statement(name, purpose, render(draft.text, dialect, checked=draft.checked, pretty=True))
        for name, purpose, draft in (
            *_rules(blueprint, settings, numbers),
            ("day_cube", _("Day sums of all experiences, the table day_cube."), Draft("", DAY_CUBE)),
            *_decay(settings, at, first_day),
            *_read_outs(settings, at),
        )
    ]


def _rules(blueprint: Blueprint, settings: Settings, numbers: Numbers) -> Iterator[tuple[str, str, Draft]]:
    purpose = _("Experiences that “%(id)s” makes of the records, for the table experience.")
    for rule in blueprint.rules:
        drafted = draft_read_rule if rule.read else draft_rule
        draft = drafted(rule, blueprint, settings, numbers, _stored)
        yield f"rule.{rule.id}", purpose % {"id": rule.id}, draft
    for promise in blueprint.promises:
        draft = draft_promise(promise, blueprint, settings, numbers, _stored)
        yield f"promise.{promise.id}", purpose % {"id": promise.id}, draft
    draft = draft_ready_made(settings, numbers, _stored)
    yield "import", purpose % {"id": "import"}, draft
    for rule in blueprint.rules:
        if rule.read:
            purpose = _("What the texts say that “%(id)s” reads: by text, its statements’ codes.")
            yield f"said.{rule.id}", purpose % {"id": rule.id}, draft_said(rule, blueprint, settings, _stored)
    for segment in blueprint.segments:
        draft = draft_segment(segment, blueprint, settings, _stored)
        yield (
            f"segment.{segment.id}",
            _("The value of segment “%(id)s” of every customer.") % {"id": segment.id},
            draft,
        )


def _stored(kind: str, *, linked: bool = False) -> str:  # noqa: ARG001 - linked or not, it is the same table
    return tables.record_table(kind)


def _decay(settings: Settings, at: Moment, first: int) -> Iterator[tuple[str, str, Draft]]:
    lives = sorted({*settings.half_life_good, *settings.half_life_bad})
    ages = max(0, at.day - first) + 1
    rows = ((life, age, int(f)) for life, h in enumerate(lives) for age, f in enumerate(factors(ages, h)))
    yield (
        "factor",
        _("What remains after some days, in units of 2^-40; the table factor."),
        Draft("", f"SELECT life, age, factor FROM (VALUES {values(rows)}) AS f(life, age, factor)"),
    )
    _pools, pool_of = merged_pools(settings.ratio_milli)
    mechanisms = [
        (
            m.no,
            pool_of[m.no],
            lives.index(settings.half_life_good[m.no]),
            lives.index(settings.half_life_bad[m.no]),
        )
        for m in MECHANISMS
    ]
    text = f"""
        SELECT ({at.day} - g.age) * {len(MECHANISMS)} + m.mechanism_no AS slot, m.pool,
            g.factor AS good_factor, b.factor AS bad_factor
        FROM (VALUES {values(mechanisms)}) AS m(mechanism_no, pool, good_life, bad_life)
        JOIN factor AS g ON g.life = m.good_life
        JOIN factor AS b ON b.life = m.bad_life AND b.age = g.age"""
    yield (
        "decay",
        _("The same by day and mechanism, as of the read-out time; the table decay."),
        Draft("", text),
    )


def _read_outs(settings: Settings, at: Moment) -> Iterator[tuple[str, str, Draft]]:
    width = len(merged_pools(settings.ratio_milli)[0].ratio)
    unit = _("good and bad in units of 1/(1000 * 2^40) of an ordinary good experience")
    yield (
        "matrix",
        _("Evidence by touchpoint and mechanism: %(unit)s.") % {"unit": unit},
        Draft("", remaining_by_mechanism(Question(("touchpoint",), at))),
    )
    yield (
        "customers",
        _("Evidence of every customer, by precondition (by ratio, where these differ): %(unit)s.")
        % {"unit": unit},
        Draft("", remaining_by_pool(Question(("customer",), at), width)),
    )
    yield (
        "segments",
        _("Evidence by segment and mechanism: %(unit)s.") % {"unit": unit},
        Draft("", remaining_by_mechanism(Question(("segment",), at))),
    )
    yield (
        "shards",
        _("Evidence by touchpoint, mechanism and group of customers, for intervals: %(unit)s.")
        % {"unit": unit},
        Draft("", remaining_by_mechanism(Question(("touchpoint", "shard"), at))),
    )
    yield (
        "days",
        _("What happened on every day by touchpoint and mechanism, in milli-units, for the series."),
        Draft("", day_sums(Question(("touchpoint", "day"), at))),
    )

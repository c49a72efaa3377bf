"""The overview's words and drawings, and its tables as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from troth.insight.company import Trend
from troth.insight.critical import CriticalMoments
from troth.insight.movers import Mover
from troth.intake.summary import REASONS
from troth.report.page import sections, summary, words
from troth.report.page.lexicon import Lexicon
from troth.texts import _
from troth.vocabulary import PRECONDITION_IDS
from troth.web.frame.charts import Happening, Timeline, timeline
from troth.web.frame.page import Asked, Table, Value
from troth.web.pages.overview.query import Overview

MOST_MOVERS = 5


def view(answer: Overview, asked: Asked) -> dict[str, Any]:
    """What `page.html` names beside the answer."""
    lexicon = Lexicon(answer.journey)
    groups = sections.preconditions()
    start = _first(answer.company.trend, asked)
    critical = [moment.cost.high for moment in answer.moments]
    return {
        "lexicon": lexicon,
        "journey_name": words.name(answer.journey.name, _("Customer journey")),
        "sentences": summary.sentences(answer.company, CriticalMoments(answer.moments, ()), lexicon),
        "index_chart": _index(answer, start),
        "parts_chart": _parts(answer, start, lexicon),
        "months": [month for month in sections.months(answer.company.trend) if _from(month.day, asked)],
        "preconditions": groups,
        "definitions": {group.id: group.definition for group in groups},
        "shortfalls": words.shortfalls(answer.company.trust.preconditions),
        "standing_pieces": list(sections.standing_pieces(answer.company)),
        "concentration": words.concentration(answer.company.concentration),
        "reach": max([*critical, 1e-9]),
        "moved": list(_moved(answer, lexicon)),
        "courses": words.COURSES,
        "read_out_origins": words.READ_OUT_ORIGINS,
        "quarantine_reasons": REASONS,
        "left_out_reasons": words.LEFT_OUT_REASONS,
    }


def _from(day: object, asked: Asked) -> bool:
    return asked.filters.since is None or str(day) >= asked.filters.since.isoformat()


def _first(trend: Trend, asked: Asked) -> int:
    """The place of the first day that is shown."""
    return next((place for place, day in enumerate(trend.days) if _from(day, asked)), 0)


def _index(answer: Overview, start: int) -> Timeline | None:
    trend = answer.company.trend
    return timeline(
        trend.days[start:],
        {"index": (_("Company index"), trend.index[start:])},
        (trend.low[start:], trend.high[start:]),
        [Happening(one.first_day, one.last_day) for one in answer.annotations],
    )


def _parts(answer: Overview, start: int, lexicon: Lexicon) -> Timeline | None:
    trend = answer.company.trend
    series = {"willing": trend.willing, "able": trend.able, "assessable": trend.assessable}
    return timeline(
        trend.days[start:],
        {part: (lexicon.precondition(part), series[part][start:]) for part in PRECONDITION_IDS},
    )


def _moved(answer: Overview, lexicon: Lexicon) -> Iterator[tuple[str, str, list[tuple[str, Mover]], float]]:
    """The two rankings: their title, where their things are, these with their names, the scale's reach."""
    if answer.moved is None:
        return
    for title, page, name, movers in (
        (_("By touchpoint"), "journey", lexicon.touchpoint, answer.moved.touchpoints),
        (_("By mechanism"), "", lexicon.mechanism, answer.moved.mechanisms),
    ):
        first = [(name(mover.id), mover) for mover in movers[:MOST_MOVERS]]
        reached = [abs(limit) for _n, m in first for limit in (m.change.low, m.change.high)]
        if first:
            yield title, page, first, max([*reached, 0.1])


def trend_rows(answer: Overview) -> list[dict[str, Value]]:
    """A row a day."""
    trend = answer.company.trend
    columns = (trend.index, trend.low, trend.high, trend.willing, trend.able, trend.assessable)
    return [
        {"day": day.isoformat(), **dict(zip(_TREND_COLUMNS, values, strict=True))}
        for day, *values in zip(trend.days, *columns, strict=True)
    ]


def moment_rows(answer: Overview) -> list[dict[str, Value]]:
    """A row a critical moment."""
    return [
        {
            "rank": moment.rank,
            "touchpoint": moment.touchpoint,
            "mechanism": moment.mechanism,
            "cost": moment.cost.value,
            "low": moment.cost.low,
            "high": moment.cost.high,
            "certain": moment.certain,
            "score": moment.score.value,
            "experiences": moment.evidence.experiences,
            "bad_experiences": moment.evidence.bad_experiences,
            "customers": moment.customers,
            "course": moment.course,
        }
        for moment in answer.moments
    ]


def mover_rows(answer: Overview) -> list[dict[str, Value]]:
    """A row a touchpoint and a mechanism that moved the index."""
    if answer.moved is None:
        return []
    both = (("touchpoint", answer.moved.touchpoints), ("mechanism", answer.moved.mechanisms))
    return [
        {
            "since": answer.moved.since.isoformat(),
            "what": what,
            "id": mover.id,
            "change": mover.change.value,
            "low": mover.change.low,
            "high": mover.change.high,
            "certain": mover.certain,
            "experiences": mover.experiences,
            "bad_experiences": mover.bad_experiences,
        }
        for what, movers in both
        for mover in movers
    ]


_TREND_COLUMNS = ("index", "low", "high", "willing", "able", "assessable")
TABLES = (
    Table({"day": str, **dict.fromkeys(_TREND_COLUMNS, float)}, trend_rows),
    Table(
        {
            "rank": int, "touchpoint": str, "mechanism": str, "cost": float, "low": float, "high": float,
            "certain": bool, "score": float, "experiences": int, "bad_experiences": int, "customers": int,
            "course": str,
        },
        moment_rows,
        "moments",
    ),
    Table(
        {
            "since": str, "what": str, "id": str, "change": float, "low": float, "high": float,
            "certain": bool, "experiences": int, "bad_experiences": int,
        },
        mover_rows,
        "movers",
    ),
)  # fmt: skip

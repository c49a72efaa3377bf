"""Everything the templates name: the twin, its figures in rows, and words."""

from typing import Any

from troth import texts
from troth.intake.summary import REASONS as QUARANTINE_REASONS
from troth.report.page import charts, designed, journey, marks, sections, summary, voices, words
from troth.report.page.lexicon import Lexicon
from troth.report.twin.shape import Twin
from troth.texts import _, ngettext


def context(twin: Twin) -> dict[str, Any]:
    """The variables of `report.html`, in the language in force."""
    lexicon = Lexicon(twin.journey)
    trend = twin.company.trend
    charted = len(charts.drawn_days(trend)) > 1
    titles, groups = _titles(), sections.preconditions()
    return {
        "twin": twin,
        "language": texts.language(),
        "lexicon": lexicon,
        "journey": words.name(twin.journey.name, _("Customer journey")),
        "titles": titles,
        "contents": _contents(twin, titles),
        "sentences": summary.sentences(twin.company, twin.critical, lexicon),
        "index_chart": charts.index_chart(trend) if charted else None,
        "preconditions_chart": charts.preconditions_chart(trend, lexicon) if charted else None,
        "months": list(sections.months(trend)),
        "preconditions": groups,
        "shortfalls": words.shortfalls(twin.company.trust.preconditions),
        "definitions": {group.id: group.definition for group in groups},
        "stops": list(journey.stops(twin.journey, twin.touchpoints, lexicon)),
        "columns_on_screen": journey.columns(len(twin.touchpoints), 9),
        "columns_on_paper": journey.columns(len(twin.touchpoints), 7),
        "height": journey.HEIGHT,
        "y": journey.height_of,
        "course_height": journey.SERIES_HEIGHT,
        "course_neutral": journey.neutral_course(twin.touchpoints),
        "moments": sections.moments(twin),
        "grid": list(sections.grid(twin.touchpoints, twin.cells, lexicon)),
        "standing_pieces": list(sections.standing_pieces(twin.company)),
        "concentration": words.concentration(twin.company.concentration),
        "designed_cells": designed.cells(twin),
        "promised": designed.promised,
        "segments": list(sections.segments(twin, lexicon)),
        "outcomes": list(sections.outcomes(twin, lexicon)),
        "quarantine": [
            (kind.kind, found.reason, found.rows) for kind in twin.data.kinds for found in kind.reasons
        ],
        "later": _later(twin.data.later),
        "not_observed": list(sections.not_observed(twin, lexicon)),
        "parameter_rows": list(sections.parameter_rows(twin, lexicon)),
        "severity_rows": list(sections.severity_rows(twin, lexicon)),
        "ratios": sections.ratios(twin),
        "mark_words": marks.MARK_WORDS,
        "read_out_origins": words.READ_OUT_ORIGINS,
        "quarantine_reasons": QUARANTINE_REASONS,
        "left_out_reasons": words.LEFT_OUT_REASONS,
        "courses": words.COURSES,
        "time_locale": charts.time_locale(),
        **(voices.drawn(twin.voices) if twin.voices else {}),
    }


def _titles() -> dict[str, str]:
    return {
        "trend": _("Over time"),
        "preconditions": _("Three preconditions"),
        "journey": _("The journey"),
        "moments": _("Critical moments"),
        "grid": _("Touchpoints and mechanisms"),
        "designed": _("Designed and lived"),
        "voices": _("What customers say"),
        "customers": _("Customers"),
        "outcomes": _("What trust foretells"),
        "data": _("Data quality"),
        "parameters": _("Parameters in force"),
        "reading": _("How to read this"),
    }


def _contents(twin: Twin, titles: dict[str, str]) -> list[tuple[str, str]]:
    missing = {"trend", "preconditions"} if twin.company.trust.index is None else set()
    if not twin.outcomes:
        missing.add("outcomes")
    if twin.designed is None:
        missing.add("designed")
    if twin.voices is None:
        missing.add("voices")
    return [(id_, title) for id_, title in titles.items() if id_ not in missing]


def _later(n: int) -> str:
    return ngettext(
        "%(n)s experience is dated later and does not count yet.",
        "%(n)s experiences are dated later and do not count yet.",
        n,
    ) % {"n": words.number(n)}

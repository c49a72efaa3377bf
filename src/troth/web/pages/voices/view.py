"""The page's rows and words, and its tables as files."""

from __future__ import annotations

from typing import Any

from troth.insight.estimate import Estimate
from troth.report.page import voices as drawing
from troth.report.page.lexicon import Lexicon
from troth.web.frame.lists import listed
from troth.web.frame.page import Asked, Table, Value
from troth.web.pages.voices.query import SORTS, VoicesAnswer


def view(answer: VoicesAnswer, asked: Asked) -> dict[str, Any]:
    """What `page.html` names beside the answer."""
    found = drawing.drawn(answer.voices)
    return {
        "lexicon": Lexicon(answer.journey),
        **found,
        "rows": listed(found["with_figures"], asked.filters, SORTS),
        "sorts": tuple(SORTS),
        "months_newest_first": answer.voices.months[::-1],
    }


def _parts(name: str, share: Estimate | None) -> dict[str, Value]:
    return {
        name: share.value if share else None,
        f"{name}_low": share.low if share else None,
        f"{name}_high": share.high if share else None,
    }


def place_rows(answer: VoicesAnswer) -> list[dict[str, Value]]:
    """A row a touchpoint and mechanism."""
    return [
        {
            "touchpoint": one.touchpoint,
            "mechanism": one.mechanism,
            "few": one.few,
            "texts": one.texts,
            "bad_texts": one.bad_texts,
            **_parts("mentions", one.mentions),
            **_parts("mentions_change", one.mentions_change),
            "mentions_differ": one.mentions_differ,
            **_parts("said", one.said),
            **_parts("bad", one.bad),
            **_parts("bad_change", one.bad_change),
            "bad_differs": one.bad_differs,
        }
        for one in answer.voices.places
    ]


def month_rows(answer: VoicesAnswer) -> list[dict[str, Value]]:
    """A row a month."""
    return [
        {
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
            "read": one.read,
            "texts": one.texts,
            **_parts("bad", one.bad),
        }
        for one in answer.voices.months
    ]


def term_rows(answer: VoicesAnswer) -> list[dict[str, Value]]:
    """A row a term."""
    return [
        {
            "language": language.language,
            "term": one.term,
            "now": one.now,
            "before": one.before,
            "texts": language.texts,
            "texts_before": language.texts_before,
            "z": one.z,
        }
        for language in answer.voices.terms
        for one in language.risen
    ]


def _columns(*names: str) -> dict[str, type[float]]:
    return {f"{name}{end}": float for name in names for end in ("", "_low", "_high")}


TABLES = (
    Table(
        {
            "touchpoint": str, "mechanism": str, "few": bool, "texts": int, "bad_texts": int,
            **_columns("mentions", "mentions_change"), "mentions_differ": bool, **_columns("said", "bad"),
            **_columns("bad_change"), "bad_differs": bool,
        },
        place_rows,
    ),
    Table(
        {"first_day": str, "last_day": str, "read": int, "texts": int, **_columns("bad")},
        month_rows,
        "months",
    ),
    Table(
        {
            "language": str, "term": str, "now": int, "before": int, "texts": int, "texts_before": int,
            "z": float,
        },
        term_rows,
        "terms",
    ),
)  # fmt: skip

"""The journey's picture, and its table as a file."""

from __future__ import annotations

from typing import Any

from troth.report.page import journey as picture
from troth.report.page.lexicon import Lexicon
from troth.web.frame.page import Asked, Table, Value
from troth.web.pages.journey.query import JourneyAnswer


def view(answer: JourneyAnswer, _asked: Asked) -> dict[str, Any]:
    """What `page.html` names beside the answer."""
    lexicon = Lexicon(answer.journey)
    return {
        "lexicon": lexicon,
        "stops": list(picture.stops(answer.journey, answer.touchpoints, lexicon)),
        "columns_on_screen": picture.columns(len(answer.touchpoints), 9),
        "columns_on_paper": picture.columns(len(answer.touchpoints), 7),
        "height": picture.HEIGHT,
        "y": picture.height_of,
        "course_height": picture.SERIES_HEIGHT,
        "course_neutral": picture.neutral_course(answer.touchpoints),
    }


def rows(answer: JourneyAnswer) -> list[dict[str, Value]]:
    """A row a touchpoint."""
    phase_of = {touchpoint.id: touchpoint.phase for touchpoint in answer.journey.touchpoints}
    found: list[dict[str, Value]] = []
    for one in answer.touchpoints:
        trust = one.trust
        parts = {part.precondition: part.score.value if part.score else None for part in trust.preconditions}
        found.append(
            {
                "touchpoint": one.touchpoint,
                "phase": phase_of.get(one.touchpoint),
                "index": trust.index.value if trust.index else None,
                "low": trust.index.low if trust.index else None,
                "high": trust.index.high if trust.index else None,
                "known": trust.known,
                **parts,
                "balance": trust.evidence.balance,
                "owed": trust.evidence.owed,
                "experiences": trust.evidence.experiences,
                "bad_experiences": trust.evidence.bad_experiences,
            }
        )
    return found


TABLES = (
    Table(
        {
            "touchpoint": str, "phase": str, "index": float, "low": float, "high": float, "known": bool,
            "willing": float, "able": float, "assessable": float, "balance": float, "owed": float,
            "experiences": int, "bad_experiences": int,
        },
        rows,
    ),
)  # fmt: skip

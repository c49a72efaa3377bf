"""The grid's rows and words, and its tables as files."""

from __future__ import annotations

from typing import Any

from troth.report.page import sections, words
from troth.report.page.lexicon import Lexicon
from troth.web.frame.lists import listed
from troth.web.frame.page import Asked, Table, Value
from troth.web.pages.grid.query import GridAnswer

SORTS = {
    "rank": lambda moment: moment.rank,
    "touchpoint": lambda moment: moment.touchpoint,
    "mechanism": lambda moment: moment.mechanism,
    "cost": lambda moment: moment.cost.value,
    "bad": lambda moment: moment.evidence.bad_experiences,
    "customers": lambda moment: moment.customers,
    "score": lambda moment: moment.score.value,
}


def view(answer: GridAnswer, asked: Asked) -> dict[str, Any]:
    """What `page.html` names beside the answer."""
    lexicon = Lexicon(answer.journey)
    return {
        "lexicon": lexicon,
        "preconditions": sections.preconditions(),
        "grid": list(sections.grid(answer.touchpoints, answer.cells, lexicon)),
        "titles": {"grid": str(asked.blueprint.journey.name)},
        "moments": listed(answer.critical, asked.filters, SORTS),
        "sorts": tuple(SORTS),
        "courses": words.COURSES,
    }


def cell_rows(answer: GridAnswer) -> list[dict[str, Value]]:
    """A row a cell."""
    cost = {(moment.touchpoint, moment.mechanism): moment for moment in answer.critical}
    found: list[dict[str, Value]] = []
    for cell in answer.cells:
        moment = cost.get((cell.touchpoint, cell.mechanism))
        found.append(
            {
                "touchpoint": cell.touchpoint,
                "mechanism": cell.mechanism,
                "score": cell.score.value,
                "low": cell.score.low,
                "high": cell.score.high,
                "known": cell.known,
                "good": cell.evidence.good,
                "bad": cell.evidence.bad,
                "balance": cell.evidence.balance,
                "owed": cell.evidence.owed,
                "experiences": cell.evidence.experiences,
                "bad_experiences": cell.evidence.bad_experiences,
                "cost": moment.cost.value if moment else None,
                "rank": moment.rank if moment else None,
            }
        )
    return found


TABLES = (
    Table(
        {
            "touchpoint": str, "mechanism": str, "score": float, "low": float, "high": float, "known": bool,
            "good": float, "bad": float, "balance": float, "owed": float, "experiences": int,
            "bad_experiences": int, "cost": float, "rank": int,
        },
        cell_rows,
    ),
)  # fmt: skip

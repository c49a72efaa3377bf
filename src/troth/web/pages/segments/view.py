"""Words of the page of segments."""

from __future__ import annotations

from typing import Any

from troth.report.page import words as figures
from troth.web.frame.naming import Naming
from troth.web.frame.page import Asked
from troth.web.pages.segments.query import SegmentsAnswer


def words(answer: SegmentsAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    naming = Naming(asked.blueprint)
    return {
        "naming": naming,
        "filters": asked.filters,
        "named_groups": [(group, naming.group(*group.split("=", 1))) for group in answer.groups],
        "signed_points": lambda estimate: figures.signed(estimate.value, figures.digits(estimate)),
    }

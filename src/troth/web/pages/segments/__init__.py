"""Segments: every group of customers, and two of them beside each other."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.segments.query import SegmentsAnswer, rows, segments
from troth.web.pages.segments.view import words

PAGES = (
    Page(
        name="segments",
        address="/segments",
        title=lazy("Segments"),
        answer=SegmentsAnswer,
        query=segments,
        package=__name__,
        takes=("at", "segment", "against"),
        warms=True,
        menu=50,
        rows=rows,
        context=words,
    ),
)

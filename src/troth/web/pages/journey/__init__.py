"""The journey: every touchpoint in its order, and a page for each."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.journey import touchpoint
from troth.web.pages.journey.query import JourneyAnswer, journey
from troth.web.pages.journey.view import TABLES, view

PAGES = (
    Page(
        name="journey",
        address="/journey",
        title=lazy("Journey"),
        summary="Trust at every touchpoint, in the journey's order",
        answer=JourneyAnswer,
        query=journey,
        package=__name__,
        menu=20,
        filters=("until", "segment"),
        tables=TABLES,
        context=view,
        keeps=True,
    ),
    Page(
        name="touchpoint",
        address="/journey/{touchpoint}",
        title=lazy("Touchpoint"),
        summary="One touchpoint: its course, its mechanisms, what happened, example records",
        answer=touchpoint.TouchpointAnswer,
        query=touchpoint.touchpoint,
        package=__name__,
        filters=("period", "segment"),
        tables=touchpoint.TABLES,
        context=touchpoint.view,
        heading=touchpoint.heading,
        noted=touchpoint.noted,
        template="touchpoint.html",
    ),
)

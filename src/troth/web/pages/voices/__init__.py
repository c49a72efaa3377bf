"""Voices: what customers write, by touchpoint and mechanism, with what changed and in their own words."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.voices.query import VoicesAnswer, noted, voices
from troth.web.pages.voices.view import TABLES, view

PAGES = (
    Page(
        name="voices",
        address="/voices",
        title=lazy("Voices"),
        summary="What customers write: where, how many badly, what changed, terms that rose, quotes",
        answer=VoicesAnswer,
        query=voices,
        package=__name__,
        warms=True,
        menu=35,
        filters=("period", "segment", "touchpoint", "mechanism"),
        takes=("sort", "page", "size"),
        tables=TABLES,
        context=view,
        noted=noted,
    ),
)

"""Overview: where trust stands, and what moved it."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.overview.query import Overview, overview
from troth.web.pages.overview.view import TABLES, view

PAGES = (
    Page(
        name="overview",
        address="/overview",
        title=lazy("Overview"),
        summary="Where trust stands, how it got there, and what moved it",
        answer=Overview,
        query=overview,
        package=__name__,
        warms=True,
        menu=10,
        filters=("period", "segment"),
        tables=TABLES,
        context=view,
        keeps=True,
    ),
)

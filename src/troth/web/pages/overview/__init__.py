"""Overview: where trust stands."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.overview.query import Overview, overview

PAGES = (
    Page(
        name="overview",
        address="/overview",
        title=lazy("Overview"),
        answer=Overview,
        query=overview,
        package=__name__,
        menu=10,
        filters=("period",),
        keeps=True,
    ),
)

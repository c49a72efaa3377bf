"""The trail: what was done, and whose data were looked at."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.trail.query import TrailAnswer, rows, trail, words

PAGES = (
    Page(
        name="trail",
        address="/settings/trail",
        title=lazy("Trail"),
        answer=TrailAnswer,
        query=trail,
        package=__name__,
        takes=("action", "actor", "subject", "page", "size"),
        right=Right.ADMINISTER,
        rows=rows,
        context=words,
    ),
)

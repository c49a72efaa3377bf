"""Data: what is in the ledger, and what came in when."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.data.query import DataAnswer, data, rows, words

PAGES = (
    Page(
        name="data",
        address="/data",
        title=lazy("Data"),
        answer=DataAnswer,
        query=data,
        package=__name__,
        takes=("kind", "page", "size"),
        menu=60,
        rows=rows,
        context=words,
    ),
)

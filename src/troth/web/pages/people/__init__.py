"""Accounts: who may come in, and as what."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.people.actions import ACTIONS
from troth.web.pages.people.query import People, people, rows, words

__all__ = ["ACTIONS", "PAGES"]

PAGES = (
    Page(
        name="people",
        address="/settings/people",
        title=lazy("Accounts"),
        answer=People,
        query=people,
        package=__name__,
        right=Right.ADMINISTER,
        rows=rows,
        context=words,
    ),
)

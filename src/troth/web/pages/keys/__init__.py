"""API keys: how programs come in."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.keys.actions import ACTIONS
from troth.web.pages.keys.query import Keys, keys, rows, words

__all__ = ["ACTIONS", "PAGES"]

PAGES = (
    Page(
        name="keys",
        address="/settings/keys",
        title=lazy("API keys"),
        answer=Keys,
        query=keys,
        package=__name__,
        right=Right.ADMINISTER,
        rows=rows,
        context=words,
    ),
)

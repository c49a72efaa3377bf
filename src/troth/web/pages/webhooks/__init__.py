"""Webhooks: the endpoints to which other systems post what happens."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.webhooks.actions import ACTIONS
from troth.web.pages.webhooks.query import Webhooks, rows, webhooks, words

__all__ = ["ACTIONS", "PAGES"]

PAGES = (
    Page(
        name="webhooks",
        address="/settings/webhooks",
        title=lazy("Webhooks"),
        answer=Webhooks,
        query=webhooks,
        package=__name__,
        summary="The endpoints of webhooks, and what came of their last delivery.",
        right=Right.ADMINISTER,
        rows=rows,
        context=words,
    ),
)

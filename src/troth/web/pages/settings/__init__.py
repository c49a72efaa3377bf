"""Settings: one's own account, and how one gets in."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.settings.actions import ACTIONS
from troth.web.pages.settings.query import OwnAccount, own_account, words

__all__ = ["ACTIONS", "PAGES"]

PAGES = (
    Page(
        name="settings",
        address="/settings",
        title=lazy("Settings"),
        answer=OwnAccount,
        query=own_account,
        package=__name__,
        menu=90,
        context=words,
    ),
)

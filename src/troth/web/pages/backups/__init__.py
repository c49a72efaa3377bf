"""Backups: one file each with everything, in the workspace's folder `backups`."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.frame.page import Page
from troth.web.pages.backups.acting import take
from troth.web.pages.backups.query import Backups, backups, rows, words
from troth.web.work.answers import JobAnswer

__all__ = ["ACTIONS", "PAGES"]

PAGES = (
    Page(
        name="backups",
        address="/settings/backups",
        title=lazy("Backups"),
        answer=Backups,
        query=backups,
        package=__name__,
        summary="The backups in the workspace's folder, newest first.",
        right=Right.ADMINISTER,
        rows=rows,
        context=words,
    ),
)
ACTIONS = (
    Action(
        name="take-backup",
        address="/settings/backups/take",
        right=Right.ADMINISTER,
        answer=JobAnswer,
        perform=take,
        back="/settings/backups",
    ),
)

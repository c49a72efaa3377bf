"""The quarantine: rows that could not be used, why, and reading them anew."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.frame.page import Page
from troth.web.pages.quarantine.acting import ReplayForm, replay
from troth.web.pages.quarantine.query import QuarantineAnswer, quarantine, rows, words
from troth.web.work.answers import JobAnswer

PAGES = (
    Page(
        name="quarantine",
        address="/data/quarantine",
        title=lazy("Quarantine"),
        answer=QuarantineAnswer,
        query=quarantine,
        package=__name__,
        takes=("kind", "reason", "page", "size"),
        rows=rows,
        context=words,
    ),
)
ACTIONS = (
    Action(
        name="quarantine-replay",
        address="/data/quarantine/replay",
        right=Right.CHANGE_DATA,
        answer=JobAnswer,
        perform=replay,
        form=ReplayForm,
    ),
)

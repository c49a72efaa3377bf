"""Importing a file: send it, look at what it would do, then import it."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.frame.page import Page
from troth.web.pages.importing.acting import MOST_BYTES, UploadForm, upload
from troth.web.pages.importing.query import ImportingAnswer, importing
from troth.web.work.answers import JobAnswer

PAGES = (
    Page(
        name="importing",
        address="/data/import",
        title=lazy("Import a file"),
        answer=ImportingAnswer,
        query=importing,
        package=__name__,
        right=Right.CHANGE_DATA,
    ),
)
ACTIONS = (
    Action(
        name="upload",
        address="/data/import",
        right=Right.CHANGE_DATA,
        answer=JobAnswer,
        perform=upload,
        form=UploadForm,
        most_bytes=MOST_BYTES,
        takes_file=True,
    ),
)

"""Personal data: what is guarded and how long it is kept, one person exported or erased, the receipts."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.frame.page import Page, Table
from troth.web.pages.privacy.acting import Erasing, Naming, apply_retention, begin_erasure, begin_export
from troth.web.pages.privacy.query import ExportAnswer, PrivacyAnswer, privacy, receipts, shown_export, words
from troth.web.work.answers import JobAnswer

__all__ = ["ACTIONS", "PAGES"]

PAGES = (
    Page(
        name="privacy",
        address="/settings/privacy",
        title=lazy("Personal data"),
        answer=PrivacyAnswer,
        query=privacy,
        package=__name__,
        summary="How people's data are guarded and kept, and the receipts of erasures.",
        right=Right.ADMINISTER,
        tables=(
            Table(
                {"number": int, "at_ms": int, "actor": str, "rows": int, "done_ms": int, "counts": str},
                receipts,
            ),
        ),
        context=words,
    ),
    Page(
        name="person-export",
        address="/settings/privacy/exports/{job}",
        title=lazy("One person’s data"),
        answer=ExportAnswer,
        query=shown_export,
        package=__name__,
        summary="Everything that is held of one person, once the job that reads it has ended.",
        right=Right.ADMINISTER,
        template="export.html",
    ),
)
ACTIONS = (
    Action(
        name="person-export",
        address="/settings/privacy/export",
        right=Right.ADMINISTER,
        answer=JobAnswer,
        perform=begin_export,
        form=Naming,
        back="/settings/privacy",
    ),
    Action(
        name="person-erase",
        address="/settings/privacy/erase",
        right=Right.ADMINISTER,
        answer=JobAnswer,
        perform=begin_erasure,
        form=Erasing,
        back="/settings/privacy",
    ),
    Action(
        name="retention-apply",
        address="/settings/privacy/retention",
        right=Right.ADMINISTER,
        answer=JobAnswer,
        perform=apply_retention,
        back="/settings/privacy",
    ),
)

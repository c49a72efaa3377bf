"""One job: how far it is, what came of it, and whether that is taken."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.frame.page import Page
from troth.web.pages.job.acting import discard, stop, take
from troth.web.pages.job.query import job, words
from troth.web.work.answers import JobAnswer

PAGES = (
    Page(
        name="job",
        address="/jobs/{job}",
        title=lazy("Job"),
        answer=JobAnswer,
        query=job,
        package=__name__,
        right=Right.CHANGE_DATA,
        under="/data",
        context=words,
    ),
)
ACTIONS = tuple(
    Action(
        name=f"job-{name}",
        address=f"/jobs/{{job}}/{name}",
        right=Right.CHANGE_DATA,
        answer=JobAnswer,
        perform=perform,
    )
    for name, perform in (("take", take), ("discard", discard), ("stop", stop))
)

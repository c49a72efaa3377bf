"""Jobs: the long work that is going on, and what came of the latest."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.jobs.query import JobsAnswer, jobs
from troth.web.work.words import words

PAGES = (
    Page(
        name="jobs",
        address="/jobs",
        title=lazy("Jobs"),
        answer=JobsAnswer,
        query=jobs,
        package=__name__,
        right=Right.CHANGE_DATA,
        under="/data",
        context=words,
    ),
)

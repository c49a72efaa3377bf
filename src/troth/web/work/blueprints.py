"""A changed blueprint: first what it would change, then in force."""

from __future__ import annotations

from troth.store.office.trail import Action, Entry, note
from troth.workspace import BLUEPRINT_NAME
from troth.workspace.jobs import Job
from troth.workspace.live import Live
from troth.workspace.trial import Trial, digest, take, tried


def try_out(live: Live, text: str, actor: str) -> Job:
    """A job that checks the text and works out what it would change."""

    def work(job: Job) -> Trial:
        return tried(live, text, job)

    return live.jobs.start("blueprint-trial", BLUEPRINT_NAME, actor, work, given=text)


def put_in_force(live: Live, text: str, base: str, actor: str) -> Job:
    """A job that puts the text in force."""

    def work(job: Job) -> None:
        take(live, text, base, job)
        with live.office.transaction() as connection:
            detail: dict[str, str | int] = {"sha256": digest(text)}
            note(connection, Entry(live.now_ms(), actor, Action.BLUEPRINT_CHANGED, BLUEPRINT_NAME, detail))

    return live.jobs.start("blueprint", BLUEPRINT_NAME, actor, work, given=text)

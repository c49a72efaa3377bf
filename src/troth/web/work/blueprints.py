"""A changed blueprint: first what it would change, then in force."""

from __future__ import annotations

from troth import blueprint as blueprints
from troth.blueprint.schema import Blueprint
from troth.errors import TrothError
from troth.store.office.trail import Action, Entry, note
from troth.web.access.rights import Right, Visitor
from troth.workspace import BLUEPRINT_NAME
from troth.workspace.jobs import Job
from troth.workspace.live import Live
from troth.workspace.trial import Trial, digest, take, tried


def demand_right(live: Live, text: str, visitor: Visitor) -> None:
    """Let pass who may change the blueprint to `text`.

    What guards people is for administrators: that section, how long records are kept, and, where nobody is
    shown alone, all of it, since a rule could be about one person.

    Raises:
        TrothError: `not-allowed`.
    """
    now = live.blueprint
    if now.privacy.people == "segments":
        visitor.demand(Right.ADMINISTER)
    try:
        then = blueprints.parse(text, BLUEPRINT_NAME)
    except TrothError:  # the job tells what is wrong in it
        return
    if then.privacy != now.privacy or _kept(then) != _kept(now):
        visitor.demand(Right.ADMINISTER)


def _kept(blueprint: Blueprint) -> list[tuple[str, object, str | None]]:
    return [(name, kind.keep, kind.keep_from) for name, kind in blueprint.records.items() if kind.keep]


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

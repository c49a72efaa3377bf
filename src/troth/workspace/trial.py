"""A changed blueprint, tried on a ledger beside the ledger: what would be different."""

from __future__ import annotations

import difflib
import hashlib
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from troth import blueprint as blueprints
from troth.blueprint.lint import Finding, lint
from troth.blueprint.loading import read_text
from troth.blueprint.saving import replace_text
from troth.blueprint.schema import Blueprint
from troth.errors import UsageError
from troth.insight.basis import basis
from troth.insight.days import time_of
from troth.insight.estimate import Estimate
from troth.insight.pooled import PooledTrust, pooled_trust
from troth.ledger import LeftOut, Moment
from troth.store.beside import beside
from troth.texts import _
from troth.workspace.base import BLUEPRINT_NAME
from troth.workspace.facade import Workspace
from troth.workspace.jobs import Job
from troth.workspace.live import Live
from troth.workspace.observing import observed

Sign = Literal["same", "added", "gone", "place"]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of the difference of two texts; `place` says where in the file the next ones are."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What a blueprint makes of the records. `index`: points; None where nothing is known."""

    index: Estimate | None
    experiences: int
    customers: int


@dataclass(frozen=True, slots=True)
class TouchpointChange:
    """A touchpoint's index before and after; None where it has no experience."""

    touchpoint: str
    before: Estimate | None
    after: Estimate | None


@dataclass(frozen=True, slots=True)
class SourceChange:
    """How many experiences a rule or promise gives before and after."""

    source: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a changed blueprint would change, both read out at the same time.

    `base`: the digest of the blueprint it was compared with. `lines`: the difference of the texts.
    `findings`: what the check says about the new one. `left_out`: records it would leave out.
    """

    base: str
    lines: tuple[DiffLine, ...]
    findings: tuple[Finding, ...]
    at: str | None
    before: Measured
    after: Measured
    touchpoints: tuple[TouchpointChange, ...]
    sources: tuple[SourceChange, ...]
    left_out: tuple[LeftOut, ...]


def digest(text: str) -> str:
    """What tells two blueprints apart."""
    return hashlib.sha256(text.encode()).hexdigest()


def on_disk(live: Live) -> str:
    """The text of the blueprint's file, which may be newer than the one in force."""
    return read_text(live.folder / BLUEPRINT_NAME)


def in_force(live: Live) -> str:
    """The text of the blueprint in force."""
    return "".join(f"{line}\n" for line in live.blueprint.lines)


def tried(live: Live, text: str, job: Job) -> Trial:
    """Check `text` and work out what it would change.

    Raises:
        BlueprintError: all that is wrong in it.
        TrothError: the stored records cannot follow it.
    """
    job.progress("checking", None)
    blueprint = blueprints.parse(text, BLUEPRINT_NAME)
    base = digest(on_disk(live))
    with live.reading() as now, beside(now.store, live.passing) as store:
        then = Workspace(live.folder, blueprint, live.clock)
        then.use(store)
        then.watch = lambda: nullcontext(job.progress)
        with job.interruptible(store.connection):
            state = then.refreshed()
            job.progress("comparing", None)
            moment = _moment(now, then)
            before, touchpoints_before = _measured(now, moment)
            after, touchpoints_after = _measured(then, moment)
            seen_before = observed(now.store, now.blueprint, now.settings).experiences
            seen = observed(store, blueprint, then.settings)
        return Trial(
            base=base,
            lines=_difference(in_force(live), text),
            findings=tuple(lint(blueprint, seen)),
            at=None if moment is None else time_of(moment.at_ms).isoformat(),
            before=before,
            after=after,
            touchpoints=tuple(
                TouchpointChange(id_, _index(touchpoints_before.get(id_)), _index(touchpoints_after.get(id_)))
                for id_ in dict.fromkeys((*touchpoints_after, *touchpoints_before))
            ),
            sources=tuple(
                SourceChange(id_, int(seen_before.get(id_, 0)), int(seen.experiences.get(id_, 0)))
                for id_ in _sources(blueprint, now.blueprint)
            ),
            left_out=state.left_out,
        )


def take(live: Live, text: str, base: str, job: Job) -> Blueprint:
    """Put the blueprint `text` in force and write it to its file, if that is still what it was tried against.

    Raises:
        UsageError: `blueprint-moved`.
    """
    blueprint = blueprints.parse(text, str(live.folder / BLUEPRINT_NAME))
    with live.writing:
        _check_unmoved(live, base)
        live.take_blueprint(blueprint, lambda: _keep(live.folder / BLUEPRINT_NAME, text), job.progress)
    return blueprint


def _keep(path: Path, text: str) -> None:
    if read_text(path) != text:
        replace_text(path.resolve(), text)


def _check_unmoved(live: Live, base: str) -> None:
    if digest(on_disk(live)) != base:
        raise UsageError(
            "blueprint-moved",
            _("The blueprint's file has changed since the difference was worked out."),
            _("Look at the difference again, then take it."),
            where=BLUEPRINT_NAME,
        )


def _moment(now: Workspace, then: Workspace) -> Moment | None:
    for workspace in (now, then):
        if workspace.has_experiences:
            return workspace.moment()
    return None


def _measured(workspace: Workspace, at: Moment | None) -> tuple[Measured, dict[str, PooledTrust]]:
    state = workspace.refreshed()
    if at is None or not state.experiences:
        return Measured(None, state.experiences, state.customers), {}
    stands_on = basis(workspace.ledger, workspace.blueprint, workspace.settings, at)
    whole = pooled_trust(stands_on.sums.sum(axis=0), stands_on.n.sum(axis=0), stands_on)
    return Measured(whole.index, state.experiences, state.customers), {
        touchpoint: pooled_trust(stands_on.sums[row], stands_on.n[row], stands_on)
        for row, touchpoint in enumerate(stands_on.touchpoints)
    }


def _index(trust: PooledTrust | None) -> Estimate | None:
    return None if trust is None else trust.index


def _sources(*of: Blueprint) -> list[str]:
    found: dict[str, None] = {}
    for blueprint in of:
        found |= dict.fromkeys(rule.id for rule in blueprint.rules)
        found |= dict.fromkeys(promise.id for promise in blueprint.promises)
    return list(found)


def _difference(before: str, after: str) -> tuple[DiffLine, ...]:
    signs: dict[str, Sign] = {"+": "added", "-": "gone", " ": "same", "@": "place"}
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    return tuple(DiffLine(signs[line[0]], line if line[0] == "@" else line[1:]) for line in list(lines)[2:])

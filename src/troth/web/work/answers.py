"""What a job's page shows: how far it is, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from troth import intake
from troth.insight.days import time_of
from troth.intake import ImportSummary
from troth.report.page.words import coded
from troth.web.access.rights import Visitor, may_see_rows
from troth.web.frame import failures
from troth.web.work.words import STAGES, STATES
from troth.workspace.jobs import Job, Kind, State
from troth.workspace.live import Live
from troth.workspace.privacy import Receipt
from troth.workspace.trial import Measured, Trial


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Rows that go to quarantine for one reason; `column`: None where it concerns the whole row."""

    reason: str
    column: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of the preview that would go to quarantine, as it came."""

    row_no: int
    reason: str
    column: str | None
    detail: str | None
    row: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file: as they would be stored, and as they would go to quarantine."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | bool | None, ...], ...]
    quarantined: tuple[RefusedRow, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do: `read = added + changed + same + stale + quarantined + erased`.

    `import_no`: None for a preview. `preview`: for a preview only, and for those who may see people.
    """

    import_no: int | None
    kind: str
    source: str
    format: str
    read: int
    added: int
    changed: int
    same: int
    stale: int
    quarantined: int
    erased: int
    reasons: tuple[ReasonCount, ...]
    notes: tuple[str, ...]
    preview: Preview | None


@dataclass(frozen=True, slots=True)
class JobAnswer:
    """A job. Jobs live in the server's memory: they are forgotten when it starts anew.

    `state`: `running`, `done`, `failed`, `stopped`; `finished`: whether it is not running any more. `stage`,
    `share`: what is being done, and how much of that is done, 0 to 1, None when nobody knows; `label` says
    so in words. `error`: why it failed, in the API's one shape, and HTTP's number for that. `may_take`:
    whether its result waits to be taken or discarded. `next`: the job that takes it. `text`: the blueprint
    that was tried. `removed`: how many rows an erasure or the retention has removed, by table.
    `without_figures`: nobody is shown alone here, so a trial tells of the texts only.
    """

    id: str
    kind: Kind
    title: str
    actor: str
    begun: dt.datetime
    ended: dt.datetime | None
    state: State
    stopping: bool
    may_stop: bool
    finished: bool
    stage: str
    label: str
    share: float | None
    error: dict[str, Any] | None
    error_status: int | None
    may_take: bool
    settled: str | None
    next: str | None
    imports: tuple[ImportResult, ...]
    trial: Trial | None
    text: str | None
    removed: dict[str, int] | None = None
    without_figures: bool = False


TAKEN = ("import-preview", "blueprint-trial")
"""The kinds of jobs whose result is taken or discarded."""


def answer_of(live: Live, job: Job, visitor: Visitor) -> JobAnswer:
    """What `visitor` is told of `job`."""
    hidden = live.blueprint.privacy.people == "segments"
    state, result = job.state, job.result
    imports: tuple[ImportResult, ...] = ()
    if state == "done" and isinstance(result, tuple):
        imports = result
    if not may_see_rows(visitor.rights, hidden=hidden):
        imports = tuple(replace(one, preview=None) for one in imports)
    error: dict[str, Any] | None = None if job.error is None else dict(failures.body(job.error)["error"])
    return JobAnswer(
        id=job.id,
        kind=job.kind,
        title=job.title,
        actor=job.actor,
        begun=time_of(job.begun_ms),
        ended=None if job.ended_ms is None else time_of(job.ended_ms),
        state=state,
        stopping=state == "running" and job.is_stopping,
        may_stop=state == "running" and job.may_stop,
        finished=state != "running",
        stage=job.stage,
        label=coded(job.stage, STAGES) if state == "running" else coded(state, STATES),
        share=job.share,
        error=error,
        error_status=None if job.error is None else failures.status(job.error),
        may_take=job.kind in TAKEN and state == "done" and job.settled is None,
        settled=job.settled,
        next=job.next,
        imports=imports,
        trial=_trial(result, hidden=hidden) if isinstance(result, Trial) else None,
        text=job.given if job.kind == "blueprint-trial" else None,
        removed=_removed(job),
        without_figures=hidden,
    )


def _trial(trial: Trial, *, hidden: bool) -> Trial:
    """Without figures where nobody is shown alone: a blueprint may be made to speak of one person."""
    if not hidden:
        return trial
    nothing = Measured(None, 0, 0)
    return replace(trial, before=nothing, after=nothing, touchpoints=(), sources=(), left_out=())


def _removed(job: Job) -> dict[str, int] | None:
    if isinstance(job.result, Receipt):
        return dict(job.result.counts)
    return job.result if job.kind == "retention" else None


def imported(summary: ImportSummary) -> ImportResult:
    """A summary in the shape of the API."""
    return ImportResult(
        import_no=summary.import_no,
        kind=summary.kind,
        source=summary.source,
        format=summary.format,
        read=summary.read,
        added=summary.added,
        changed=summary.changed,
        same=summary.same,
        stale=summary.stale,
        quarantined=summary.quarantined,
        erased=summary.erased,
        reasons=tuple(
            ReasonCount(reason, column or None, rows) for (reason, column), rows in summary.reasons.items()
        ),
        notes=summary.notes,
        preview=None if summary.preview is None else _previewed(summary.preview),
    )


def _cell(value: object) -> str | int | float | bool | None:
    """A value as JSON has it; days and times in ISO 8601."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _previewed(preview: intake.Preview) -> Preview:
    return Preview(
        preview.columns,
        tuple(tuple(map(_cell, row)) for row in preview.rows),
        tuple(
            RefusedRow(row.row_no, row.reason, row.column, row.detail, row.row) for row in preview.quarantined
        ),
    )

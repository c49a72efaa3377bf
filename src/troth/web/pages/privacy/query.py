"""What the pages about personal data show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from troth.blueprint.durations import written_duration
from troth.errors import UsageError
from troth.reading.labels import Damaged, damaged
from troth.texts import _
from troth.web.frame.moments import moment
from troth.web.frame.page import Asked
from troth.web.frame.privacy import least_group
from troth.workspace import Workspace
from troth.workspace.live import Live
from troth.workspace.privacy import Receipt, erasures


@dataclass(frozen=True, slots=True)
class Kept:
    """How long records of a kind are kept: a duration such as `730d`, from a column; None is for ever."""

    kind: str
    keep: str | None
    keep_from: str | None


@dataclass(frozen=True, slots=True)
class PrivacyAnswer:
    """How people's data are guarded and kept, and the erasures, newest first.

    `pseudonymised`: ids are replaced on the way in. `people`: `individuals` or `segments`, of which a group
    has at least `least_group` customers. Times are UTC epoch milliseconds; an erasure whose `done_ms` is None
    is pending. `damaged_labels`: lines of labels that nobody can read; an erasure finds in them whole texts
    and good parts of some.
    """

    pseudonymised: bool
    people: Literal["individuals", "segments"]
    least_group: int | None
    kept: tuple[Kept, ...]
    erasures: tuple[Receipt, ...]
    damaged_labels: tuple[Damaged, ...]


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """Everything that is held of one person; `counts`: how many rows of what."""

    counts: dict[str, int]
    document: dict[str, Any]


def privacy(live: Live, workspace: Workspace, _asked: Asked) -> PrivacyAnswer:
    """Read the blueprint and the office."""
    blueprint = workspace.blueprint
    return PrivacyAnswer(
        pseudonymised=blueprint.privacy.pseudonymise,
        people=blueprint.privacy.people,
        least_group=least_group(workspace),
        kept=tuple(
            Kept(name, None if kind.keep is None else written_duration(kind.keep), kind.keep_from)
            for name, kind in blueprint.records.items()
        ),
        erasures=tuple(erasures(live)),
        damaged_labels=tuple(damaged(live.folder)),
    )


def receipts(answer: PrivacyAnswer) -> list[dict[str, Any]]:
    """The erasures as a table."""
    return [
        {
            "number": one.number,
            "at_ms": one.at_ms,
            "actor": one.actor,
            "rows": sum(one.counts.values()),
            "done_ms": one.done_ms,
            "counts": json.dumps(dict(one.counts)),
        }
        for one in answer.erasures
    ]


def shown_export(live: Live, _workspace: Workspace, asked: Asked) -> ExportAnswer:
    """What a job has read out.

    Raises:
        UsageError: `job-unknown`, `job-not-ready`.
    """
    job = live.jobs.get(asked.path["job"])
    if job.kind != "person-export" or job.state != "done":
        raise UsageError("job-not-ready", _("There is nothing to take here: not yet, or not any more."))
    document: dict[str, Any] = job.result
    counts = {f"record.{kind}": len(rows) for kind, rows in document["records"].items()}
    counts |= {part: len(document[part]) for part in ("quarantine", "waiting", "looked_at")}
    lived = sum(len(one["experiences"]) for one in document["derived"]["customers"])
    return ExportAnswer({**counts, "experience": lived}, document)


def words(answer: PrivacyAnswer, _asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    return {"moment": moment, "limited": any(one.keep for one in answer.kept)}

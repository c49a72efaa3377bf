"""Imports, replays and backups that a command of this machine asks for: jobs like those of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.work.answers import ImportResult, imported
from troth.web.work.backing_up import backup
from troth.workspace.jobs import Job
from troth.workspace.live import Live


def import_job(live: Live, arguments: Mapping[str, Any], actor: str) -> Job:
    """Import a file of this machine, or a database's table."""
    kind, source, dry_run = str(arguments["kind"]), str(arguments["source"]), bool(arguments["dry_run"])
    given = arguments.get("key")
    key = given.encode("latin-1") if given else live.pseudonym_key

    def work(job: Job) -> tuple[ImportResult, ...]:
        entered = live.trying() if dry_run else live.changing(job.progress)
        with entered as workspace, job.interruptible(live.connection):
            summary = workspace.import_(
                kind,
                source,
                pseudonym_key=key,
                dry_run=dry_run,
                progress=job.progress,
                name=str(arguments["name"]),
            )
        if not dry_run:
            _note(live, Entry(live.now_ms(), actor, Action.RECORDS_IMPORTED, kind, {"rows": summary.read}))
        return (imported(summary),)

    return live.jobs.start("import", f"{kind}: {arguments['name']}", actor, work)


def backup_job(live: Live, arguments: Mapping[str, Any], actor: str) -> Job:
    """Write a backup to a file of this machine."""
    return backup(live, str(arguments["file"]), actor)


def replay_job(live: Live, arguments: Mapping[str, Any], actor: str) -> Job:
    """Read quarantined rows anew."""
    kind, dry_run = arguments.get("kind") or None, bool(arguments["dry_run"])

    def work(job: Job) -> tuple[ImportResult, ...]:
        entered = live.trying() if dry_run else live.changing(job.progress)
        with entered as workspace, job.interruptible(live.connection):
            summaries = workspace.replay(kind, dry_run=dry_run)
        if not dry_run:
            rows = sum(summary.read for summary in summaries)
            _note(
                live,
                Entry(live.now_ms(), actor, Action.QUARANTINE_REPLAYED, kind or "", {"rows": rows}),
            )
        return tuple(imported(summary) for summary in summaries)

    return live.jobs.start("replay", kind or _("all kinds"), actor, work)


def _note(live: Live, entry: Entry) -> None:
    with live.office.transaction() as connection:
        note(connection, entry)

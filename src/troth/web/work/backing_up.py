"""Taking a backup in the background, for a page or for a command of this machine."""

from __future__ import annotations

from troth.store.office.trail import Action, Entry, note
from troth.workspace.jobs import Job
from troth.workspace.live import Live


def backup(live: Live, place: str, actor: str) -> Job:
    """Begin to write one: by a name in the folder of backups, or a path elsewhere. The trail says so."""

    def work(job: Job) -> str:
        job.progress("storing", None)
        live.back_up(place)
        with live.office.transaction() as connection:
            note(connection, Entry(live.now_ms(), job.actor, Action.BACKUP_MADE, place))
        return place

    return live.jobs.start("backup", place, actor, work)

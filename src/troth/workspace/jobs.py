"""Long work in the background: an import, a replay, a trial of a blueprint. A restart forgets it."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from troth.errors import TrothError, UsageError, raised_at
from troth.texts import _

_LOG = logging.getLogger(__name__)

State = Literal["running", "done", "failed", "stopped"]
Kind = Literal[
    "import-preview", "import", "replay", "blueprint-trial", "blueprint", "backup",
    "person-export", "erasure", "retention",
]  # fmt: skip

TO_THEIR_END = frozenset({"erasure", "retention"})
"""The kinds that cannot be stopped: what they remove does not come back."""

MOST_RUNNING = 4
"""So many jobs may run or wait for the ledger at once."""

MOST_KEPT = 50
"""So many jobs that have ended are remembered, the latest."""


class Interruptible(Protocol):
    """A connection whose running statement another thread can end."""

    def interrupt(self) -> None:
        """End the running statement; its thread gets an exception."""


class StoppedError(Exception):
    """Somebody stopped the job; not for users."""


class Job:
    """One piece of work; the page of a job reads its attributes while a thread of its own changes them.

    Attributes:
        id: Hard to guess, for the address of its page.
        kind: What is done.
        title: What it is done to: a file's name, a record kind.
        actor: Who began it, as the trail names them.
        begun_ms: When, in UTC epoch milliseconds; `ended_ms` likewise, None while it runs.
        stage: What is being done now, by its code; `share`: how much of that is done, 0 to 1, None when
            nobody knows.
        result: What came of it, when it is done.
        error: Why it failed.
        given: What it was given that the next step needs: a file, a text.
        settled: What became of its result: `taken` or `discarded`; None while that is open.
        next: The job that takes the result.
    """

    def __init__(self, kind: Kind, title: str, actor: str, begun_ms: int) -> None:
        self.id = secrets.token_urlsafe(12)
        self.kind, self.title, self.actor, self.begun_ms = kind, title, actor, begun_ms
        self.ended_ms: int | None = None
        self.state: State = "running"
        self.stage = "waiting"
        self.share: float | None = None
        self.result: Any = None
        self.error: TrothError | None = None
        self.given: Any = None
        self.settled: Literal["taken", "discarded"] | None = None
        self.next: str | None = None
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._connection: Interruptible | None = None

    def progress(self, stage: str, share: float | None) -> None:
        """Note how far it is; may be called from any thread."""
        self.stage, self.share = stage, share

    def pause(self) -> None:
        """A point at which the work may end early.

        Raises:
            StoppedError: Somebody asked for that.
        """
        if self._stop.is_set():
            raise StoppedError

    @contextmanager
    def interruptible(self, connection: Interruptible) -> Iterator[None]:
        """While the block runs, `stop` ends the statement that `connection` executes."""
        with self._lock:
            self.pause()
            self._connection = connection
        try:
            yield
        finally:
            with self._lock:
                self._connection = None

    @property
    def may_stop(self) -> bool:
        """Whether it can be stopped at all."""
        return self.kind not in TO_THEIR_END

    def stop(self) -> None:
        """Ask it to end; what it has done so far is taken back. Those that only remove go on to their end."""
        if not self.may_stop:
            return
        with self._lock:
            self._stop.set()
            if self._connection is not None:
                self._connection.interrupt()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked it to end."""
        return self._stop.is_set()


Work = Callable[[Job], Any]


@dataclass
class Jobs:
    """The jobs of a running workspace, newest last. `now_ms` is its clock."""

    now_ms: Callable[[], int]
    _jobs: dict[str, Job] = field(default_factory=dict)
    _threads: dict[str, threading.Thread] = field(default_factory=dict)
    _tidy: dict[str, Callable[[], None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(
        self,
        kind: Kind,
        title: str,
        actor: str,
        work: Work,
        *,
        given: Any = None,  # noqa: ANN401 - what the kind of job needs
        tidy: Callable[[], None] | None = None,
    ) -> Job:
        """Begin `work` in a thread of its own, in the language in force here.

        `given` is kept with the job; `tidy` is called when the job is settled or forgotten: it removes what
        only the job needs.

        Raises:
            TrothError: `too-many`: so many run already.
        """
        job = Job(kind, title, actor, self.now_ms())
        job.given = given
        with self._lock:
            running = sum(other.state == "running" for other in self._jobs.values())
            if running >= MOST_RUNNING:
                if tidy:
                    tidy()
                raise TrothError(
                    "too-many",
                    _("%(n)d jobs are running; there is no room for one more.") % {"n": running},
                    _("Wait until one of them has ended."),
                )
            self._jobs[job.id] = job
            if tidy:
                self._tidy[job.id] = tidy
            self._forget_oldest()
            thread = threading.Thread(
                target=copy_context().run, args=(self._run, job, work), name=f"job-{kind}", daemon=True
            )
            self._threads[job.id] = thread
        thread.start()
        return job

    def get(self, id_: str) -> Job:
        """The job `id_`.

        Raises:
            UsageError: `job-unknown`.
        """
        job = self._jobs.get(id_)
        if job is None:
            raise UsageError(
                "job-unknown",
                _("There is no such job."),
                _("Jobs are forgotten when the server starts anew, and when many others came after them."),
            )
        return job

    def all(self) -> list[Job]:
        """All that are remembered, newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def settle(self, job: Job, how: Literal["taken", "discarded"]) -> None:
        """Say what becomes of a job's result, once.

        Raises:
            UsageError: `job-not-ready`: it has not ended well, or that has been said already.
        """
        with self._lock:
            if job.state != "done" or job.settled is not None:
                raise UsageError(
                    "job-not-ready",
                    _("There is nothing to take here: not yet, or not any more."),
                )
            job.settled = how

    def tidy(self, job: Job) -> None:
        """Remove what only this job needed."""
        with self._lock:
            tidy = self._tidy.pop(job.id, None)
        if tidy:
            with suppress(OSError):
                tidy()

    def forget_ended(self) -> None:
        """Forget the jobs that have ended: their results may show rows, their files hold them."""
        with self._lock:
            for id_ in [id_ for id_, job in self._jobs.items() if job.state != "running"]:
                self._drop(id_)

    def wait(self, job: Job, seconds: float | None = None) -> None:
        """Until the job has ended, at most so long."""
        if thread := self._threads.get(job.id):
            thread.join(seconds)

    def close(self) -> None:
        """Stop what runs, wait for it, and forget everything."""
        for job in self.all():
            job.stop()
        for thread in list(self._threads.values()):
            thread.join()
        with self._lock:
            for id_ in list(self._jobs):
                self._drop(id_)

    def _run(self, job: Job, work: Work) -> None:
        try:
            job.pause()
            job.result = work(job)
            job.state = "done"
        except TrothError as error:
            job.state, job.error = ("stopped", None) if job.is_stopping else ("failed", error)
            if not (job.is_stopping or isinstance(error, UsageError)):
                _LOG.error("%s: %s [%s] %s", job.kind, error.message, error.code, error.where)
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            job.state, job.error = ("stopped", None) if job.is_stopping else ("failed", _unforeseen(error))
            if not job.is_stopping:
                _LOG.error("%s: %s at %s", job.kind, type(error).__name__, raised_at(error))
        finally:
            job.ended_ms = self.now_ms()
            self._threads.pop(job.id, None)

    def _forget_oldest(self) -> None:
        ended = [id_ for id_, job in self._jobs.items() if job.state != "running"]
        for id_ in ended[: max(0, len(ended) - MOST_KEPT)]:
            self._drop(id_)

    def _drop(self, id_: str) -> None:
        self._jobs.pop(id_, None)
        tidy = self._tidy.pop(id_, None)
        if tidy:
            with suppress(OSError):
                tidy()


def _unforeseen(error: Exception) -> TrothError:
    return TrothError(
        "unexpected",
        _("Something went wrong that Troth did not foresee: %(what)s.") % {"what": type(error).__name__},
    )

"""A workspace that runs: records come in while people read. One process owns it, many threads ask."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from troth.blueprint.schema import Blueprint
from troth.store import FILE_NAME, Store
from troth.store.erasures import PERSON, ErasureList
from troth.store.memory import Memory
from troth.store.office import Office
from troth.store.office.holding import Hold
from troth.store.office.trail import person_subject
from troth.store.records import follow, give_back
from troth.store.renewing import discard, put_in_place
from troth.workspace.arrivals import Arrivals
from troth.workspace.daily import Daily
from troth.workspace.facade import Workspace
from troth.workspace.gate import Gate
from troth.workspace.jobs import Jobs
from troth.workspace.privacy import resume
from troth.workspace.privacy.host import pseudonym_key
from troth.workspace.privacy.spelling import in_ledger
from troth.workspace.readouts import Readouts
from troth.workspace.tending import Tender

if TYPE_CHECKING:
    import duckdb

    from troth.intake.progress import Progress
    from troth.ledger import Refreshed
    from troth.store.backup import Backup


PASSING_NAME = "ledger.duckdb.passing"
RENEWAL_ATTEMPTS, RENEWAL_SECONDS = 20, 1.0
"""How often, and how long each time, readers are waited for before the ledger's file changes for another."""


class Live:
    """An open workspace with its office; a context manager.

    `writing` is held by whoever changes the ledger. `version` counts the ledger's states: what was worked out
    for one state holds until the number changes. `readouts` is what several pages share. `jobs` is the long
    work that people began. `arrivals` is the way in for records while it runs. `hold` keeps other servers
    from the office.
    """

    def __init__(
        self,
        workspace: Workspace,
        store: Store,
        office: Office,
        hold: Hold,
        now: Callable[[], dt.datetime],
        pseudonym_key: bytes | None = None,
    ) -> None:
        self.office = office
        self.pseudonym_key = pseudonym_key
        self.writing = threading.RLock()
        self.version = 1
        self._gate = Gate()
        self.jobs = Jobs(self.now_ms)
        self._workspace = workspace
        self._store = store
        self._now = now
        self.hold = hold
        self._state: Refreshed = workspace.refreshed()
        self.memory = Memory()
        self.readouts = Readouts(self)
        ErasureList.load(self.folder)  # the trail needs its key, also where nobody was erased
        resume(self)
        self.copy_records()
        self.arrivals = Arrivals(self)
        self._daily = Daily(self)
        self._daily.start()
        self.tender = Tender(self)
        self.tender.start()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        now: Callable[[], dt.datetime] | None = None,
        pseudonym_key: bytes | None = None,
    ) -> Self:
        """The workspace in `folder`, with a ledger and an office, both made when they are not there.

        `pseudonym_key`: of the pseudonyms, where the blueprint wants them; without it no records come in.

        Raises:
            UsageError: what is wrong in the blueprint, `workspace-missing`.
            TrothError: what `Store.open` and `Office.open` raise; `store-locked`, `office-in-use`: another
                process has the ledger, another server the database; `ledger-foreign`, `ledger-behind`: the
                database keeps other or newer records.
        """
        clock = now or (lambda: dt.datetime.now(dt.UTC))
        workspace = Workspace.open(folder, now=clock)
        store = Store.open(folder / FILE_NAME, create=True)
        shutil.rmtree(folder / PASSING_NAME, ignore_errors=True)  # of a server that was killed
        try:
            workspace.use(store)
            office = Office.open(folder)
            try:
                hold = Hold(office)
                try:
                    give_back(office, store)
                    return cls(workspace, store, office, hold, clock, pseudonym_key)
                except BaseException:
                    hold.close()
                    raise
            except BaseException:
                office.close()
                raise
        except BaseException:
            store.close()
            raise

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        return self._workspace.folder

    @property
    def blueprint(self) -> Blueprint:
        """The blueprint in force."""
        return self._workspace.blueprint

    @property
    def clock(self) -> Callable[[], dt.datetime]:
        """What tells the time."""
        return self._now

    @property
    def backups(self) -> Path:
        """Where the server's backups lie."""
        return self.folder / "backups"

    def back_up(self, place: str | Path) -> Backup:
        """Write a backup; people read and records arrive meanwhile.

        `place`: a name in the folder of backups, which is made then, or the path of a file elsewhere.

        Raises:
            UsageError: `backup-exists`, `backup-folder-missing`.
            TrothError: `store-full`.
        """
        from troth.workspace.keeping import write

        target = self.backups / place
        if target.parent == self.backups:
            self.backups.mkdir(exist_ok=True)
        with self._gate.passing():
            cursor = self._store.connection.cursor()
            store = Store(cursor, self._store.path)
            try:
                return write(target, self.folder, store, self.office, now=self._now)
            finally:
                cursor.close()

    def now_ms(self) -> int:
        """The clock, in UTC epoch milliseconds."""
        return int(self._now().timestamp() * 1000)

    def subject(self, customer: str) -> str:
        """What the trail has for a customer: a keyed digest of the id as the ledger has it."""
        known = in_ledger(self.blueprint, customer, self.pseudonym_key or pseudonym_key())
        return person_subject(ErasureList.load(self.folder).digest(PERSON, known))

    @contextmanager
    def reading(self) -> Iterator[Workspace]:
        """The workspace as it is at this moment, for one thread; what happens meanwhile does not show."""
        with self._gate.passing():
            cursor = self._store.connection.cursor()
            try:
                cursor.execute("BEGIN TRANSACTION READ ONLY")
                workspace = Workspace(self.folder, self._workspace.blueprint, self._now)
                store = Store(cursor, self._store.path)
                store.memory = self.memory
                workspace.use(store, self._state)
                yield workspace
            finally:
                cursor.close()

    def carry(self, step: Callable[[Store, Workspace], None]) -> None:
        """Let `step` write to the ledger; what is derived is read anew afterwards.

        A ledger that a fault has closed is opened again.
        """
        with self.writing:
            self._revive()
            step(self._store, self._workspace)
            self._workspace.use(self._store)
            self._state = self._workspace.refreshed()
            self.version += 1

    def copy_records(self) -> None:
        """Let the copy of the records in a team's PostgreSQL follow the ledger, if there is one.

        Raises:
            TrothError: `office-unreachable`, `store-full`.
        """
        if self.office.is_postgresql:
            with self.writing:
                self._revive()
                follow(self.office, self._store)

    def _revive(self) -> None:
        import duckdb

        try:
            self._store.connection.execute("SELECT 1")
        except duckdb.Error:
            self._store.connection.close()
            self._store = Store.open(self.folder / FILE_NAME)
            self._workspace.use(self._store)

    @contextmanager
    def changing(self, progress: Progress | None = None) -> Iterator[Workspace]:
        """The workspace to import into, to replay, to forget; one at a time. What is derived follows.

        `progress` is told how far that is.

        Raises:
            TrothError: `office-unreachable`, `store-full`: it is done, but not yet in the team's database.
        """
        with self.writing:
            try:
                yield self._workspace
            finally:
                self._workspace.watch = lambda: nullcontext(progress)
                self._state = self._workspace.refreshed()
                self.version += 1
            self.copy_records()

    @contextmanager
    def changing_nothing(self) -> Iterator[tuple[Store, Workspace]]:
        """The ledger for work that changes no answer, such as putting tables in order; one at a time."""
        with self.writing:
            self._revive()
            yield self._store, self._workspace

    @contextmanager
    def trying(self) -> Iterator[Workspace]:
        """The workspace for what takes back all that it does, such as a dry run; one at a time."""
        with self.writing:
            yield self._workspace

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The one connection that writes; whoever uses it holds `writing`."""
        return self._store.connection

    @property
    def passing(self) -> Path:
        """A folder for files that are needed only while the server runs; emptied when it starts."""
        folder = self.folder / PASSING_NAME
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    @contextmanager
    def alone(self) -> Iterator[Workspace]:
        """The workspace while nobody else changes it; what is derived is up to date again afterwards."""
        with self.writing:
            yield self._workspace
            self._workspace.watch = nullcontext
            state = self._workspace.refreshed()
            if state is not self._state:
                self._state = state
                self.version += 1

    def renew(self, copy: Path) -> bool:
        """Let `copy`, which holds the same, be the ledger from now on.

        Those who read are waited for; false when they read on and on.
        """
        with self.writing:
            for _attempt in range(RENEWAL_ATTEMPTS):
                with self._gate.alone(RENEWAL_SECONDS) as empty:
                    if empty:
                        return self._renewed(copy)
                time.sleep(RENEWAL_SECONDS)
        discard(self._store.path)
        return False

    def _renewed(self, copy: Path) -> bool:
        path, state = self._store.path, self._state
        self._store.close()
        try:
            return put_in_place(copy, path)
        finally:
            self.memory.clear()
            self._store = Store.open(path)
            self._workspace.use(self._store, state)
            self.version += 1

    def forget_answers(self) -> None:
        """Forget what was worked out or prepared and may speak of somebody who is no longer there."""
        self.readouts.clear()
        self.memory.clear()
        self.version += 1
        self.jobs.forget_ended()

    def take_blueprint(
        self, blueprint: Blueprint, keep: Callable[[], None], progress: Progress | None
    ) -> None:
        """Put another blueprint in force: what is derived is made by it, then `keep` writes its file.

        When either fails the old one stays in force.
        """
        with self.writing:
            before, state = self._workspace.blueprint, self._state
            self._workspace.watch = lambda: nullcontext(progress)
            self._workspace.blueprint = blueprint
            self._workspace.use(self._store)
            try:
                self._state = self._workspace.refreshed()
            except BaseException:
                self._workspace.blueprint = before
                self._workspace.use(self._store, state)
                raise
            try:
                keep()
            except BaseException:
                self._workspace.blueprint = before
                self._workspace.use(self._store)
                self._state = self._workspace.refreshed()
                raise
            finally:
                self.version += 1

    def close(self) -> None:
        """Carry what waits, stop the jobs and give both databases free."""
        self.tender.stop()
        self.arrivals.close()
        self._daily.close()
        self.readouts.close()
        self.jobs.close()
        with self.writing:
            self.hold.close()
            self.office.close()
            self._workspace.close()
        shutil.rmtree(self.folder / PASSING_NAME, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

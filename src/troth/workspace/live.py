"""A workspace that runs: records come in while people read. One process owns it, many threads ask."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from troth.store import FILE_NAME, Store
from troth.store.office import Office
from troth.workspace.facade import Workspace

if TYPE_CHECKING:
    from troth.ledger import Refreshed


class Live:
    """An open workspace with its office; a context manager.

    `writing` is held by whoever changes the ledger. `version` counts the ledger's states: what was worked out
    for one state holds until the number changes.
    """

    def __init__(
        self, workspace: Workspace, store: Store, office: Office, now: Callable[[], dt.datetime]
    ) -> None:
        self.office = office
        self.writing = threading.RLock()
        self.version = 1
        self._workspace = workspace
        self._store = store
        self._now = now
        self._state: Refreshed = workspace.refreshed()

    @classmethod
    def open(cls, folder: Path, *, now: Callable[[], dt.datetime] | None = None) -> Self:
        """The workspace in `folder`, with a ledger and an office, both made when they are not there.

        Raises:
            UsageError: what is wrong in the blueprint, `workspace-missing`.
            TrothError: what `Store.open` and `Office.open` raise; another process has the ledger.
        """
        clock = now or (lambda: dt.datetime.now(dt.UTC))
        workspace = Workspace.open(folder, now=clock)
        store = Store.open(folder / FILE_NAME, create=True)
        try:
            workspace.use(store)
            office = Office.open(folder)
            try:
                return cls(workspace, store, office, clock)
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

    def now_ms(self) -> int:
        """The clock, in UTC epoch milliseconds."""
        return int(self._now().timestamp() * 1000)

    @contextmanager
    def reading(self) -> Iterator[Workspace]:
        """The workspace as it is at this moment, for one thread; what happens meanwhile does not show."""
        cursor = self._store.connection.cursor()
        try:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            workspace = Workspace(self.folder, self._workspace.blueprint, self._now)
            workspace.use(Store(cursor, self._store.path), self._state)
            yield workspace
        finally:
            cursor.close()

    @contextmanager
    def changing(self) -> Iterator[Workspace]:
        """The workspace to import into, to replay, to forget; one at a time. What is derived follows."""
        with self.writing:
            try:
                yield self._workspace
            finally:
                self._state = self._workspace.refreshed()
                self.version += 1

    def close(self) -> None:
        """Give both databases free."""
        with self.writing:
            self.office.close()
            self._workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

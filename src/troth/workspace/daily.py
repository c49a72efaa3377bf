"""The work of every day: records past their time go, and nobody who was erased has come back."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.ledger.sql import DAY_MS
from troth.store.erasures import ErasureList
from troth.store.office.deliveries import forget_deliveries
from troth.workspace.privacy import resume, retain, sweep

if TYPE_CHECKING:
    from troth.workspace.live import Live

_LOG = logging.getLogger(__name__)

PAUSE_SECONDS = 600.0
ACTOR = "system"
DAY = "daily_day"
"""Setting: the UTC day on which the work was last done."""


class Daily:
    """A thread that looks every ten minutes whether a new UTC day has begun."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End; waits for what is being done."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()

    def work(self) -> None:
        """Finish erasures and copies that are pending, and do today's work, unless it was done."""
        live, today = self._live, str(self._live.now_ms() // DAY_MS)
        live.copy_records()
        with live.office.transaction() as connection:
            forget_deliveries(connection, live.now_ms())
        limited = any(kind.keep is not None for kind in live.blueprint.records.values())
        if not limited and ErasureList.peek(live.folder) is None:
            return
        resume(live)
        with live.alone() as workspace:
            if workspace.opened().setting(DAY) == today:
                return
        if limited:
            retain(live, actor=ACTOR)
        sweep(live)
        with live.alone() as workspace, workspace.opened().transaction():
            workspace.opened().set_setting(DAY, today)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self.work()
            except TrothError as error:
                _LOG.error("daily work: %s", error)
            except Exception:  # noqa: BLE001 - nothing may end this thread but its close
                _LOG.exception("daily work")
            self._closed.wait(PAUSE_SECONDS)

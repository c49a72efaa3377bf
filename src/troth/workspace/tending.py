"""Tends a ledger while the server runs: sums for the day stand ready, what was appended is put in order."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import duckdb

from troth.errors import TrothError

if TYPE_CHECKING:
    from troth.workspace.live import Live

LEAST_EXPERIENCES = 200_000
"""Below so many a scan is as quick as anything, and nothing needs to stand ready."""

_EVERY_SECONDS = 30.0
_REST = 20
"""It rests so many times as long as the last work took: an old history may come in day by day."""

_LOG = logging.getLogger(__name__)


class Tender:
    """One thread that looks at the ledger now and then; what it does changes no answer, only their cost."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tender", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the work that is going on."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def tend(self) -> bool:
        """Do what is due; whether anything was."""
        from troth.ledger import compact, read_standing, stand

        with self._live.changing_nothing() as (store, workspace):
            if workspace.refreshed().experiences < LEAST_EXPERIENCES:
                return False
            done = compact(store)
            day = workspace.moment().day
            standing = read_standing(store.connection)
            if standing is None or standing.day != day or not standing.suits(workspace.settings):
                done = stand(store, workspace.settings, day) or done
            return done

    def _run(self) -> None:
        rest = 0.0
        while not self._ended.wait(max(_EVERY_SECONDS if rest else 0.0, rest)):
            begun = time.monotonic()
            try:
                self.tend()
            except (
                TrothError,
                duckdb.Error,
            ):  # no answer depends on it, and the next look may find it mended
                _LOG.exception("tending failed")
            rest = max(_EVERY_SECONDS, _REST * (time.monotonic() - begun))

"""The mover: carries parcels from the inbox into the ledger, each counted exactly once.

The ledger keeps the number of the last parcel that it has, in the very transaction that brought it. Only then
are parcels removed, and where there is a team's database once the records are there, too. Whatever is killed
in between: they come again, and are known by their numbers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from troth.errors import TrothError
from troth.store.office.inbox import Inbox, Waiting
from troth.texts import _

_LOG = logging.getLogger(__name__)

MOST_RECORDS = 50_000
MOST_BYTES = 64_000_000
"""Of one step into the ledger."""

PAUSE_SECONDS = 0.5
"""Between the beginnings of two steps while little waits, so that a step carries many records."""

COURTESY_SECONDS = 1.5
"""So long a step is put off while much comes in: a burst is taken first and carried after, in fewer steps."""

_LOOK_SECONDS = 0.1
_MUCH = (20, 1_000)
"""Requests or records between two looks that are much."""

LONGEST_WAIT_SECONDS = 30.0
"""Between two tries while the ledger takes nothing."""

Carry = Callable[[list[Waiting]], None]
"""Carries parcels into the ledger, and leaves the last one's number there; all of it or nothing."""


class Mover:
    """The thread that carries. `trouble` is why nothing moves at the moment; None when all is well.

    Args:
        inbox: Where parcels wait.
        mark: The number of the last parcel that the ledger has.
        carry: Carries.
        copy: Copies the ledger's records to where a lost ledger is made anew from.
    """

    def __init__(self, inbox: Inbox, mark: Callable[[], int], carry: Carry, copy: Callable[[], None]) -> None:
        self.trouble: TrothError | None = None
        self._inbox = inbox
        self._mark = mark
        self._carry = carry
        self._copy = copy
        self._removed = -1
        self._arrival = threading.Event()
        self._stopping = threading.Event()
        self._deadline = float("inf")
        self._thread = threading.Thread(target=self._run, name="mover", daemon=True)

    def start(self) -> None:
        """Begin, with what is there already."""
        self._arrival.set()
        self._thread.start()

    def wake(self) -> None:
        """Tell that something arrived."""
        self._arrival.set()

    def stop(self, seconds: float = 20.0) -> None:
        """Carry what waits, for so long at most, and end; what is left waits in the office."""
        self._deadline = time.monotonic() + seconds
        self._stopping.set()
        self._arrival.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        failures = carried = 0
        while time.monotonic() < self._deadline:
            self._arrival.wait()
            self._arrival.clear()
            if carried < MOST_RECORDS // 2:  # else it lags behind
                self._let_pass()
            begun, ending = time.monotonic(), self._stopping.is_set()
            try:
                carried = self._step()
            except Exception as error:  # noqa: BLE001 - nothing may end this thread but its stop
                self._told(error)
                failures += 1
                if ending:
                    return  # it is kept in the office
                self._stopping.wait(min(LONGEST_WAIT_SECONDS, 0.5 * 2 ** min(failures, 10)))
                self._arrival.set()  # once more, also when it is to stop: what failed may be well again
                continue
            failures, self.trouble = 0, None
            if carried:
                self._arrival.set()  # more may wait
            elif self._stopping.is_set():
                return
            if carried < MOST_RECORDS // 2:
                taken = time.monotonic() - begun
                self._stopping.wait(max(PAUSE_SECONDS - taken, taken if carried else 0.0))

    def _let_pass(self) -> None:
        """Wait while much comes in, for a while."""
        until, before = time.monotonic() + COURTESY_SECONDS, self._inbox.taken
        while time.monotonic() < until and not self._stopping.wait(_LOOK_SECONDS):
            now = self._inbox.taken
            if all(new - old < much for new, old, much in zip(now, before, _MUCH, strict=True)):
                return
            before = now

    def _step(self) -> int:
        """Carry the oldest parcels; how many records that were."""
        mark = self._mark()
        waiting = self._inbox.after(mark, MOST_RECORDS, MOST_BYTES)
        if waiting:
            self._carry(waiting)
            mark = waiting[-1].seq
        if mark > self._removed:
            self._copy()
            self._inbox.carried(mark).result()
            self._removed = mark
        return sum(one.n for one in waiting)

    def _told(self, error: Exception) -> None:
        known = error if isinstance(error, TrothError) else _unforeseen(error)
        if self.trouble is None or self.trouble.code != known.code:
            _LOG.error("records wait: %s", known, exc_info=None if known is error else error)
        self.trouble = known


def _unforeseen(error: Exception) -> TrothError:
    return TrothError(
        "unexpected",
        _("Something went wrong that Troth did not foresee: %(what)s.") % {"what": type(error).__name__},
        _("The records are kept and tried again; the server's log says more."),
    )

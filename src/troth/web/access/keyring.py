"""Keys as they come in with requests: looked up in the office, remembered for a moment.

A program sends many requests a second; for `HOLDS_SECONDS` a key that was found needs no look into the
database. What this process changes holds at once; what another does (`troth account`), after that time.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from troth.store.office import Office
from troth.web.access import keys
from troth.web.access.rights import Visitor
from troth.web.access.tokens import digest

HOLDS_SECONDS = 2.0
RENEWED_SECONDS = 1.0
"""After that one of a key's requests looks it up anew while the others pass: they need never all wait."""

MOST = 1_000


class KeyRing:
    """The keys that were presented lately; `seconds` is a clock that never goes back."""

    def __init__(
        self, office: Office, now_ms: Callable[[], int], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._office = office
        self._now_ms = now_ms
        self._seconds = seconds
        self._known: OrderedDict[str, tuple[float, keys.Known]] = OrderedDict()
        self._lent: dict[str, Visitor] = {}
        self._renewing: set[str] = set()
        self._lock = threading.Lock()
        self._generation = 0

    def lend(self, secret: str, visitor: Visitor) -> None:
        """Let `secret` stand for `visitor` as long as this process runs; it is written nowhere."""
        self._lent[digest(secret)] = visitor

    def remembered(self, secret: str) -> Visitor | None:
        """Who asks, when that was found out a moment ago; no look into the database.

        None obliges to `find` it.
        """
        name = digest(secret)
        if name in self._lent:
            return self._lent[name]
        with self._lock:
            at, known = self._known.get(name, (0.0, None))
            age = self._seconds() - at
            if known is None or age >= HOLDS_SECONDS or known.expires_ms <= self._now_ms():
                return None
            if age >= RENEWED_SECONDS and name not in self._renewing:
                self._renewing.add(name)
                return None
        return known.visitor

    def find(self, secret: str) -> Visitor | None:
        """Who asks with this key, from the office; None when it does not hold."""
        now_ms, started, generation = self._now_ms(), self._seconds(), self._generation
        name = digest(secret)
        try:
            with self._office.transaction() as connection:
                known = keys.find(connection, secret, now_ms)
                if known and (
                    known.last_used_ms is None or now_ms - known.last_used_ms >= keys.WRITTEN_EVERY_MS
                ):
                    keys.touch(connection, known.id, now_ms)
        finally:
            with self._lock:
                self._renewing.discard(name)
        with self._lock:
            if known is None:
                self._known.pop(name, None)
                return None
            if generation == self._generation:  # nothing was revoked meanwhile
                self._known[name] = (started, known)
                while len(self._known) > MOST:
                    self._known.popitem(last=False)
        return known.visitor

    def forget(self) -> None:
        """Look all keys up anew: one was revoked, or an account changed."""
        with self._lock:
            self._generation += 1
            self._known.clear()


def bearer(header: str) -> str | None:
    """The key in an `Authorization` header; None where there is none (RFC 6750, section 2.1)."""
    scheme, _blank, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None

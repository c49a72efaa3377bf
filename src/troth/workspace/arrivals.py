"""The way in for records while a workspace runs: judged, kept in the inbox, carried by the mover."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint
from troth.intake import pseudonyms
from troth.intake.judging import Judge, Judged
from troth.ledger.following.carrying import MARK, carry
from troth.store import Store
from troth.store.office.inbox import Inbox, Room, Waiting
from troth.store.office.parcels import Contents, Parcel, Refused, packed
from troth.store.office.writing import Delivery
from troth.workspace.carrying import SOURCE, loaded, quarantine
from troth.workspace.facade import Workspace
from troth.workspace.moving import Mover
from troth.workspace.privacy.keeping_out import count_kept_out, keep_out

if TYPE_CHECKING:
    from troth.workspace.live import Live

_MOST_JUDGES = 1_000
Paths = Mapping[str, str]


class Arrivals:
    """Takes records and brings them into the ledger of `live`."""

    def __init__(self, live: Live, room: Room | None = None) -> None:
        self._live = live
        self._lock = threading.Lock()
        self._judges: dict[tuple[str, tuple[tuple[str, str], ...]], Judge] = {}
        self._blueprint: Blueprint | None = None
        self._mark = 0
        live.carry(self._begin)
        self.inbox = Inbox(live.office, self._arrived, room)
        self.inbox.begin_after(self._mark)
        self.mover = Mover(self.inbox, lambda: self._mark, self._carry, live.copy_records)
        self.mover.start()

    def knows(self, kind: str) -> bool:
        """Whether there is such a record kind."""
        return kind in self._live.blueprint.records or kind == READY_MADE

    def judge(self, kind: str, paths: Paths | None = None) -> Judge:
        """The judge of a record kind by the blueprint in force.

        Raises:
            UsageError: `kind-unknown`, `pseudonym-not-text`, `pseudonym-key-missing`.
        """
        blueprint = self._live.blueprint
        wanted = (kind, tuple(sorted((paths or {}).items())))
        with self._lock:
            if self._blueprint is not blueprint or len(self._judges) > _MOST_JUDGES:
                self._judges, self._blueprint = {}, blueprint
            judge = self._judges.get(wanted)
            if judge is None:
                judge = self._judges[wanted] = Judge(blueprint, kind, self._key(blueprint), paths)
            return judge

    def parcel(self, judge: Judge, judged: Judged, *, keep_refused: bool = False) -> Parcel:
        """What was judged, ready for the inbox; with `keep_refused` the others go to quarantine."""
        refused = (
            tuple(Refused(one.code, one.column, one.detail, one.key, one.row) for one in judged.refused)
            if keep_refused
            else ()
        )
        return packed(judge.name, judged.n, Contents(judge.types, judged.columns, refused))

    def take(self, parcels: Sequence[Parcel], delivery: Delivery | None = None) -> Future[bool]:
        """Put parcels into the inbox; done when they are durable, and false for a delivery that was known.

        Raises:
            BusyError: too much waits.
            TrothError: `shutting-down`.
        """
        return self.inbox.put(parcels, self._live.now_ms(), delivery)

    def settle(self, seconds: float) -> None:
        """Wait until what was taken so far is in the ledger.

        Raises:
            TimeoutError: It takes longer than that.
        """
        until = time.monotonic() + seconds
        while self.inbox.waiting[0]:
            if time.monotonic() > until:
                raise TimeoutError
            self.mover.wake()
            time.sleep(0.01)

    def close(self) -> None:
        """Take nothing more, carry what waits, end both threads."""
        self.inbox.shut()
        self.mover.stop()
        self.inbox.close()

    def _arrived(self) -> None:
        self.mover.wake()

    def _key(self, blueprint: Blueprint) -> bytes | None:
        return pseudonyms.sound_key(self._live.pseudonym_key) if blueprint.privacy.pseudonymise else None

    def _begin(self, store: Store, _workspace: Workspace) -> None:
        self._mark = int(store.setting(MARK) or 0)

    def _carry(self, waiting: list[Waiting]) -> None:
        def step(store: Store, workspace: Workspace) -> None:
            now_ms = self._live.now_ms()
            wanted = workspace.blueprint.privacy.pseudonymise
            key = pseudonyms.checked_key(store, self._live.pseudonym_key, wanted=wanted)
            load = loaded(workspace.blueprint, waiting)
            kept_out = keep_out(store, workspace, load)

            def also() -> None:
                if key:
                    pseudonyms.keep_fingerprint(store, key)
                count_kept_out(store, kept_out, now_ms=now_ms, source=SOURCE)
                quarantine(store, load.refused, now_ms)

            carry(
                store,
                workspace.blueprint,
                workspace.settings,
                load.arrivals,
                now_ms=now_ms,
                mark=str(waiting[-1].seq),
                source=SOURCE,
                also=also,
            )

        self._live.hold.confirm()
        self._live.carry(step)
        self._mark = waiting[-1].seq

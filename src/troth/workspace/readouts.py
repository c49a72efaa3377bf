"""Read-outs that several pages share, worked out once for every state of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar

from troth.workspace.kept import Kept

if TYPE_CHECKING:
    from troth.report.twin.shape import Twin
    from troth.workspace.facade import Workspace
    from troth.workspace.live import Live

T = TypeVar("T")

_HOUR_MS = 3_600_000


class Readouts:
    """What pages ask of a running workspace, again and again."""

    def __init__(self, live: Live) -> None:
        self._live = live
        # With the hour, since a read-out up to now moves on with the clock though no record comes.
        self._kept = Kept(lambda: (live.version, live.now_ms() // _HOUR_MS))

    @property
    def made(self) -> int:
        """How many read-outs were worked out: grows whenever an answer may have changed."""
        return self._kept.made

    def of(self, key: Hashable, work: Callable[[Workspace], T]) -> T:
        """What `work` reads from the workspace, kept under `key`; it must hold on to no connection."""

        def read() -> T:
            with self._live.reading() as workspace:
                return work(workspace)

        return self._kept.answer(key, read)

    def twin(self, at: dt.date | None = None) -> Twin:
        """The report's own figures, without its comparison of segments, its outcomes and its audit.

        Raises:
            UsageError: `experiences-missing`, `moment-too-early`.
        """

        def work(workspace: Workspace) -> Twin:
            from troth.insight.basis import basis
            from troth.report.twin.assembly import brief

            stands_on = basis(workspace.ledger, workspace.blueprint, workspace.settings, workspace.moment(at))
            return brief(stands_on, workspace.refreshed().left_out)

        return self.of(("twin", at), work)

    def segment_values(self) -> tuple[tuple[str, str], ...]:
        """The segments with the values that customers have, in order."""

        def work(workspace: Workspace) -> tuple[tuple[str, str], ...]:
            found = workspace.ledger.connection.execute(
                "SELECT DISTINCT segment, value FROM customer_segment ORDER BY 1, 2"
            ).fetchall()
            return tuple((str(segment), str(value)) for segment, value in found)

        return self.of("segment-values", work)

    def close(self) -> None:
        """Work out nothing more."""
        self._kept.close()

"""Read-outs that several pages share, worked out once for every state of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar

from troth.errors import UsageError
from troth.workspace.kept import Kept

if TYPE_CHECKING:
    from troth.insight.course import Course
    from troth.insight.movers import Movers
    from troth.report.twin.shape import Twin
    from troth.workspace.facade import Workspace
    from troth.workspace.grouped import Enough
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

    def of(self, key: Hashable, work: Callable[[Workspace], T], *, ahead: bool = True) -> T:
        """What `work` reads from the workspace, kept under `key`; it must hold on to no connection.

        Without `ahead` it is renewed only while it is in use: what is of an earlier day changes seldom.
        """

        def read() -> T:
            with self._live.reading() as workspace:
                return work(workspace)

        return self._kept.answer(key, read, ahead=ahead)

    def twin(self, at: dt.date | None = None, segment: str | None = None) -> Twin:
        """The report's own figures, without its comparison of segments, its outcomes and its audit.

        With `segment` of those customers only, and without critical moments. Where nobody may be seen alone,
        without touchpoints and cells of too few customers.

        Raises:
            UsageError: `experiences-missing`, `moment-too-early`.
        """

        def work(workspace: Workspace) -> Twin:
            from troth.insight.basis import basis
            from troth.report.twin.assembly import brief
            from troth.workspace.grouped import without_small_groups

            stands_on = basis(
                workspace.ledger,
                workspace.blueprint,
                workspace.settings,
                workspace.moment(at),
                _only(segment),
            )
            found = brief(stands_on, workspace.refreshed().left_out)
            privacy = workspace.blueprint.privacy
            if privacy.people == "segments":
                return without_small_groups(found, stands_on, privacy.least_group)
            return found

        return self.of(("twin", at, segment), work, ahead=at is None)

    def movers(self, at: dt.date | None, since: dt.date, segment: str | None = None) -> Movers | None:
        """What moved the index from the end of `since` to `at`; None where nothing was lived by then."""

        def work(workspace: Workspace) -> Movers | None:
            from troth.insight.basis import basis
            from troth.insight.movers import movers
            from troth.workspace.grouped import movers_of_groups

            ledger, blueprint, settings = workspace.ledger, workspace.blueprint, workspace.settings
            try:
                earlier = workspace.moment(since)
            except UsageError:  # before the first experience
                return None
            then = basis(ledger, blueprint, settings, earlier, _only(segment))
            now = basis(ledger, blueprint, settings, workspace.moment(at), _only(segment))
            moved = movers(now, then)
            known = _enough(workspace, at, segment)
            return moved if known is None else movers_of_groups(moved, known)

        return self.of(("movers", at, since, segment), work, ahead=at is None)

    def course(
        self,
        at: dt.date | None,
        touchpoint: str,
        mechanism: str | None = None,
        segment: str | None = None,
    ) -> Course:
        """How trust went at a touchpoint, or in one of its cells."""

        def work(workspace: Workspace) -> Course:
            from troth.insight.course import course

            moment = workspace.moment(at)
            only = {"touchpoint": touchpoint} | ({"mechanism": mechanism} if mechanism else {})
            of_cell = mechanism is not None
            found = course(
                workspace.ledger, workspace.settings, moment, only | _only(segment), of_cell=of_cell
            )
            known = _enough(workspace, at, segment)
            return found if known is None else known.course(found, touchpoint, mechanism)

        return self.of(("course", at, touchpoint, mechanism, segment), work, ahead=at is None)

    def segment_values(self) -> tuple[tuple[str, str], ...]:
        """The segments with the values that customers have, in order."""

        def work(workspace: Workspace) -> tuple[tuple[str, str], ...]:
            found = workspace.ledger.connection.execute(
                "SELECT DISTINCT segment, value FROM customer_segment ORDER BY 1, 2"
            ).fetchall()
            return tuple((str(segment), str(value)) for segment, value in found)

        return self.of("segment-values", work)

    def clear(self) -> None:
        """Forget what was worked out: it may speak of somebody who is no longer there."""
        self._kept.clear()

    def close(self) -> None:
        """Work out nothing more."""
        self._kept.close()


def _enough(workspace: Workspace, at: dt.date | None, segment: str | None) -> Enough | None:
    """Since when enough customers have lived what; None where people are shown one by one."""
    from troth.workspace.grouped import enough

    privacy = workspace.blueprint.privacy
    if privacy.people != "segments":
        return None
    return enough(workspace.ledger, workspace.moment(at), privacy.least_group, segment)


def _only(segment: str | None) -> dict[str, str]:
    return {"segment": segment} if segment else {}

"""An audit again and again: what changed since the last time, kept in the history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from troth.audit.history import latest, remember
from troth.audit.result.comparison import Comparison, compared
from troth.audit.result.shape import AuditResult
from troth.errors import TrothError


@dataclass(frozen=True, slots=True)
class Round:
    """One time: the result and what changed since the last one in the history (None: there was none).

    `failure`: why the shop could not be audited this time; the watch goes on.
    """

    shop: str
    result: AuditResult | None
    comparison: Comparison | None
    failure: TrothError | None = None


def watched(
    shops: tuple[str, ...],
    audit: Callable[[str], AuditResult],
    history: Path,
    wait: Callable[[], bool],
) -> Iterator[Round]:
    """Audit every shop, keep it, compare it; then wait, and again, until `wait` says that it is enough.

    A shop that cannot be seen is told and does not end the watch. Raises TrothError when the history cannot
    be read or written.
    """
    while True:
        for shop in shops:
            yield _round(shop, audit, history)
        if not wait():
            return


def _round(shop: str, audit: Callable[[str], AuditResult], history: Path) -> Round:
    try:
        found = audit(shop)
    except TrothError as failure:
        if failure.exit_code == 2:  # the call is wrong, and would be each time
            raise
        return Round(shop, None, None, failure)
    return Round(shop, found, kept(found, history))


def kept(found: AuditResult, history: Path) -> Comparison | None:
    """Keep `found` in the history, and compare it with the newest that was there."""
    before = latest(history, found.shop)
    remember(history, found)
    return compared(before, found) if before else None

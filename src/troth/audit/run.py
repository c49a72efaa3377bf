"""An audit from its beginning to its end: visit or read, judge, score."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from troth.audit.artifacts.codec import load, save
from troth.audit.artifacts.price import SeenPrice, joined
from troth.audit.artifacts.shape import Artifacts
from troth.audit.history import seen_prices
from troth.audit.result.assembly import result
from troth.audit.result.cutting import cutter
from troth.audit.result.shape import AuditResult
from troth.audit.scoring import Scoring

if TYPE_CHECKING:
    from troth.audit.gather.options import Options

Progress = Callable[[str, float | None], None]


def audited(
    shop: str,
    scoring: Scoring,
    options: "Options | None" = None,
    *,
    artifacts: Path | None = None,
    history: Path | None = None,
    progress: Progress | None = None,
) -> AuditResult:
    """Visit `shop` in a browser and judge what was seen, in the language in force.

    Args:
        shop: The shop's address.
        scoring: What each rule counts.
        options: What to visit, and how.
        artifacts: A folder that keeps what was gathered, for `judged_again`; None: nothing is kept.
        history: A folder with earlier audits, whose prices this one is compared with. The result itself is
            not kept there; see `history.remember`.
        progress: Told what is looked at.

    Raises:
        UsageError: The address or an option is wrong, or there is no browser.
        TrothError: The shop's first page cannot be seen, or the history is damaged.
    """
    from troth.audit.gather import gathered

    before = seen_prices(history, shop) if history else ()
    if artifacts is None:
        with TemporaryDirectory(prefix="troth-audit-") as passing:
            folder = Path(passing)
            seen = _after(before, gathered(shop, options, progress, folder))
            return result(seen, scoring, cutter(seen, folder))
    artifacts.mkdir(parents=True, exist_ok=True)
    seen = _after(before, gathered(shop, options, progress, artifacts))
    save(seen, artifacts)
    return result(seen, scoring, cutter(seen, artifacts))


def judged_again(artifacts: Path, scoring: Scoring, *, history: Path | None = None) -> AuditResult:
    """Judge what an earlier audit gathered, with the prices that were known then; needs no network.

    Args:
        artifacts: The folder that the audit wrote.
        scoring: What each rule counts.
        history: A folder with audits, of whose prices the earlier ones are added.

    Raises:
        UsageError: `artifacts-missing`, `artifacts-invalid`.
        TrothError: The history is damaged.
    """
    seen = load(artifacts)
    if history is not None:
        seen = _after(seen_prices(history, seen.shop), seen)
    return result(seen, scoring, cutter(seen, artifacts))


def _after(before: tuple[SeenPrice, ...], seen: Artifacts) -> Artifacts:
    """The artifacts with the prices seen before them; those from later, of a clock set back, are left out."""
    earlier = (price for price in before if price.last_ms < seen.taken_at_ms)
    return replace(seen, earlier_prices=joined((*seen.earlier_prices, *earlier)))

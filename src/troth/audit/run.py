"""An audit from its beginning to its end: visit or read, judge, score."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from troth.audit.artifacts.codec import load, save
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
    progress: Progress | None = None,
) -> AuditResult:
    """Visit `shop` in a browser and judge what was seen, in the language in force.

    Args:
        shop: The shop's address.
        scoring: What each rule counts.
        options: What to visit, and how.
        artifacts: A folder that keeps what was gathered, for `judged_again`; None: nothing is kept.
        progress: Told what is looked at.

    Raises:
        UsageError: The address or an option is wrong, or there is no browser.
        TrothError: The shop's first page cannot be seen.
    """
    from troth.audit.gather import gathered

    if artifacts is None:
        with TemporaryDirectory(prefix="troth-audit-") as passing:
            folder = Path(passing)
            seen = gathered(shop, options, progress, folder)
            return result(seen, scoring, cutter(seen, folder))
    artifacts.mkdir(parents=True, exist_ok=True)
    seen = gathered(shop, options, progress, artifacts)
    save(seen, artifacts)
    return result(seen, scoring, cutter(seen, artifacts))


def judged_again(artifacts: Path, scoring: Scoring) -> AuditResult:
    """Judge what an earlier audit gathered; needs no browser and no network.

    Raises:
        UsageError: `artifacts-missing`, `artifacts-invalid`.
    """
    seen = load(artifacts)
    return result(seen, scoring, cutter(seen, artifacts))

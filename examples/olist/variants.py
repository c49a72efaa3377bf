"""How much the Olist result hangs on single choices: `python variants.py WORKSPACE REVIEWS`, after `run.sh`.

WORKSPACE is the one that `run.sh` has made, REVIEWS the data set's file of reviews. Each variant changes one
thing in the blueprint. Printed are the AUC of trust and how much it is above the baseline, on the half of the
customers on whom the rules were not thought out, and the costliest critical moment.
"""

import sys
import tempfile
from pathlib import Path

from troth import blueprint
from troth.blueprint.parameters import resolve
from troth.insight.basis import basis
from troth.insight.critical import critical_moments
from troth.insight.outcomes import outcome_ranking
from troth.insight.touchpoints import cells
from troth.intake import import_source
from troth.ledger import moment, refresh
from troth.store import Store

READ_OUT = "2018-03-31"
Change = tuple[tuple[str, str], ...]
SILENCE = ("approved + INTERVAL 7 DAY", "handed_over + INTERVAL 14 DAY")
LATE = "late: {0d: S2, 7d: S3}"
PARTS = "CASE WHEN sellers > 1 THEN S2 ELSE S1 END"
HANDED_OVER = "late: {0d: S1, 7d: S2}"
VARIANTS: dict[str, Change] = {
    "as it stands": (),
    "silence: 7 and 7 days": ((SILENCE[1], "handed_over + INTERVAL 7 DAY"),),
    "silence: 10 and 10 days": (
        (SILENCE[0], "approved + INTERVAL 10 DAY"),
        (SILENCE[1], "handed_over + INTERVAL 10 DAY"),
    ),
    "silence: 14 and 14 days": ((SILENCE[0], "approved + INTERVAL 14 DAY"),),
    "late: a failure, however long": ((LATE, "late: {0d: S2}"),),
    "late: serious after 3 days": ((LATE, "late: {0d: S2, 3d: S3}"),),
    "late: first a friction": ((LATE, "late: {0d: S1, 1d: S2, 7d: S3}"),),
    "due at the day's beginning": (("grace: 1d", "grace: 0d"),),
    "in parts: no rule": ((PARTS, "0"),),
    "in parts: always a failure": ((PARTS, "S2"),),
    "hand-over: friction only": ((HANDED_OVER, "late: {0d: S1}"),),
    "news in time is no experience": (("good: 500\n    late: {0d: S1}\n", "good: 0\n    late: {0d: S1}\n"),),
    "every promise counts whole": (("good: 500", "good: 1000"),),
    "ratio 2": (("preset: shop", "preset: shop\n  ratio: 2"),),
    "ratio 10": (("preset: shop", "preset: shop\n  ratio: 10"),),
    "half-life 30 days": (("preset: shop", "preset: shop\n  half_life_days: {good: 30, bad: 30}"),),
    "half-life a year": (("preset: shop", "preset: shop\n  half_life_days: {good: 365, bad: 365}"),),
}


def judge(workspace: Path, reviews: Path) -> None:
    """Print a line for each variant."""
    text = (workspace / "blueprint.yaml").read_text("utf-8")
    sources = {"orders": workspace / "orders.csv", "reviews": reviews}
    print(f"{'variant':32} {'AUC':>6} {'above the baseline':>24}  costliest moment")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
        for kind, source in sources.items():
            import_source(store, blueprint.parse(text), kind, source)
        for name, change in VARIANTS.items():
            variant = text
            for old, new in change:
                variant = variant.replace(old, new)
            parsed = blueprint.parse(variant)
            settings = resolve(parsed.parameters)
            refresh(store, parsed, settings)
            ranking = outcome_ranking(store, parsed, settings, "low-review-judge")
            base = basis(store, parsed, settings, moment(store, READ_OUT, 0))
            first = critical_moments(base, cells(base)).ranked[0]
            if ranking.auc and ranking.difference:
                gain = ranking.difference
                print(
                    f"{name:32} {ranking.auc.value:6.3f}",
                    f"{gain.value:+9.3f} [{gain.low:+.3f}, {gain.high:+.3f}]",
                    f" {first.touchpoint} × {first.mechanism}",
                )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    judge(*map(Path, sys.argv[1:]))

"""How much hangs on the weights: what remains when every weight is up to half more or less."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from troth.audit.judging import Judged
from troth.audit.scoring.arithmetic import figures, table, weights
from troth.audit.scoring.configuration import Scoring
from troth.audit.scoring.score import gains

_DRAWS = 1_000
_SPREAD = 0.5
_SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class Stability:
    """What 1,000 draws of the weights gave, each weight times a factor from 0.5 to 1.5.

    `low`, `high`: the 5th and 95th of 100 of the score (0 to 100), None when nothing counted. `first`: the
    share of draws (0 to 1) in which the finding that brings most stays first; None when nothing failed.
    """

    low: float | None
    high: float | None
    first: float | None


def stability(verdicts: Sequence[Judged], scoring: Scoring) -> Stability:
    """Seeded, so that the same shop gives the same figures."""
    rules = table(verdicts, scoring)
    standard = weights(rules.ids, scoring)[np.newaxis]
    random = np.random.default_rng(_SEED)
    drawn = standard * random.uniform(1 - _SPREAD, 1 + _SPREAD, (_DRAWS, len(rules.ids)))
    scores = 100 * figures(rules, drawn, scoring).score
    low, high = np.quantile(scores, (0.05, 0.95)).tolist()
    if np.isnan(low):
        return Stability(None, None, None)
    usual, varied = gains(rules, standard, scoring), gains(rules, drawn, scoring)
    if not usual:
        return Stability(low, high, None)
    first = np.argmax(np.stack(list(varied.values())), axis=0)
    leading = int(np.argmax([points[0] for points in usual.values()]))
    return Stability(low, high, float(np.mean(first == leading)))

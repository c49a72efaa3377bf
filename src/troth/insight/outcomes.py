"""Does trust rank what happens next? The AUC of the trust known before an outcome."""

from dataclasses import dataclass
from typing import Literal

from troth.insight.estimate import Estimate


@dataclass(frozen=True, slots=True)
class OutcomeRanking:
    """How well trust, known strictly before, ranks an outcome.

    `records`: outcomes with a known value; `positives`: those where it happened; `without_evidence`:
    share of records whose customer had no evidence before; `tied`: share of positive–negative pairs
    that trust leaves tied. `direction`: whether "low" or "high" trust goes with the outcome, as the data say.
    `auc`: of trust in that direction, 0 to 1 (0.5 is chance); `baseline_auc`: of the blueprint's baseline
    expression, its direction likewise; `difference`: the first minus the second, paired. None when there
    is no baseline, or not two records of each outcome. `level`: of these three intervals.
    """

    outcome: str
    records: int
    positives: int
    without_evidence: float
    tied: float
    level: float
    direction: Literal["low", "high"] | None
    auc: Estimate | None
    baseline_auc: Estimate | None
    difference: Estimate | None

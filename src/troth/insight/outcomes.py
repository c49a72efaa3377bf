"""Does trust rank what happens next? The AUC of the trust known before an outcome."""

from dataclasses import dataclass

from troth.insight.estimate import Estimate


@dataclass(frozen=True, slots=True)
class OutcomeRanking:
    """How well low trust, known strictly before, ranks an outcome.

    `records`: outcomes with a known value; `positives`: those where it happened; `without_evidence`:
    share of records whose customer had no evidence before; `tied`: share of positive–negative pairs
    that trust leaves tied. `auc`: of trust, 0 to 1 (0.5 is chance; above it, low trust goes with the
    outcome); `baseline_auc`: of the blueprint's baseline expression; `difference`: the first minus the
    second, paired. None when there is no baseline, or not both outcomes.
    """

    outcome: str
    records: int
    positives: int
    without_evidence: float
    tied: float
    auc: Estimate | None
    baseline_auc: Estimate | None
    difference: Estimate | None

"""Does trust rank what happens next? The AUC of the trust known before an outcome.

For every record of the outcome only evidence of that customer dated strictly before it counts, decayed to
that day. docs/method/outcomes.md says what this can show and what not.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Outcome
from troth.errors import UsageError, nearest
from troth.insight.auc import Placement, auc_difference, auc_estimate, placement
from troth.insight.before import OutcomeRecords, outcome_records
from troth.insight.estimate import Estimate
from troth.ledger import Moment
from troth.ledger.arithmetic import Floats
from troth.ledger.rules import LAST_MS
from troth.store import Store
from troth.texts import _

LEVEL = 0.95
"""Of the intervals of an AUC, as is usual for it."""


@dataclass(frozen=True, slots=True)
class OutcomeRanking:
    """How well trust, known strictly before, ranks an outcome.

    `records`: outcomes with a known customer, time and value; `positives`: those where it happened;
    `without_evidence`: share of records whose customer had no evidence before; `tied`: share of
    positive–negative pairs that trust leaves tied. `direction`: whether "low" or "high" trust goes with the
    outcome, as the data say. `auc`: of trust in that direction, 0 to 1 (0.5 is chance); `baseline_auc`: of
    the blueprint's baseline expression, its direction likewise; `difference`: the first minus the second,
    paired. None when there is no baseline, or not two records of each outcome. `level`: of these three
    intervals.
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


def outcome_ranking(
    store: Store, blueprint: Blueprint, settings: Settings, outcome_id: str, at: Moment | None = None
) -> OutcomeRanking:
    """Rank the outcome `outcome_id` of the blueprint, by its records up to `at` (default: all).

    Raises:
        UsageError: `outcome-unknown`.
    """
    outcome = _outcome(blueprint, outcome_id)
    until_ms = LAST_MS if at is None else at.at_ms
    return rank(outcome.id, outcome_records(store, blueprint, settings, outcome, until_ms))


def rank(outcome: str, found: OutcomeRecords) -> OutcomeRanking:
    """Rank records that are already there."""
    records, positives = len(found.happened), int(found.happened.sum())
    ranking = OutcomeRanking(
        outcome=outcome,
        records=records,
        positives=positives,
        without_evidence=float((~found.seen).mean()) if records else 0.0,
        tied=0.0,
        level=LEVEL,
        direction=None,
        auc=None,
        baseline_auc=None,
        difference=None,
    )
    if min(positives, records - positives) < 2:
        return ranking
    low, trust = _oriented(-found.trust, found.happened)
    ranking = replace(
        ranking,
        tied=trust.tied,
        direction="low" if low else "high",
        auc=auc_estimate(trust, found.customer, LEVEL),
    )
    if found.baseline is None:
        return ranking
    _, baseline = _oriented(found.baseline, found.happened)
    return replace(
        ranking,
        baseline_auc=auc_estimate(baseline, found.customer, LEVEL),
        difference=auc_difference(trust, baseline, found.customer, LEVEL),
    )


def _oriented(marker: Floats, happened: NDArray[np.bool_]) -> tuple[bool, Placement]:
    """The marker's placement, turned round where its AUC is below one half; whether it was not."""
    placed = placement(marker, happened)
    return (True, placed) if placed.auc >= 0.5 else (False, placement(-marker, happened))


def _outcome(blueprint: Blueprint, outcome_id: str) -> Outcome:
    known = {outcome.id: outcome for outcome in blueprint.outcomes}
    if outcome_id in known:
        return known[outcome_id]
    near = nearest(outcome_id, known)
    raise UsageError(
        "outcome-unknown",
        _("The blueprint has no outcome %(outcome)s.") % {"outcome": outcome_id},
        _("Did you mean %(near)s?") % {"near": near} if near else "",
        allowed=known,
    )

"""Trust of pooled evidence: the part that a company, a touchpoint and a segment have in common."""

from dataclasses import dataclass

import numpy as np

from troth.insight.basis import Basis, Counts
from troth.insight.draws import score_draws
from troth.insight.estimate import Estimate, estimate
from troth.ledger import arithmetic
from troth.ledger.arithmetic import ENOUGH, Floats, Pools
from troth.vocabulary import PRECONDITION_IDS


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that remains at the read-out.

    `good`, `bad`: sums of the remaining weights, in ordinary good experiences, both positive. `balance`: good
    minus ratio times bad. `owed`: how many ordinary good experiences would level it today. `unknown`:
    uncertainty mass, 0 to 1. `experiences`, `bad_experiences`: counts up to the read-out, not decayed.
    """

    good: float
    bad: float
    balance: float
    owed: float
    unknown: float
    experiences: int
    bad_experiences: int


@dataclass(frozen=True, slots=True)
class PreconditionTrust:
    """One of the three preconditions.

    `score`: points; None when there is no evidence at all (it then enters the index as neutral). `known`:
    whether the uncertainty mass is at most 0.3. `shortfall_share`: its part in what keeps the index below
    100; the three add up to 1.
    """

    precondition: str
    score: Estimate | None
    known: bool
    shortfall_share: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PooledTrust:
    """The index of a body of evidence, in points.

    `index`: None when there is no evidence. `known`: whether the uncertainty mass is at most 0.3; what is not
    known is named, never ranked. `preconditions`: the three, in the vocabulary's order. `weakest`: id of the
    lowest one among those with evidence.
    """

    index: Estimate | None
    known: bool
    evidence: Evidence
    preconditions: tuple[PreconditionTrust, ...]
    weakest: str | None


def pooled_trust(sums: Floats, n: Counts, basis: Basis) -> PooledTrust:
    """Trust of evidence by shard, [2, 10, shards], that comes from `n` experiences, [2, 10]."""
    level = basis.settings.interval
    draws = score_draws(sums, basis)
    good, bad = sums.sum(axis=-1)
    posterior = basis.pools.preconditions(good, bad)
    shares = arithmetic.shortfall_shares(posterior.score)
    preconditions = []
    for number, precondition in enumerate(PRECONDITION_IDS):
        own = np.equal(basis.pools.precondition, number)
        evidence = evidence_of(good * own, bad * own, n * own, float(posterior.unknown[number]), basis.pools)
        score = estimate(100 * float(posterior.score[number]), 100 * draws[:, number], level)
        preconditions.append(
            PreconditionTrust(
                precondition=precondition,
                score=score if evidence.experiences else None,
                known=evidence.unknown <= ENOUGH,
                shortfall_share=float(shares[number]),
                evidence=evidence,
            )
        )
    evidence = evidence_of(good, bad, n, float(basis.pools.unknown(good, bad)), basis.pools)
    index = estimate(100 * float(arithmetic.index(posterior.score)), 100 * arithmetic.index(draws), level)
    seen = [(p.score.value, p.precondition) for p in preconditions if p.score]
    return PooledTrust(
        index=index if seen else None,
        known=evidence.unknown <= ENOUGH,
        evidence=evidence,
        preconditions=tuple(preconditions),
        weakest=min(seen, key=lambda pair: pair[0])[1] if seen else None,
    )


def evidence_of(good: Floats, bad: Floats, n: Counts, unknown: float, pools: Pools) -> Evidence:
    """The sums of `good` and `bad`, both [10], with the experiences behind them, [2, 10]."""
    balance = float(pools.balance(good, bad))
    return Evidence(
        good=float(good.sum()),
        bad=float(bad.sum()),
        balance=balance,
        owed=float(arithmetic.owed(balance)),
        unknown=unknown,
        experiences=int(n.sum()),
        bad_experiences=int(n[1].sum()),
    )

"""Poisson bootstrap over customers: what pooled figures would be with other customers of the same kind.

One customer's contacts are not independent, so customers are resampled, not contacts: a replicate counts
every shard w times, w ~ Poisson(1) (Chamandy et al. 2012, "Estimating uncertainty for massive data
streams"). A shard is a hash of the customer's id: nearly one customer while they are few, a random group of
them when they are many, which gives the same interval (random groups: Wolter 2007, chapter 2) at a cost
that does not grow.

Two refinements. A replicate's weights are scaled to the mean 1, or the number of shards, not that of
customers, would set how totals vary. And the prior of each precondition is drawn too, Gamma(c) good and
Gamma(c/ρ₀) bad instead of their means, so that what has not been seen yet stays possible.
"""

from dataclasses import dataclass

import numpy as np

from troth.ledger.arithmetic import PRIOR, SEED, Floats, Pools, Posterior, index

RESAMPLES = 2000
FEWEST = 30
"""Fewer customers (occupied shards) than this cannot be resampled: the posteriors speak for them."""


@dataclass(frozen=True, slots=True)
class Resamples:
    """The random numbers of a bootstrap, shared by all figures so that their differences are paired.

    Attributes:
        weights: how often each shard counts, [resamples, shards], whole numbers.
        prior_good: drawn from Gamma(c), [resamples, 3].
        prior_bad: drawn from Gamma(c/ρ₀) of each precondition, [resamples, 3].
    """

    weights: Floats
    prior_good: Floats
    prior_bad: Floats


def draw(pools: Pools, shards: int, resamples: int = RESAMPLES, seed: int = SEED) -> Resamples:
    """The random numbers for groups of `shards`; the same for the same arguments."""
    generator = np.random.Generator(np.random.PCG64(seed))
    return Resamples(
        generator.poisson(1.0, (resamples, shards)).astype(np.float64),
        generator.standard_gamma(PRIOR, (resamples, 3)),
        generator.standard_gamma(PRIOR / np.asarray(pools.prior_ratio), (resamples, 3)),
    )


def replicate(sums: Floats, pools: Pools, drawn: Resamples) -> Posterior:
    """The three preconditions in every replicate, [..., resamples, 3].

    Args:
        sums: evidence by shard, [..., 2, columns, shards]: good and bad, in ordinary good experiences.
        pools: what the columns stand for.
        drawn: from `draw`, for as many shards.

    A precondition without any evidence stays neutral in every replicate: that nobody has lived it is a
    matter of the journey, not of chance.
    """
    weights = drawn.weights
    mean = np.maximum(weights.mean(axis=1), 1 / weights.shape[1])
    rows = _on_a_grid(sums).reshape(-1, sums.shape[-1])  # one large product beats many small ones
    resampled = (rows @ weights.T / mean).reshape(*sums.shape[:-1], -1)
    resampled = np.moveaxis(resampled, -1, -3)  # [..., resamples, 2, columns]
    counted = pools.preconditions(resampled[..., 0, :], resampled[..., 1, :])
    prior_bad = PRIOR / np.asarray(pools.prior_ratio)
    drift_good, drift_bad = drawn.prior_good - PRIOR, drawn.prior_bad - prior_bad
    totals = sums.sum(axis=-1)
    observed = pools.preconditions(totals[..., 0, :], totals[..., 1, :])
    seen = (observed.unknown < 1)[..., None, :]
    return Posterior(
        counted.good + np.where(seen, drift_good, 0.0),
        counted.bad + np.where(seen, drift_bad, 0.0),
        counted.weighted + np.where(seen, drift_bad * np.asarray(pools.prior_ratio), 0.0),
        counted.prior,
    )


def resampled_index(sums: Floats, pools: Pools, drawn: Resamples) -> Floats:
    """G in every replicate, [..., resamples]; arguments as for `replicate`."""
    return index(replicate(sums, pools, drawn).score)


def limits(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """The (1 − level)/2 and (1 + level)/2 quantiles of [..., draws]."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=-1)
    return low, high


def _on_a_grid(sums: Floats) -> Floats:
    """Rounded to 2⁻⁴⁸ of the greatest total, so that weighted sums are exact in any order that BLAS takes."""
    _, exponent = np.frexp(sums.sum(axis=-1).max(initial=0.0))
    step = 2.0 ** (int(exponent) - 48)
    return np.asarray(np.round(sums / step) * step, np.float64)

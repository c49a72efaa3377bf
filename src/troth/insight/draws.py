"""What pooled trust could be: the draws behind every interval.

By the bootstrap over customers; from the posteriors where there are too few customers (occupied shards) to
resample.
"""

import numpy as np

from troth.insight.basis import Basis
from troth.ledger import arithmetic
from troth.ledger.arithmetic import Floats, Pools, index, merged_pools
from troth.ledger.bootstrap import FEWEST, replicate


def score_draws(sums: Floats, basis: Basis) -> Floats:
    """Draws of T of the three preconditions, [draws, 3], for evidence by shard, [2, 10, shards]."""
    if _few(sums):
        return arithmetic.score_draws(basis.pools.preconditions(*sums.sum(axis=-1)))
    pools, merged = _merged(sums, basis)
    return replicate(merged, pools, basis.drawn).score


def drawn_index(sums: Floats, basis: Basis) -> tuple[Floats, Floats]:
    """The index in points, [groups], and its draws, [groups, resamples], for [groups, 2, 10, shards].

    All are drawn with the same random numbers, so their differences are paired.
    """
    posterior = basis.pools.preconditions(*np.moveaxis(sums.sum(axis=-1), -2, 0))
    pools, merged = _merged(sums, basis)
    draws = replicate(merged, pools, basis.drawn).score
    for group, own in enumerate(merged):
        if _few(own):
            draws[group] = arithmetic.score_draws(pools.preconditions(*own.sum(axis=-1)), draws.shape[1])
    return 100 * index(posterior.score), 100 * index(draws)


def _few(sums: Floats) -> bool:
    return int(np.count_nonzero(sums.any(axis=(0, 1)))) < FEWEST


def _merged(sums: Floats, basis: Basis) -> tuple[Pools, Floats]:
    """Evidence in the fewest columns that give the same trust, since each one is to be resampled."""
    pools, column_of = merged_pools(basis.settings.ratio_milli)
    merged = np.zeros((*sums.shape[:-2], len(pools.ratio), sums.shape[-1]))
    for mechanism_no, column in enumerate(column_of):
        merged[..., column, :] += sums[..., mechanism_no, :]
    return pools, merged

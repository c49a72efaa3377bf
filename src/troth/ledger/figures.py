"""From sums of evidence to the figures of rows: scores of cells, indices of groups, and their intervals."""

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from troth.ledger.arithmetic import Floats, Pools, Posterior, index, index_interval, posterior
from troth.ledger.bootstrap import FEWEST, draw, limits, resampled_index
from troth.ledger.sums import Counts, Sums

DAY_RESAMPLES = 500
"""Replicates for the interval of one day among many; of single figures there are more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The columns of a read-out, one value a row; `low` and `high` are NaN where there is no interval."""

    good: Floats
    bad: Floats
    balance: Floats
    score: Floats
    low: Floats
    high: Floats
    unknown: Floats
    n: Counts

    def taken(self, places: Counts) -> "Figures":
        """The rows at `places`."""
        return Figures(*(getattr(self, field.name)[places] for field in fields(self)))


def scores(
    found: Sums, pools: Pools, by: Literal["mechanism", "precondition"], level: float | None
) -> tuple[Counts, Counts, Figures]:
    """T of every cell that has an experience: the group's row, the mechanism or precondition, the figures.

    With a `level` each has its exact beta interval. The columns of `found` are the ten mechanisms.
    """
    good, bad = found.evidence[:, 0], found.evidence[:, 1]
    n = found.n.sum(axis=1)
    if by == "mechanism":
        believed, weighted = posterior(good, bad, pools.ratio), np.asarray(pools.ratio) * bad
    else:
        believed = pools.preconditions(good, bad)
        good, bad, weighted = pools.sums(good, bad)
        members = np.equal.outer(pools.precondition, range(3)).astype(np.int64)
        n = n @ members
    row, column = np.nonzero(n)
    cells = Posterior(*(a[row, column] for a in np.broadcast_arrays(
        believed.good, believed.bad, believed.weighted, believed.prior)))  # fmt: skip
    low, high = cells.interval(level) if level is not None else np.full((2, len(row)), np.nan)
    figures = Figures(
        good[row, column], bad[row, column], (good - weighted)[row, column], cells.score, low, high,
        cells.unknown, n[row, column],
    )  # fmt: skip
    return row, column, figures


def indices(found: Sums, pools: Pools, interval: Floats | None) -> Figures:
    """G of every row; `interval` is [2, rows], widened where it does not hold the value itself."""
    good, bad = found.evidence[:, 0], found.evidence[:, 1]
    score = index(pools.preconditions(good, bad).score)
    low, high = np.full((2, len(score)), np.nan)
    if interval is not None:
        low, high = np.minimum(interval[0], score), np.maximum(interval[1], score)
    return Figures(
        good.sum(axis=-1), bad.sum(axis=-1), pools.balance(good, bad), score, low, high,
        pools.unknown(good, bad), found.n.sum(axis=tuple(range(1, found.n.ndim))),
    )  # fmt: skip


def pooled_interval(by_shard: Floats, pools: Pools, level: float, resamples: int | None = None) -> Floats:
    """The interval of G of every row, [2, rows], from evidence by shard [rows, 2, 10, shards].

    Customers are resampled; where there are too few (occupied shards), the posteriors speak.
    """
    drawn = draw(pools, by_shard.shape[-1], *([resamples] if resamples else []))
    interval = np.empty((2, len(by_shard)))
    for row, sums in enumerate(by_shard):
        if np.count_nonzero(sums.any(axis=(0, 1))) < FEWEST:
            interval[:, row] = index_interval(pools.preconditions(*sums.sum(axis=-1)), level)
        else:
            interval[:, row] = limits(resampled_index(sums, pools, drawn), level)
    return interval

"""Measures how often the intervals of docs/method/uncertainty.md hold the truth.

`python docs/method/uncertainty.py [WORLDS]`
"""

import sys

import numpy as np

from troth.ledger.arithmetic import Floats, index, mechanism_pools
from troth.ledger.bootstrap import draw, limits, resampled_index

SHARDS = 1024
POOLS = mechanism_pools((5000,) * 10)
BAD_RATE = np.array([0.08, 0.10, 0.05, 0.02, 0.10, 0.06, 0.25, 0.12, 0.15, 0.10])
CONTACTS = np.array([0.6, 0.3, 0.2, 0.1, 0.3, 0.8, 1.5, 0.6, 0.4, 1.2])
SEVERITY, SEVERITY_SHARE = np.array([0.3, 1.0, 3.0, 8.0]), np.array([0.5, 0.4, 0.09, 0.01])


def population(generator: np.random.Generator, customers: int, skew: float) -> Floats:
    """Remaining evidence of customers who differ in activity and in luck, [2, 10, customers].

    Activity is lognormal with the mean 1 and `skew` as the standard deviation of its logarithm. Each customer
    has a gamma-distributed inclination to meet with bad experiences (mean 1, variance 1/2), so that contacts
    hang together. What remains of a contact is uniform on 0 to 1.
    """
    activity = generator.lognormal(-(skew**2) / 2, skew, customers)
    luck = generator.gamma(2, 1 / 2, customers)
    bad_rate = np.minimum(BAD_RATE[:, None] * luck, 1)
    contacts = generator.poisson(CONTACTS[:, None] * activity)
    row = np.repeat(np.arange(contacts.size), contacts.ravel())
    is_bad = generator.uniform(size=row.size) < bad_rate.ravel()[row]
    severity = generator.choice(SEVERITY, row.size, p=SEVERITY_SHARE)
    remaining = np.where(is_bad, severity, 1.0) * generator.uniform(size=row.size)
    sums = [np.bincount(row[sign], remaining[sign], contacts.size) for sign in (~is_bad, is_bad)]
    return np.array(sums).reshape(2, 10, customers)


def by_shard(generator: np.random.Generator, sums: Floats, shards: int = SHARDS) -> Floats:
    """Sums by customer, [2, 10, customers], as sums by shard; each customer falls into one by chance."""
    shard = generator.integers(shards, size=sums.shape[-1])
    return np.array([np.bincount(shard, row, shards) for row in sums.reshape(20, -1)]).reshape(2, 10, shards)


def plain_index(sums: Floats) -> float:
    """G in points of sums [2, 10]."""
    return 100 * float(index(POOLS.preconditions(sums[0], sums[1]).score))


def coverage(customers: int, skew: float, worlds: int, level: float = 0.9) -> tuple[float, float, float]:
    """Shares of worlds whose interval lay below the truth, held it, and lay above it."""
    generator = np.random.default_rng(20260131)
    truth = plain_index(population(generator, 300_000, skew).mean(axis=-1) * customers)
    drawn = draw(POOLS, SHARDS)
    below = above = 0
    for _ in range(worlds):
        sums = by_shard(generator, population(generator, customers, skew))
        lowest, highest = limits(100 * resampled_index(sums, POOLS, drawn), level)
        below += int(highest < truth)
        above += int(lowest > truth)
    return below / worlds, 1 - (below + above) / worlds, above / worlds


if __name__ == "__main__":
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print("customers  skew  below   held  above")
    for customers in (30, 100, 1000, 5000):
        for skew in (0.5, 1.5):
            low, held, high = coverage(customers, skew, worlds)
            print(f"{customers:9}  {skew:4}  {low:5.1%}  {held:5.1%}  {high:5.1%}")

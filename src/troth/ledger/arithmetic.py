"""The trust model's arithmetic on evidence: balance, score, interval, preconditions, index.

Pure functions on NumPy arrays that broadcast. `good` and `bad` are decayed evidence, both positive, in
ordinary good experiences; `ratio` is how many good experiences offset one bad. Formulas, sources and what
was rejected stand in docs/method/.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from troth.vocabulary import MECHANISMS, PRECONDITION_IDS

Floats: TypeAlias = NDArray[np.float64]

PRIOR = 1.0
"""c, the weight of the neutral prior, in ordinary good experiences."""

ENOUGH = 0.3
"""The greatest uncertainty mass that still counts as enough evidence to rank or to alarm."""

DRAWS = 4_000
"""Draws of the index's Monte Carlo interval."""

SEED = 1
"""The seed of every interval that is drawn, so that a report can be repeated."""

PRECONDITION_OF: tuple[int, ...] = tuple(PRECONDITION_IDS.index(m.precondition) for m in MECHANISMS)
"""The precondition's number (0 willing, 1 able, 2 assessable) of each of the ten mechanisms."""


def balance(good: ArrayLike, bad: ArrayLike, ratio: ArrayLike) -> Floats:
    """B = S⁺ − ρS⁻, the account in ordinary good experiences; exactly linear."""
    return np.asarray(good, np.float64) - np.asarray(ratio, np.float64) * np.asarray(bad, np.float64)


def owed(balance: ArrayLike) -> Floats:
    """max(0, −B): how many ordinary good experiences would level the account today."""
    return np.maximum(0.0, -np.asarray(balance, np.float64)) + 0.0  # of a level balance 0, not −0


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is believed about the share p of good experiences: p ~ Beta(good, bad), prior included.

    Attributes:
        good: S⁺ + c.
        bad: S⁻ + c/ρ₀, with ρ₀ the ratio before any evidence.
        weighted: ρS⁻ + c, where several mechanisms are pooled the sum of each one's own ρS⁻, plus c.
        prior: W = c + c/ρ₀, the part of good + bad that is no evidence.
    """

    good: Floats
    bad: Floats
    weighted: Floats
    prior: Floats

    @property
    def ratio(self) -> Floats:
        """The pool's ρ̄ = (ΣρS⁻ + c)/(S⁻ + c/ρ₀), a mean weighted by bad evidence; ρ where all are equal."""
        return self.weighted / self.bad

    @property
    def score(self) -> Floats:
        """T̂ = (S⁺ + c)/(S⁺ + ρS⁻ + 2c) in 0..1; 0.5 is neutral: good and bad just in the ratio."""
        return self.good / (self.good + self.weighted)

    @property
    def unknown(self) -> Floats:
        """Uncertainty mass u = W/(W + S⁺ + S⁻), from raw sums: 1 without evidence, towards 0 with more."""
        return self.prior / (self.good + self.bad)

    def quantile(self, probability: float) -> Floats:
        """The score's quantile, exact: that of p mapped by T(p) = p/(p + ρ̄(1 − p)), which is monotone."""
        from scipy import special

        share = special.betaincinv(self.good, self.bad, probability)
        rest = special.betaincinv(self.bad, self.good, 1.0 - probability)  # 1 − p without its cancellation
        return np.asarray(share / (share + self.ratio * rest), np.float64)

    def interval(self, level: float = 0.9) -> tuple[Floats, Floats]:
        """The central interval of the score that holds it with probability `level`."""
        return self.quantile((1.0 - level) / 2), self.quantile((1.0 + level) / 2)


def posterior(good: ArrayLike, bad: ArrayLike, ratio: ArrayLike) -> Posterior:
    """The posterior of evidence that has one ratio."""
    good, bad, ratio = (np.asarray(a, np.float64) for a in (good, bad, ratio))
    return Posterior(good + PRIOR, bad + PRIOR / ratio, ratio * bad + PRIOR, PRIOR + PRIOR / ratio)


def good_to_regain(good: ArrayLike, bad: ArrayLike, ratio: ArrayLike) -> Floats:
    """Good experiences that lift the score back to where one bad one found it: ρ(S⁺ + c)/(ρS⁻ + c).

    The score is a rate, so this grows with what was there before; in the balance it is always ρ.
    """
    good, bad, ratio = (np.asarray(a, np.float64) for a in (good, bad, ratio))
    return ratio * (good + PRIOR) / (ratio * bad + PRIOR)


@dataclass(frozen=True, slots=True)
class Pools:
    """How evidence in several columns makes up the three preconditions.

    Attributes:
        precondition: the precondition's number of each column.
        ratio: the ratio of each column.
        prior_ratio: ρ₀ of each precondition, the plain mean over its mechanisms.
    """

    precondition: tuple[int, ...]
    ratio: tuple[float, ...]
    prior_ratio: tuple[float, float, float]

    def balance(self, good: Floats, bad: Floats) -> Floats:
        """B of all columns together, [...] from [..., columns]."""
        total = np.zeros(good.shape[:-1])
        for column, ratio in enumerate(self.ratio):
            total += good[..., column] - ratio * bad[..., column]
        return total

    def sums(self, good: Floats, bad: Floats) -> tuple[Floats, Floats, Floats]:
        """S⁺, S⁻ and ρS⁻ of willing, able and assessable, each [..., 3] from [..., columns]."""
        # Summed column by column: each is one long stretch of memory, which counts with millions of rows.
        sums = np.zeros((3, len(PRECONDITION_IDS), *good.shape[:-1]))
        for column, (precondition, ratio) in enumerate(zip(self.precondition, self.ratio, strict=True)):
            sums[0, precondition] += good[..., column]
            sums[1, precondition] += bad[..., column]
            sums[2, precondition] += ratio * bad[..., column]
        goods, bads, weighted = np.moveaxis(sums, 1, -1)
        return goods, bads, weighted

    def preconditions(self, good: Floats, bad: Floats) -> Posterior:
        """The posteriors of willing, able and assessable, [..., 3] from [..., columns].

        One that has no evidence is neutral.
        """
        goods, bads, weighted = self.sums(good, bad)
        before = PRIOR / np.asarray(self.prior_ratio)
        return Posterior(goods + PRIOR, bads + before, weighted + PRIOR, PRIOR + before)

    def unknown(self, good: Floats, bad: Floats) -> Floats:
        """Uncertainty mass of all columns pooled, [...] from [..., columns]; ρ₀ is the mean of the three."""
        prior = PRIOR + PRIOR / (sum(self.prior_ratio) / len(self.prior_ratio))
        evidence = np.zeros(good.shape[:-1])
        for column in range(len(self.ratio)):
            evidence += good[..., column] + bad[..., column]
        return prior / (prior + evidence)


def mechanism_pools(ratio_milli: tuple[int, ...]) -> Pools:
    """Pools whose columns are the ten mechanisms, from their ratios in thousandths."""
    ratio = tuple(r / 1000 for r in ratio_milli)
    return Pools(PRECONDITION_OF, ratio, _prior_ratio(ratio))


def merged_pools(ratio_milli: tuple[int, ...]) -> tuple[Pools, tuple[int, ...]]:
    """The fewest columns that give the same trust, and the column of each of the ten mechanisms.

    Mechanisms of one precondition with the same ratio share a column: three columns when all ratios are
    equal.
    """
    keys = list(zip(PRECONDITION_OF, ratio_milli, strict=True))
    distinct = sorted(set(keys))
    ratio = tuple(r / 1000 for r in ratio_milli)
    pools = Pools(tuple(p for p, _ in distinct), tuple(r / 1000 for _, r in distinct), _prior_ratio(ratio))
    return pools, tuple(distinct.index(key) for key in keys)


def _prior_ratio(ratio: tuple[float, ...]) -> tuple[float, float, float]:
    members = [[r for r, p in zip(ratio, PRECONDITION_OF, strict=True) if p == k] for k in range(3)]
    first, second, third = (sum(rs) / len(rs) for rs in members)
    return first, second, third


def index(scores: ArrayLike) -> Floats:
    """G = (T_w·T_a·T_s)^⅓ over the last axis: neutral stays 0.5, one broken precondition breaks it."""
    willing, able, assessable = np.moveaxis(np.asarray(scores, np.float64), -1, 0)
    product = willing * able * assessable
    root = np.cbrt(product)
    square = np.where(root > 0, 3 * root * root, 1.0)
    return np.asarray(
        root - (root**3 - product) / square, np.float64
    )  # Newton's step: cbrt(0.125) is not 0.5


def weakest(scores: ArrayLike) -> NDArray[np.intp]:
    """Number of the lowest precondition over the last axis; the first of equal ones."""
    return np.asarray(np.argmin(np.asarray(scores), axis=-1))


def shortfall_shares(scores: ArrayLike) -> Floats:
    """s_k = ln T_k / Σ ln T: each precondition's part in what keeps G below 1, over the last axis.

    They add up to 1 exactly, in any order (multiples of 2⁻⁵⁰; the greatest takes the rounding). Where
    nothing is short (all T are 1), a third each. A T of 0 takes all of the shortfall; several share it.
    """
    scores = np.asarray(scores, np.float64)
    broken = scores <= 0
    with np.errstate(divide="ignore"):
        loss = np.where(broken.any(-1, keepdims=True), broken, -np.log(scores))
    total = loss.sum(-1, keepdims=True)
    shares: Floats = np.divide(loss, total, out=np.full(loss.shape, 1 / 3), where=total > 0)
    shares = np.round(shares * 2**50) / 2**50
    greatest = np.argmax(shares, axis=-1)[..., None]
    rest = np.where(np.arange(3) == greatest, 0.0, shares).sum(-1, keepdims=True)
    np.put_along_axis(shares, greatest, 1.0 - rest, axis=-1)
    return shares


def score_draws(preconditions: Posterior, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Draws of the three scores from their posteriors, [draws, 3] from [3].

    A precondition without any evidence stays neutral: that nobody has lived it is a matter of the journey,
    not of chance.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    won = generator.standard_gamma(preconditions.good, (draws, 3))  # p = won/(won + lost) is Beta(good, bad)
    lost = generator.standard_gamma(preconditions.bad, (draws, 3))
    return np.where(preconditions.unknown < 1, won / (won + preconditions.ratio * lost), 0.5)


def index_interval(
    preconditions: Posterior, level: float = 0.9, draws: int = DRAWS, seed: int = SEED
) -> tuple[Floats, Floats]:
    """The interval of G by Monte Carlo over the three posteriors ([..., 3]), of customers or small groups.

    Every row is drawn from the same seed, so its interval does not depend on the rows beside it.
    """
    shape = preconditions.score.shape
    parts = (preconditions.good, preconditions.bad, preconditions.weighted, preconditions.prior)
    rows = [np.broadcast_to(part, shape).reshape(-1, 3) for part in parts]
    limits = np.empty((len(rows[0]), 2))
    for row, own in enumerate(zip(*rows, strict=True)):
        drawn = index(score_draws(Posterior(*own), draws, seed))
        limits[row] = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return limits[:, 0].reshape(shape[:-1]), limits[:, 1].reshape(shape[:-1])

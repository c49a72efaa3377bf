"""A share of texts, corrected for who reads wrongly now and then.

Of n texts k are read as saying it: q = k/n. With sensitivity a and specificity b the true share is
p = (q + b − 1) / (a + b − 1) (Rogan & Gladen 1978). None of the three is known exactly: q, a and b are drawn
from beta distributions (of q Jeffreys'), and p is worked out for each draw. Draws of which no share between 0
and 1 could have come are impossible and left out. Where that are most, near 0 and 1, the full posterior takes
their place (Gelman & Carpenter 2020).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from troth.insight.estimate import Estimate, estimate
from troth.insight.voices.errors import DRAWS, Errors
from troth.ledger.arithmetic import SEED, Floats

LEAST_YOUDEN = 0.2
"""Sensitivity + specificity − 1 must be above this in 19 of 20 draws, or no share can be given."""

MOST_POSSIBLE = 0.2
"""Where fewer of the draws are possible, the full posterior is worked out."""


def rounded(number: int, step: int) -> int:
    """To the nearest multiple of `step`, half of it up.

    >>> [rounded(number, 5) for number in (2, 3, 43)]
    [0, 5, 45]
    """
    return (2 * number + step) // (2 * step) * step


@dataclass(frozen=True, slots=True)
class Found:
    """How many of some texts are read as saying something.

    Attributes:
        yes: These.
        whole: All of them.
        effective: So many independent texts tell as much: several by one customer are worth less than several
            by many.
        step: `yes` and `whole` are rounded to multiples of this.
    """

    yes: int
    whole: int
    effective: float
    step: int = 1

    @property
    def share(self) -> float:
        """As it was read."""
        return self.yes / self.whole if self.whole else 0.0

    def draws(self, seed: Iterable[int]) -> Floats:
        """Draws of the share of all such texts, [draws]."""
        generator = np.random.Generator(np.random.PCG64([SEED, *seed]))
        yes = self.share * self.effective
        if self.step > 1:  # what it was before it was rounded
            worth = self.effective / self.whole if self.whole else 0.0
            blurred = yes + self.step * worth * generator.uniform(-0.5, 0.5, DRAWS)
            return generator.beta(
                np.clip(blurred, 0, self.effective) + 0.5,
                np.clip(self.effective - blurred, 0, self.effective) + 0.5,
            )
        return generator.beta(yes + 0.5, self.effective - yes + 0.5, DRAWS)

    def rounded(self, step: int) -> "Found":
        """The same in multiples of `step`."""
        if step == 1:
            return self
        yes, whole = (rounded(number, step) for number in (self.yes, self.whole))
        effective = self.effective * whole / self.whole if self.whole else 0.0
        return Found(yes, whole, effective, step)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Draws of a true share now, [draws], and of its change, which is None where there is none."""

    now: Floats
    changed: Floats | None

    def share(self, level: float) -> Estimate:
        """The share with its interval."""
        return estimate(float(self.now.mean()), self.now, level)

    def change(self, level: float) -> Estimate | None:
        """Now minus before."""
        if self.changed is None:
            return None
        return estimate(float(self.changed.mean()), self.changed, level)


def corrected(now: Found, before: Found | None, errors: Errors, seed: tuple[int, ...]) -> Corrected | None:
    """The true share; None where the reader is too unsure for one.

    Args:
        now: What was read in the period.
        before: In the one before; None for nothing to compare with. The reader errs alike in both.
        errors: The reader's about this.
        seed: Of the draws, the same for the same figure.
    """
    sensitivity, specificity = errors.draws((*seed, 0))
    if np.quantile(sensitivity + specificity - 1, 0.05) <= LEAST_YOUDEN:
        return None
    [share] = _shares([now], sensitivity, specificity, seed)
    if before is None:
        return Corrected(share, None)
    ours, theirs = _shares([now, before], sensitivity, specificity, seed)
    return Corrected(share, ours - theirs)


def _shares(
    found: Sequence[Found], sensitivity: Floats, specificity: Floats, seed: tuple[int, ...]
) -> list[Floats]:
    """Draws of true shares that go together, by Rogan and Gladen where most of them can be."""
    youden = np.maximum(sensitivity + specificity - 1, LEAST_YOUDEN / 2)
    drawn = [(one.draws((*seed, number)) + specificity - 1) / youden for number, one in enumerate(found, 1)]
    possible = np.logical_and.reduce([(one >= 0) & (one <= 1) for one in drawn])
    if possible.mean() >= MOST_POSSIBLE:
        return [one[possible] for one in drawn]
    return _posterior(found, sensitivity, specificity, seed)


def _posterior(
    found: Sequence[Found], sensitivity: Floats, specificity: Floats, seed: tuple[int, ...]
) -> list[Floats]:
    """The same from the full posterior, on a grid of shares that is finest at its ends; their prior is flat.

    For shares so near to none or all that most draws of what was read and of the errors do not go together.
    """
    a, b = (one[:_ERRORS, None] for one in (sensitivity, specificity))
    read = np.clip(a * _SHARES + (1 - b) * (1 - _SHARES), 1e-12, 1 - 1e-12)  # [errors, shares]
    likelihoods = []
    for one in found:
        yes = one.share * one.effective
        log = yes * np.log(read) + (one.effective - yes) * np.log1p(-read)
        likelihoods.append(np.exp(log - log.max()) * _STEPS)
    generator = np.random.Generator(np.random.PCG64([SEED, *seed, 9]))
    weight = np.prod([one.sum(axis=1) for one in likelihoods], axis=0)
    errors = generator.choice(len(weight), DRAWS, p=weight / weight.sum())
    shares = []
    for one in likelihoods:
        reached = one.cumsum(axis=1)
        aimed = generator.random(DRAWS) * reached[errors, -1]
        shares.append(_SHARES[(reached[errors] < aimed[:, None]).sum(axis=1)])
    return shares


_ERRORS = 400
_ANGLES = (np.arange(400) + 0.5) * np.pi / 800
_SHARES = np.square(np.sin(_ANGLES))
_STEPS = np.sin(2 * _ANGLES)
"""The grid, and the width of its steps but for a factor."""


def plain(found: Found, seed: tuple[int, ...], level: float) -> Estimate:
    """The share as it was read, with an interval of chance alone."""
    return estimate(found.share, found.draws((*seed, 1)), level)


def difference(now: Found, before: Found, seed: tuple[int, ...], level: float) -> Estimate:
    """The share as it was read now minus before."""
    draws = now.draws((*seed, 1)) - before.draws((*seed, 2))
    return estimate(now.share - before.share, draws, level)


def percent(share: Estimate | None) -> Estimate | None:
    """A share of 1 as one of 100."""
    return share and Estimate(100 * share.value, 100 * share.low, 100 * share.high)


def p_value(now: Found, before: Found) -> float:
    """Two-sided, of no difference between the shares as they were read (two proportions, pooled)."""
    whole = now.effective + before.effective
    pooled = (now.share * now.effective + before.share * before.effective) / whole if whole else 0.0
    spread = pooled * (1 - pooled)
    if not spread or not now.effective or not before.effective:
        return 1.0
    error = np.sqrt(spread * (1 / now.effective + 1 / before.effective))
    return float(2 * ndtr(-abs(now.share - before.share) / error))

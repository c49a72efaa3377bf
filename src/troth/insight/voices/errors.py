"""How often the reader finds what is there, and finds what is not: sensitivity and specificity, as draws.

Of an event (something is said in a cell, or in any of several) labelled texts give four counts. They are few,
so the counts of a cell are shrunk to those of its mechanism at all touchpoints, and these to those of all
mechanisms of the same side: beta-binomial, its prior by maximum likelihood (empirical Bayes; Casella 1985).
What no labelled text tells of has the wide prior, not a made-up certainty.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from troth.insight.voices.labelled import Judged
from troth.insight.voices.places import Place, Places
from troth.ledger.arithmetic import SEED, Floats
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS

DRAWS = 4000

FEWEST_STARRED = 30
"""So many texts with good and with bad stars there must be, to take the errors about sides from them."""

STAR_STRENGTH = 60.0

_MEANS = 1 / (1 + np.exp(-np.arange(-8.0, 8.01, 0.1)))
_STRENGTHS = np.geomspace(2.0, 20.0, 20)
"""Where the prior's mean and strength (in texts) are looked for."""


@dataclass(frozen=True, slots=True)
class Beta:
    """What is known of a share: as if `hits` and `misses` had been seen; half of each is the least."""

    hits: float
    misses: float

    @property
    def mean(self) -> float:
        """Its expectation."""
        return self.hits / (self.hits + self.misses)


@dataclass(frozen=True, slots=True)
class Errors:
    """The reader's errors about one event.

    Attributes:
        sensitivity: Of texts that say it, the share in which the reader finds it.
        specificity: Of texts that do not say it, the share in which the reader does not.
        texts: Labelled texts that say it, on which this rests.
    """

    sensitivity: Beta
    specificity: Beta
    texts: float

    def draws(self, seed: Iterable[int]) -> tuple[Floats, Floats]:
        """Draws of sensitivity and specificity, [draws] each; the same for the same seed."""
        generator = np.random.Generator(np.random.PCG64([SEED, *seed]))
        sensitivity, specificity = (
            np.clip(generator.beta(one.hits, one.misses, DRAWS), 1e-12, 1 - 1e-12)
            for one in (self.sensitivity, self.specificity)
        )
        return sensitivity, specificity


class Reliability:
    """What labelled texts tell of the reader's errors.

    Args:
        judged: Readings and verdicts in the cells of each rule; at least one rule.
        weights: How many of the texts come by each rule: errors differ with what a rule supposes.
        places: What the places are.
        starred: Where texts came with stars: how often bad ones and good ones were read as such and not, [4],
            in the order of `Judged.sides`. Enough of them tell more of the company's own texts than others'.
        own: So many of the labelled texts are the company's own.
    """

    def __init__(
        self,
        judged: Sequence[Judged],
        weights: Sequence[float],
        places: Places,
        starred: Floats | None = None,
        own: int = 0,
    ) -> None:
        self.own = own
        self._judged, self._places = judged, places
        whole = sum(weights)
        self._weights = [weight / whole if whole else 1 / len(judged) for weight in weights]
        self.texts = judged[0].texts
        self._mentions = _Shrunk(self._by_place(self._mentioned))
        self._sides = _Shrunk(self._by_place(self._sided))
        enough = starred is not None and min(starred[:2].sum(), starred[2:].sum()) >= FEWEST_STARRED
        self._starred = _as_of(starred) if enough and starred is not None else None

    def mention(self, place: Place = (None, None)) -> Errors:
        """Whether a text speaks of this touchpoint and mechanism."""
        return self._mentions.errors(self._mentioned(place), place[1])

    def side(self, place: Place = (None, None)) -> Errors:
        """Whether it is bad in the main what a text says, of texts that speak of these."""
        return self._starred or self._sides.errors(self._sided(place), place[1])

    @property
    def starred(self) -> int:
        """So many texts with stars the errors about sides rest on; 0 where these are from labels."""
        return round(self._starred.texts) if self._starred else 0

    def _mentioned(self, place: Place) -> Floats:
        return self._sum(one.mentions(self._places.chosen(place)) for one in self._judged)

    def _sided(self, place: Place) -> Floats:
        return self._sum(one.sides(self._places.chosen(place)) for one in self._judged)

    def _by_place(self, counts: Callable[[Place], Floats]) -> Floats:
        """[4, touchpoints, mechanisms]."""
        rows = [[counts((t, m)) for m in MECHANISM_IDS] for t in self._places.touchpoints]
        return np.moveaxis(np.array(rows), -1, 0)

    def _sum(self, counts: Iterable[Floats]) -> Floats:
        """Counts of several rules as those of one set of texts."""
        parts = [weight * one for weight, one in zip(self._weights, counts, strict=True)]
        return np.asarray(sum(parts[1:], parts[0]))


def _as_of(starred: Floats) -> Errors:
    """Errors by stars.

    Stars speak of the whole text and not of a place, so they are good for no more than `STAR_STRENGTH` texts
    of each side.
    """
    betas = []
    for hits, misses in (starred[:2], starred[2:]):
        mean, strength = (hits + 0.5) / (hits + misses + 1), min(STAR_STRENGTH, hits + misses + 1)
        betas.append(Beta(float(mean * strength), float((1 - mean) * strength)))
    return Errors(betas[0], betas[1], float(starred.sum()))


class _Shrunk:
    """Counts that few texts gave, drawn to those of the mechanism, and these to those of all."""

    def __init__(self, cells: Floats) -> None:
        """`cells`: counts by place, [4, touchpoints, mechanisms]."""
        pooled = cells.sum(axis=1)
        self._means: list[Floats] = []
        self._all: list[float] = []
        self._strength: list[float] = []
        for hits, misses in ((0, 1), (2, 3)):  # sensitivity, specificity
            mean, strength = _prior(pooled[hits], pooled[misses])
            means = (strength * mean + pooled[hits]) / (strength + pooled[hits] + pooled[misses])
            self._means.append(means)
            self._all.append(mean)
            self._strength.append(_strength(means, cells[hits], cells[misses]))

    def errors(self, counts: Floats, mechanism: str | None) -> Errors:
        """Errors by the counts of an event, [4]."""
        betas = []
        for kind, (hits, misses) in enumerate(((0, 1), (2, 3))):
            own = self._means[kind][MECHANISM_BY_ID[mechanism].no] if mechanism else self._all[kind]
            prior = self._strength[kind]
            betas.append(
                Beta(float(max(0.5, prior * own + counts[hits])),
                     float(max(0.5, prior * (1 - own) + counts[misses])))
            )  # fmt: skip
        return Errors(betas[0], betas[1], float(counts[0] + counts[1]))


def _prior(hits: Floats, misses: Floats) -> tuple[float, float]:
    """Mean and strength of the beta prior that makes these counts of groups likeliest."""
    mean, strength = (grid.ravel() for grid in np.meshgrid(_MEANS, _STRENGTHS, indexing="ij"))
    best = int(np.argmax(_likelihood(mean[:, None], strength[:, None], hits, misses).sum(axis=1)))
    return float(mean[best]), float(strength[best])


def _strength(means: Floats, hits: Floats, misses: Floats) -> float:
    """The strength with which counts of cells, [touchpoints, mechanisms], gather round their means."""
    likelihood = _likelihood(means, _STRENGTHS[:, None, None], hits, misses)
    return float(_STRENGTHS[int(np.argmax(likelihood.sum(axis=(1, 2))))])


def _likelihood(mean: Floats, strength: Floats, hits: Floats, misses: Floats) -> Floats:
    a, b = mean * strength, (1 - mean) * strength
    return np.asarray(betaln(a + hits, b + misses) - betaln(a, b))

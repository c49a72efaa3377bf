"""The figures of a place: how many speak of it, how many of these badly, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from troth.insight.estimate import Estimate
from troth.insight.holm import holm
from troth.insight.voices.counting import Counts
from troth.insight.voices.errors import Reliability
from troth.insight.voices.places import Place
from troth.insight.voices.shape import LEAST_TEXTS, PlaceVoices
from troth.insight.voices.shares import Corrected, corrected, difference, p_value, percent, plain
from troth.insight.voices.sheltering import EVERYTHING, Told


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the figures of a place are made of.

    Attributes:
        place: Touchpoint and mechanism.
        now: Counts of the period.
        before: Of the one before; None for no comparison.
        row: The place in both.
        reliability: The reader's errors.
        seed: Of the draws.
        told: What may be told of it.
        told_before: And of the period before.
    """

    place: Place
    now: Counts
    before: Counts | None
    row: int
    reliability: Reliability
    seed: tuple[int, int]
    told: Told = EVERYTHING
    told_before: Told = EVERYTHING

    @property
    def few(self) -> bool:
        """Whether too few texts, or customers, speak of it."""
        return bool(self.now.texts[self.row] < LEAST_TEXTS) or not self.told.shown

    @property
    def earlier(self) -> Counts | None:
        """Counts of the period before, where there is enough to compare with."""
        before = self.before
        return before if before and before.read >= LEAST_TEXTS and self.told_before.shown else None

    @property
    def earlier_sides(self) -> Counts | None:
        """The same where enough speak of it to compare how."""
        before = self.earlier
        enough = before is not None and before.texts[self.row] >= LEAST_TEXTS
        return before if enough and self.told_before.sided else None


def figured(drawings: Sequence[Drawing], level: float) -> tuple[PlaceVoices, ...]:
    """The figures of all, those of few texts last; a change is clear when it stays so among all of them."""
    made = [_figures(one, level) for one in drawings]
    mentions = _clear([_p_mentions(one) for one in drawings], level)
    sides = _clear([_p_sides(one) for one in drawings], level)
    found = [
        replace(
            one,
            mentions_differ=bool(spoken and _apart(one.mentions_change)),
            bad_differs=bool(side and _apart(one.bad_change)),
        )
        for one, spoken, side in zip(made, mentions, sides, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: one.few))


def _figures(one: Drawing, level: float) -> PlaceVoices:
    touchpoint, mechanism = one.place
    nothing = PlaceVoices(touchpoint, mechanism, few=True)
    if one.few:
        return nothing
    spoken = one.now.mentioned(one.row)
    said = change = None
    if one.reliability.own:
        said = corrected(spoken, None, one.reliability.mention(one.place), (*one.seed, 10))
    bad = _badness(one)
    if one.earlier:
        change = difference(spoken, one.earlier.mentioned(one.row), (*one.seed, 20), level)
    return replace(
        nothing,
        few=False,
        texts=spoken.yes,
        bad_texts=one.now.badness(one.row).yes if one.told.sided else None,
        mentions=percent(plain(spoken, (*one.seed, 20), level)),
        mentions_change=percent(change),
        said=percent(said.share(level)) if said else None,
        bad=percent(bad.share(level)) if bad else None,
        bad_change=percent(bad.change(level)) if bad else None,
    )


def _badness(one: Drawing) -> Corrected | None:
    if not one.told.sided:
        return None
    before = one.earlier_sides.badness(one.row) if one.earlier_sides else None
    return corrected(one.now.badness(one.row), before, one.reliability.side(one.place), (*one.seed, 30))


def _p_mentions(one: Drawing) -> float | None:
    if one.few or one.earlier is None:
        return None
    return p_value(one.now.mentioned(one.row), one.earlier.mentioned(one.row))


def _p_sides(one: Drawing) -> float | None:
    if one.few or not one.told.sided or one.earlier_sides is None:
        return None
    return p_value(one.now.badness(one.row), one.earlier_sides.badness(one.row))


def _clear(p_values: Sequence[float | None], level: float) -> list[bool]:
    """Which changes are no chance, when all are judged together (Holm)."""
    asked = [place for place, p in enumerate(p_values) if p is not None]
    adjusted = holm(np.array([p_values[place] for place in asked], np.float64))
    sure = {place for place, p in zip(asked, adjusted, strict=True) if p <= 1 - level}
    return [place in sure for place in range(len(p_values))]


def _apart(change: Estimate | None) -> bool:
    return change is not None and (change.low > 0 or change.high < 0)

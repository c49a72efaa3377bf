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
from troth.ledger.said import Ints


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
        least: So many customers must be behind each figure; None where people are shown one by one.
        others: Counts of who is not in the segment that is asked for, of both periods: what is said of all
            minus what is said of the segment would be theirs.
    """

    place: Place
    now: Counts
    before: Counts | None
    row: int
    reliability: Reliability
    seed: tuple[int, int]
    least: int | None
    others: tuple[Counts | None, Counts | None] = (None, None)

    @property
    def few(self) -> bool:
        """Whether too few texts, or customers, speak of it."""
        return bool(self.now.texts[self.row] < LEAST_TEXTS) or self._told_of_few(self.now, self.others[0])

    @property
    def sided(self) -> bool:
        """Whether it may be told how many are bad: not where those, or the others, are a few customers'."""
        return self._sided(self.now, self.others[0])

    @property
    def compared(self) -> bool:
        """Whether there is enough to compare with."""
        before = self.before
        if before is None or before.read < LEAST_TEXTS:
            return False
        return not self._told_of_few(before, self.others[1])

    def sides_before(self) -> bool:
        """Whether enough speak of it in the period before to compare how."""
        before = self.before
        return (
            before is not None
            and self.compared
            and bool(before.texts[self.row] >= LEAST_TEXTS)
            and self._sided(before, self.others[1])
        )

    def _told_of_few(self, *counts: Counts | None) -> bool:
        return any(self._hidden(one.customers) for one in counts if one is not None)

    def _sided(self, *counts: Counts | None) -> bool:
        some = [one for one in counts if one is not None]
        return not any(self._hidden(side) for one in some for side in (one.bad_customers, one.good_customers))

    def _hidden(self, customers: Ints) -> bool:
        """Whether there are some, and fewer than may be shown."""
        return self.least is not None and bool(0 < customers[self.row] < self.least)


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
    if one.before is not None and one.compared:
        change = difference(spoken, one.before.mentioned(one.row), (*one.seed, 20), level)
    return replace(
        nothing,
        few=False,
        texts=spoken.yes,
        bad_texts=int(one.now.bad[one.row]) if one.sided else None,
        mentions=percent(plain(spoken, (*one.seed, 20), level)),
        mentions_change=percent(change),
        said=percent(said.share(level)) if said else None,
        bad=percent(bad.share(level)) if bad else None,
        bad_change=percent(bad.change(level)) if bad else None,
    )


def _badness(one: Drawing) -> Corrected | None:
    if not one.sided:
        return None
    before = one.before.badness(one.row) if one.before is not None and one.sides_before() else None
    return corrected(one.now.badness(one.row), before, one.reliability.side(one.place), (*one.seed, 30))


def _p_mentions(one: Drawing) -> float | None:
    if one.few or one.before is None or not one.compared:
        return None
    return p_value(one.now.mentioned(one.row), one.before.mentioned(one.row))


def _p_sides(one: Drawing) -> float | None:
    if one.few or one.before is None or not (one.sided and one.sides_before()):
        return None
    return p_value(one.now.badness(one.row), one.before.badness(one.row))


def _clear(p_values: Sequence[float | None], level: float) -> list[bool]:
    """Which changes are no chance, when all are judged together (Holm)."""
    asked = [place for place, p in enumerate(p_values) if p is not None]
    adjusted = holm(np.array([p_values[place] for place in asked], np.float64))
    sure = {place for place, p in zip(asked, adjusted, strict=True) if p <= 1 - level}
    return [place in sure for place in range(len(p_values))]


def _apart(change: Estimate | None) -> bool:
    return change is not None and (change.low > 0 or change.high < 0)

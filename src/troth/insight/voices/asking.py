"""What customers say: one question, and all that answers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.insight.days import date_of, day_of
from troth.insight.trend import COMPARED_DAYS
from troth.insight.voices.counting import Counts, by_place, together, weightiest
from troth.insight.voices.crowd import crowd
from troth.insight.voices.errors import Reliability
from troth.insight.voices.figures import Drawing, figured
from troth.insight.voices.hearing import heard, missing
from troth.insight.voices.listening import Listening, segment_texts
from troth.insight.voices.places import Place
from troth.insight.voices.quoting import quoted
from troth.insight.voices.risen_terms import risen_terms
from troth.insight.voices.shape import (
    LEAST_TEXTS,
    Heard,
    Month,
    PlaceVoices,
    Terms,
    VoiceQuote,
    Voices,
    VoicesErrors,
)
from troth.insight.voices.shares import rounded
from troth.insight.voices.sheltering import EVERYTHING, STEP, Shelter, Told
from troth.ledger import Moment
from troth.ledger.said import Flags
from troth.store import Store
from troth.vocabulary import MECHANISM_BY_ID

MONTHS = 13
MOST_PLACES = 40
"""So many places are quoted at most."""

_QUOTES = {0: 2, 1: 4, 2: 12}
"""How many quotes a place has, by how many of touchpoint and mechanism are chosen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        at: Up to when.
        since: The first day; None for so many days as the trend looks back.
        segment: `segment=value` of the customers whose texts count.
        place: The touchpoint and mechanism that are chosen.
        least_group: So many customers must speak where nobody is shown alone; None where people are shown.
        quotes: Whether texts may be quoted.
    """

    at: Moment
    since: date | None = None
    segment: str | None = None
    place: Place = (None, None)
    least_group: int | None = None
    quotes: bool = True


def voices(
    store: Store, blueprint: Blueprint, settings: Settings, listened: Listening, asked: Question
) -> Voices:
    """Figures, terms and quotes of a period.

    Args:
        store: The ledger that `listened` is of.
        blueprint: The journey as designed.
        settings: The parameters in force; the interval is theirs.
        listened: What every text speaks of.
        asked: The question; its touchpoint must be in the blueprint.
    """
    return _Answering(store, blueprint, settings, listened, asked).answer()


@dataclass(frozen=True, slots=True)
class _Period:
    """The texts of some days.

    Attributes:
        first: The first day.
        last: The last day.
        texts: Those that count, [texts].
        shelter: What may be told of them; None for everything.
    """

    first: int
    last: int
    texts: Flags
    shelter: Shelter | None

    def told(self, place: Place) -> Told:
        """What may be told of a place."""
        return EVERYTHING if self.shelter is None else self.shelter.told(place)


class _Answering:
    def __init__(
        self, store: Store, blueprint: Blueprint, settings: Settings, listened: Listening, asked: Question
    ) -> None:
        self._store, self._blueprint, self._level = store, blueprint, settings.interval
        self._listened, self._asked, self._spoken = listened, asked, listened.spoken
        self._last = asked.at.day
        first = self._last - COMPARED_DAYS + 1 if asked.since is None else day_of(asked.since)
        self._first = max(0, min(first, self._last))  # no text counts from before 1970
        least = asked.least_group
        self._crowd = None if least is None else crowd(store, self._spoken, asked.segment, least)
        self._step = 1 if least is None else STEP
        self._own = segment_texts(store, listened, asked.segment)
        self._until = self._spoken.said.at_ms <= asked.at.at_ms
        self._chosen = self._spoken.places.chosen(asked.place)
        self._remarks = weightiest(self._spoken, self._chosen)

    def answer(self) -> Voices:
        now = self._period(self._first, self._last)
        before = self._period(self._first - (self._last - self._first + 1), self._first - 1)
        why = missing(self._blueprint, self._spoken, now.texts, now.shelter)
        few = int((now.texts & self._spoken.said.read).sum()) < LEAST_TEXTS
        reliability = self._listened.reliability
        counts = by_place(self._spoken, now.texts, self._step)
        shown, hidden = self._shown(counts, now)
        errors: VoicesErrors | None = None
        whole: PlaceVoices | None = None
        places: tuple[PlaceVoices, ...] = ()
        months: tuple[Month, ...] = ()
        if reliability is not None and why != "few-customers":
            errors = self._errors(reliability) if now.texts.any() else None
            places = self._places(reliability, shown, counts, (now, before))
            if not few:
                whole = self._together(reliability, now, before)
                months = tuple(self._months(reliability))
        return Voices(
            missing=why,
            least_texts=LEAST_TEXTS,
            touchpoint=self._asked.place[0],
            mechanism=self._asked.place[1],
            heard=self._heard(now),
            before=self._heard(before),
            errors=errors,
            few=few,
            together=whole,
            places=places,
            groups_only=self._crowd is not None,
            hidden=hidden,
            months=months,
            terms=() if few or why else self._terms(now.texts, before.texts),
            quotes=self._quotes(shown, now.texts) if self._asked.quotes else None,
        )

    def _period(self, first: int, last: int) -> _Period:
        everybody = self._listened.days(first, last) & self._until
        shelter = Shelter(self._spoken, everybody, self._crowd) if self._crowd else None
        return _Period(first, last, everybody & self._own, shelter)

    def _heard(self, period: _Period) -> Heard:
        least = self._asked.least_group or 1
        return heard(self._spoken, period.texts, period.first, period.last, period.shelter, least)

    def _errors(self, reliability: Reliability) -> VoicesErrors:
        side = reliability.side()
        shares = [100 * one.mean for one in (side.sensitivity, side.specificity)]
        if self._crowd:  # else the few texts that are read wrongly could be counted
            shares = [float(rounded(round(share), STEP)) for share in shares]
        return VoicesErrors(
            reliability.texts, reliability.own, rounded(reliability.starred, self._step),
            shares[0], shares[1], self._listened.trained, self._listened.starless,
        )  # fmt: skip

    def _shown(self, counts: Counts, now: _Period) -> tuple[list[int], int]:
        """The chosen places that may be told of, by texts; and how many others are spoken of."""
        there = [int(place) for place in np.flatnonzero(self._chosen & (counts.texts > 0))]
        there.sort(key=lambda place: (-counts.texts[place], place))
        shown = [place for place in there if now.told(self._spoken.places.named(place)).shown]
        return shown, len(there) - len(shown)

    def _places(
        self, reliability: Reliability, shown: list[int], counts: Counts, periods: tuple[_Period, _Period]
    ) -> tuple[PlaceVoices, ...]:
        both = counts, by_place(self._spoken, periods[1].texts, self._step)
        return figured(
            [
                self._drawing(reliability, self._spoken.places.named(place), place, both, periods)
                for place in shown
            ],
            self._level,
        )

    def _together(self, reliability: Reliability, now: _Period, before: _Period | None) -> PlaceVoices:
        """All that is chosen, as one place, of a period and the one before, if any."""
        counts = self._all(now), self._all(before) if before else None
        drawn = self._drawing(reliability, self._asked.place, 0, counts, (now, before))
        [found] = figured([drawn], self._level)
        return found

    def _all(self, period: _Period) -> Counts:
        return together(self._spoken, period.texts, self._remarks, self._step)

    def _drawing(
        self,
        reliability: Reliability,
        place: Place,
        row: int,
        counts: tuple[Counts, Counts | None],
        periods: tuple[_Period, _Period | None],
    ) -> Drawing:
        now, before = periods
        told, told_before = now.told(place), before.told(place) if before else EVERYTHING
        return Drawing(place, *counts, row, reliability, self._seed(place), told, told_before)

    def _seed(self, place: Place) -> tuple[int, int]:
        """Of the draws: by what they are about, so that no figure depends on its neighbours."""
        touchpoint, mechanism = place
        return (
            1 + self._spoken.places.touchpoints.index(touchpoint) if touchpoint else 0,
            1 + MECHANISM_BY_ID[mechanism].no if mechanism else 0,
        )

    def _months(self, reliability: Reliability) -> Iterator[Month]:
        """A year of months and the one that has begun, from the first that has texts on."""
        last = date_of(self._last)
        first = date(last.year - 1, last.month, 1)
        begun = False
        for n in range(MONTHS):
            year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
            start, after = date(year, month + 1, 1), date(year + (month == 11), (month + 1) % 12 + 1, 1)
            end = min(after - timedelta(1), last)
            period = self._period(day_of(start), day_of(end))
            begun = begun or bool(period.texts.any())
            if begun:
                found = self._together(reliability, period, None)
                yield Month(start, end, self._heard(period).read, found.texts, found.bad)

    def _terms(self, now: Flags, before: Flags) -> tuple[Terms, ...]:
        """Of the texts that speak of what is chosen."""
        if self._asked.place != (None, None):
            chosen = np.zeros(len(now), np.bool_)
            chosen[self._spoken.text[self._remarks]] = True
            now, before = now & chosen, before & chosen
        least = self._asked.least_group
        return risen_terms(self._store, self._blueprint, self._spoken, now, before, least)

    def _quotes(self, shown: list[int], now: Flags) -> tuple[VoiceQuote, ...]:
        most = _QUOTES[sum(one is not None for one in self._asked.place)]
        return quoted(self._store, self._blueprint, self._spoken, now, shown[:MOST_PLACES], most)

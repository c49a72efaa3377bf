"""What customers say: one question, and all that answers it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.insight.days import date_of, day_of
from troth.insight.trend import COMPARED_DAYS
from troth.insight.voices.counting import Counts, by_place, together, weightiest
from troth.insight.voices.errors import Reliability
from troth.insight.voices.figures import Drawing, figured
from troth.insight.voices.listening import Listening, segment_texts
from troth.insight.voices.places import Place
from troth.insight.voices.quoting import quoted
from troth.insight.voices.risen_terms import risen_terms
from troth.insight.voices.shape import (
    LEAST_TEXTS,
    Heard,
    Missing,
    Month,
    PlaceVoices,
    Terms,
    UnreadTexts,
    VoiceQuote,
    Voices,
    VoicesErrors,
)
from troth.ledger import Moment
from troth.ledger.said import REASONS, Flags
from troth.store import Store
from troth.store.tables import comments
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


class _Answering:
    def __init__(
        self, store: Store, blueprint: Blueprint, settings: Settings, listened: Listening, asked: Question
    ) -> None:
        self._store, self._blueprint, self._level = store, blueprint, settings.interval
        self._listened, self._asked, self._spoken = listened, asked, listened.spoken
        self._last = asked.at.day
        first = self._last - COMPARED_DAYS + 1 if asked.since is None else day_of(asked.since)
        self._first = max(0, min(first, self._last))  # no text counts from before 1970
        self._earlier = self._first - (self._last - self._first + 1)
        self._own = segment_texts(store, listened, asked.segment)
        self._until = self._spoken.said.at_ms <= asked.at.at_ms
        self._read = self._spoken.said.read
        self._remarks = weightiest(self._spoken, self._spoken.places.chosen(asked.place))

    def answer(self) -> Voices:
        periods = (self._first, self._last), (self._earlier, self._first - 1)
        now, before = (self._texts(*days) for days in periods)
        others = [self._others(*days) for days in periods]
        heard, earlier = self._heard(self._first, now), self._heard(self._earlier, before)
        missing = self._missing(heard)
        few = heard.read < LEAST_TEXTS
        reliability = self._listened.reliability
        counts = by_place(self._spoken, now)
        theirs = [by_place(self._spoken, one) if one is not None else None for one in others]
        shown, hidden = self._shown(counts, theirs[0])
        places: tuple[PlaceVoices, ...] = ()
        if reliability is not None:
            places = self._places(reliability, shown, (counts, by_place(self._spoken, before)), theirs)
        return Voices(
            missing=missing,
            least_texts=LEAST_TEXTS,
            touchpoint=self._asked.place[0],
            mechanism=self._asked.place[1],
            heard=heard,
            before=earlier,
            errors=self._errors(reliability) if reliability is not None and heard.texts else None,
            few=few,
            together=None
            if few or reliability is None
            else self._together(reliability, (now, before), others),
            places=places,
            hidden=hidden,
            months=() if few or reliability is None else tuple(self._months(reliability)),
            terms=() if few else self._terms(now, before),
            quotes=self._quotes(shown, now) if self._asked.quotes else None,
        )

    def _texts(self, first: int, last: int) -> Flags:
        return self._listened.days(first, last) & self._own & self._until

    def _others(self, first: int, last: int) -> Flags | None:
        """Texts of who is not in the segment; None where nothing that is hidden follows from them."""
        if self._asked.segment is None or self._asked.least_group is None:
            return None
        return self._listened.days(first, last) & ~self._own & self._until

    def _heard(self, first: int, texts: Flags) -> Heard:
        said, read = self._spoken.said, texts & self._read
        last = self._last if first == self._first else self._first - 1
        least = self._asked.least_group or 1
        found: list[UnreadTexts] = []
        unread = np.flatnonzero(texts & ~self._read)
        pairs = said.reason[unread] * max(1, len(said.languages)) + said.language[unread]
        for pair in np.unique(pairs):
            some = unread[pairs == pair]
            reason, language = divmod(int(pair), len(said.languages))
            if len(np.unique(said.customer[some])) >= least:
                name = said.languages[language].strip("-")
                found.append(UnreadTexts(REASONS[said.reasons[reason]], name, len(some)))
        return Heard(
            date_of(first), date_of(last), int(texts.sum()), int(read.sum()),
            int(np.count_nonzero(np.bincount(self._spoken.text[read[self._spoken.text]]))),
            tuple(sorted(found, key=lambda one: (-one.texts, one.reason, one.language))),
        )  # fmt: skip

    def _missing(self, heard: Heard) -> Missing | None:
        if not any(comments(kind.columns) for kind in self._blueprint.records.values()):
            return "no-comments"
        if not any(rule.read for rule in self._blueprint.rules):
            return "no-rule"
        return "none" if not heard.texts else "not-read" if not heard.read else None

    def _errors(self, reliability: Reliability) -> VoicesErrors:
        side = reliability.side()
        return VoicesErrors(
            reliability.texts, reliability.own, reliability.starred,
            100 * side.sensitivity.mean, 100 * side.specificity.mean,
        )  # fmt: skip

    def _shown(self, counts: Counts, others: Counts | None) -> tuple[list[int], int]:
        """The places that are chosen and spoken of, by texts, and how many others are hidden.

        Also hidden is where all customers and the segment together would tell what a few `others` say.
        """
        chosen = self._spoken.places.chosen(self._asked.place)
        there = [int(place) for place in np.flatnonzero(chosen & (counts.texts > 0))]
        there.sort(key=lambda place: (-counts.texts[place], place))
        least = self._asked.least_group
        if least is None:
            return there, 0
        enough = counts.customers >= least
        if others is not None:
            enough &= (others.customers == 0) | (others.customers >= least)
        kept = [place for place in there if enough[place]]
        return kept, len(there) - len(kept)

    def _places(
        self,
        reliability: Reliability,
        shown: list[int],
        counts: tuple[Counts, Counts],
        others: Sequence[Counts | None],
    ) -> tuple[PlaceVoices, ...]:
        drawn = [
            self._drawing(reliability, self._spoken.places.named(place), counts, others, place)
            for place in shown
        ]
        return figured(drawn, self._level)

    def _together(
        self,
        reliability: Reliability,
        texts: tuple[Flags, Flags | None],
        others: Sequence[Flags | None],
    ) -> PlaceVoices:
        """All that is chosen, as one place, of a period and the one before, if any."""
        now, before = texts
        ours = together(self._spoken, now, self._remarks), self._all(before)
        theirs = [self._all(one) for one in others]
        drawn = self._drawing(reliability, self._asked.place, ours, theirs, 0)
        [found] = figured([drawn], self._level)
        return found

    def _all(self, texts: Flags | None) -> Counts | None:
        return None if texts is None else together(self._spoken, texts, self._remarks)

    def _drawing(
        self,
        reliability: Reliability,
        place: Place,
        counts: tuple[Counts, Counts | None],
        others: Sequence[Counts | None],
        row: int,
    ) -> Drawing:
        least = self._asked.least_group
        return Drawing(place, *counts, row, reliability, self._seed(place), least, (others[0], others[1]))

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
            texts = self._texts(day_of(start), day_of(end))
            begun = begun or bool(texts.any())
            if begun:
                others = self._others(day_of(start), day_of(end))
                found = self._together(reliability, (texts, None), (others, None))
                yield Month(start, end, int((texts & self._read).sum()), found.texts, found.bad)

    def _terms(self, now: Flags, before: Flags) -> tuple[Terms, ...]:
        """Of the texts that speak of what is chosen."""
        if self._asked.place != (None, None):
            chosen = np.zeros(len(now), np.bool_)
            remarks = self._spoken.places.chosen(self._asked.place)[self._spoken.place]
            chosen[self._spoken.text[remarks]] = True
            now, before = now & chosen, before & chosen
        least = self._asked.least_group or 0
        return risen_terms(self._store, self._blueprint, self._spoken, now, before, least)

    def _quotes(self, shown: list[int], now: Flags) -> tuple[VoiceQuote, ...]:
        most = _QUOTES[sum(one is not None for one in self._asked.place)]
        return quoted(self._store, self._blueprint, self._spoken, now, shown[:MOST_PLACES], most)

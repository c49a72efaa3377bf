"""How pages draw what customers say: quotes in pieces, months as a chart, the words for what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from troth.report.page import words
from troth.texts import Lazy, _, lazy

if TYPE_CHECKING:
    from troth.insight.estimate import Estimate
    from troth.insight.voices.shape import Month, PlaceVoices, VoiceQuote, Voices, VoicesErrors

UNREAD_REASONS: Mapping[str, Lazy] = {
    "empty": lazy("nothing in them"),
    "language": lazy("another language"),
    "script": lazy("another script"),
    "wordless": lazy("no words"),
}

HEIGHT, TOP, BOTTOM = 200, 10.0, 170.0
"""Of the chart of months, in pixels."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; `proof`: whether it proves what was read."""

    text: str
    proof: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in pieces."""

    quote: VoiceQuote
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """The quotes of a place; `few` where there is no more than these to show of it."""

    touchpoint: str
    mechanism: str
    few: bool
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the chart: its height in pixels and what it stands for."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A month in the chart: where in percent of the width, heights in pixels; None where nothing is known.

    `rank`: labels that are `minor` give way where the page is narrow.
    """

    x: float
    label: str
    rank: str
    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The share of bad texts month by month."""

    levels: tuple[Level, ...]
    columns: tuple[Column, ...]


def drawn(voices: Voices) -> dict[str, Any]:
    """What `voices-parts.html` names."""
    return {
        "voiced": voices,
        "chart": chart(voices.months),
        "quoted_places": quoted_places(voices),
        "with_figures": [one for one in voices.places if not one.few],
        "unread_reasons": UNREAD_REASONS,
        "errors_told": errors_told(voices.errors) if voices.errors else "",
        "mentions_changed": mentions_changed,
        "bad_changed": bad_changed,
        "rounded": rounded,
        "rounded_interval": rounded_interval,
        "language_name": language_name,
    }


def errors_told(errors: VoicesErrors) -> str:
    """On what the corrections rest, in some sentences."""
    return " ".join([_sides_told(errors), *_doubts(errors), *_mentions_told(errors)])


def _sides_told(errors: VoicesErrors) -> str:
    figures = {
        "bad": words.number(errors.sensitivity),
        "good": words.number(errors.specificity),
        "n": words.number(errors.starred or errors.labelled),
    }
    if errors.starred:
        return (
            _(
                "The shares of bad texts are corrected for the reader’s errors: of your own texts with stars "
                "(%(n)s) it takes %(bad)s of 100 bad ones for bad, and %(good)s of 100 good ones for good."
            )
            % figures
        )
    return (
        _(
            "The shares of bad texts are corrected for the reader’s errors: of texts that people labelled "
            "(%(n)s) it takes about %(bad)s of 100 bad ones for bad, and %(good)s of 100 good ones for good."
        )
        % figures
    )


def _doubts(errors: VoicesErrors) -> Iterator[str]:
    """What the errors do not tell."""
    if errors.trained and errors.starred:
        yield _("The trained model may have learnt from these very texts; on others it may err more often.")
    elif errors.trained:
        yield _("These are errors of the word lists alone; a trained model reads here, and errs otherwise.")
    if errors.starred and errors.starless:
        kinds = {"kinds": ", ".join(errors.starless)}
        yield _("Texts without stars (%(kinds)s) are corrected as those that have some.") % kinds


def _mentions_told(errors: VoicesErrors) -> Iterator[str]:
    """Whether it is corrected how often something is spoken of."""
    if errors.own:
        told = _("Your own labels of texts drawn at random (%(n)s) are part of what corrections rest on.")
        yield told % {"n": words.number(errors.own)}
        return
    yield _("How many texts speak of something is as the reader found it; it misses some.")
    if not errors.trained:
        yield _("From 30 labels of your own on, of texts drawn at random, this is corrected, too.")


def mentions_changed(one: PlaceVoices) -> str:
    """Whether more or fewer speak of it than before."""
    if one.mentions_change is None:
        return _("not enough texts before")
    if not one.mentions_differ:
        return _("no clear change")
    return _("more often") if one.mentions_change.value > 0 else _("less often")


def bad_changed(one: PlaceVoices) -> str:
    """Whether more or fewer of them are bad."""
    if one.bad_change is None:
        return _("not enough texts before")
    if not one.bad_differs:
        return _("no clear change")
    return _("worse") if one.bad_change.value > 0 else _("better")


def rounded(share: Estimate) -> str:
    """A share of 100: whole from 10 on and where its interval is wide."""
    return words.number(share.value, _digits(share))


def rounded_interval(share: Estimate, *, signed: bool = False) -> str:
    """Its limits; with signs of a difference."""
    write = words.signed if signed else words.number
    places = _digits(share)
    return _("%(low)s to %(high)s") % {"low": write(share.low, places), "high": write(share.high, places)}


def _digits(share: Estimate) -> int:
    return 1 if share.high - share.low < 3 else 0


def language_name(code: str) -> str:
    """The name of a language in the language in force; its code where there is none."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    from troth import texts

    try:
        return Locale(code).get_display_name(texts.language()) or code
    except (UnknownLocaleError, ValueError):
        return code


def quoted_places(voices: Voices) -> list[QuotedPlace]:
    """The quotes by place, in the order in which they come."""
    few = {(one.touchpoint, one.mechanism) for one in voices.places if one.few}
    found = []
    for (touchpoint, mechanism), some in groupby(
        voices.quotes or (), lambda one: (one.touchpoint, one.mechanism)
    ):
        quotes = tuple(Quoted(one, pieces(one.text, one.marks)) for one in some)
        found.append(QuotedPlace(touchpoint, mechanism, (touchpoint, mechanism) in few, quotes))
    return sorted(found, key=lambda one: one.few)


def pieces(text: str, marks: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """`text` in pieces, what lies between two marks and is blank marked with them.

    >>> [piece.text for piece in pieces("kwam veel te laat.", [(10, 12), (13, 17)])]
    ['kwam veel ', 'te laat', '.']
    """
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(marks):
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    found, place = [], 0
    for begin, end in joined:
        found += [Piece(text[place:begin], proof=False), Piece(text[begin:end], proof=True)]
        place = end
    return tuple(piece for piece in [*found, Piece(text[place:], proof=False)] if piece.text)


def chart(months: Sequence[Month]) -> Chart | None:
    """The months as columns; None where fewer than two are known."""
    known = [month.bad for month in months if month.bad]
    if len(known) < 2:
        return None
    top = min(100.0, max(10.0, -(-max(one.high for one in known) // 10) * 10))
    step = 10 if top <= 40 else 20 if top <= 80 else 25
    levels = [Level(_y(level, top), words.number(level)) for level in range(0, int(top) + 1, step)]
    columns = [
        Column(
            100 * (place + 0.5) / len(months),
            _month(month),
            "major" if (len(months) - 1 - place) % 3 == 0 else "minor",
            None if month.bad is None else _y(month.bad.value, top),
            0.0 if month.bad is None else _y(month.bad.low, top),
            0.0 if month.bad is None else _y(month.bad.high, top),
        )
        for place, month in enumerate(months)
    ]
    return Chart(tuple(levels), tuple(columns))


def _y(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _month(month: Month) -> str:
    from babel.dates import format_skeleton

    from troth import texts

    return format_skeleton("yyMMM", month.first_day, locale=texts.language())

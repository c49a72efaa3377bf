"""Which texts are quoted: of each place the newest of which the reader is sure, good and bad ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from troth.blueprint.schema import Blueprint
from troth.insight.days import time_of
from troth.insight.voices.places import Spoken
from troth.insight.voices.shape import VoiceQuote
from troth.ledger.answers import Quote
from troth.ledger.quotes import Wanted, quotes
from troth.ledger.said import Flags, Ints
from troth.store import Store

SURE = 300
"""From these thousandths on the reader is sure enough; what it is less sure of comes last."""

_SPARE = 3
"""So many times as many are looked at as are wanted: some say the same, or have no words to show."""


def quoted(
    store: Store, blueprint: Blueprint, spoken: Spoken, texts: Flags, where: Sequence[int], most: int
) -> tuple[VoiceQuote, ...]:
    """Quotes of the places `where`, in their order, of `texts`, [texts]; at most so many, newest first."""
    picked = {place: list(_picked(spoken, texts, place, most)) for place in where}
    remarks = [remark for some in picked.values() for remark in some]
    texts_of = spoken.text[remarks] if remarks else np.zeros(0, np.int64)
    keys = dict(zip(texts_of.tolist(), spoken.said.keys.take(texts_of).to_pylist(), strict=True))
    names = _customers(store, spoken.said.customer[texts_of])
    wanted = {remark: _wanted(spoken, remark, keys) for remark in remarks}
    found = quotes(store, blueprint, wanted.values())
    made: list[VoiceQuote] = []
    for some in picked.values():
        here: dict[str, VoiceQuote] = {}  # by its text: none stands there twice
        for remark in some:
            quote = found.get(wanted[remark])
            if quote is not None and quote.text and len(here) < most:
                here.setdefault(quote.text, _told(spoken, remark, wanted[remark], quote, names))
        made += sorted(here.values(), key=lambda one: one.at, reverse=True)
    return tuple(made)


def _told(spoken: Spoken, remark: int, wanted: Wanted, quote: Quote, names: Mapping[int, str]) -> VoiceQuote:
    said, text = spoken.said, int(spoken.text[remark])
    return VoiceQuote(
        wanted.touchpoint, wanted.mechanism, wanted.bad, time_of(int(said.at_ms[text])),
        said.languages[said.language[text]], quote.text, quote.marks, quote.contradicts, wanted.source,
        wanted.record, names.get(int(said.customer[text])),
    )  # fmt: skip


def _picked(spoken: Spoken, texts: Flags, place: int, most: int) -> Iterator[int]:
    """Remarks, the surest and newest first; of both sides where there are both, as often as they come."""
    here = np.flatnonzero(texts[spoken.text] & (spoken.place == place))
    bad = spoken.bad[here]
    few = round(most * min(bad.sum(), (~bad).sum()) / max(1, len(here)))
    few = max(1, few) if 0 < bad.sum() < len(here) else 0
    rare_is_bad = bool(bad.sum() * 2 < len(here))
    rare, common = (here[bad == rare_is_bad], here[bad != rare_is_bad])
    rare, common = (_ranked(spoken, one, _SPARE * most) for one in (rare, common))
    yield from _in_turn(common.tolist(), rare.tolist(), max(1, most // few) if few else 0)


def _ranked(spoken: Spoken, remarks: Ints, most: int) -> Ints:
    """At most so many of the remarks: the sure ones first, the newest of them first."""
    said = spoken.said
    sure = said.sure[spoken.text[remarks]] >= SURE
    ranked = [_newest(spoken, some, most) for some in (remarks[sure], remarks[~sure])]
    return np.concatenate(ranked)[:most]


def _newest(spoken: Spoken, remarks: Ints, most: int) -> Ints:
    at_ms = spoken.said.at_ms[spoken.text[remarks]]
    if len(remarks) > most:  # sort only these and what is as new as the last of them
        new = at_ms >= np.partition(at_ms, len(at_ms) - most)[len(at_ms) - most]
        remarks, at_ms = remarks[new], at_ms[new]
    return remarks[np.lexsort((spoken.said.mixed[spoken.text[remarks]], -at_ms))][:most]


def _in_turn(common: list[int], rare: list[int], every: int) -> Iterator[int]:
    """The common ones, and after so many of them a rare one."""
    if not every:
        yield from common or rare
        return
    others = iter(rare)
    for number, one in enumerate(common, 1):
        yield one
        if number % max(1, every - 1) == 0:
            yield from (other for other in [next(others, None)] if other is not None)
    yield from others


def _wanted(spoken: Spoken, remark: int, keys: dict[int, str]) -> Wanted:
    text = int(spoken.text[remark])
    touchpoint, mechanism = spoken.places.named(spoken.place[remark])
    return Wanted(
        spoken.said.rules[spoken.said.rule[text]],
        keys[text],
        touchpoint,
        mechanism,
        bool(spoken.bad[remark]),
    )


def _customers(store: Store, numbers: Iterable[int]) -> dict[int, str]:
    rows = store.connection.execute(
        "SELECT customer_no, customer FROM customer WHERE customer_no IN (SELECT unnest(?::INTEGER[]))",
        [sorted({int(number) for number in numbers})],
    ).fetchall()
    return dict(rows)

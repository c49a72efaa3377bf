"""The words behind an experience that came from reading: the proving sentence, masked as it is kept.

Quotes are not kept; the text is read again when somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.blueprint.schema import Blueprint, Rule
from troth.intake.comments import Lector, lector
from troth.ledger.answers import Quote
from troth.ledger.reading_rules import stars, touchpoints_of
from troth.store import Store
from troth.store.tables import HASH, hashed, quoted, record_columns, record_table

if TYPE_CHECKING:
    from troth.reading import Reading, Span, Statement

MOST_CHARACTERS = 240
"""Of a quote; what is longer is cut around the words that prove."""

_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An experience whose words are wanted: by which rule and record, where, what, and whether it was bad."""

    source: str
    record: str
    touchpoint: str
    mechanism: str
    bad: bool


def quotes(store: Store, blueprint: Blueprint, wanted: Iterable[Wanted]) -> dict[Wanted, Quote]:
    """The words behind each experience, of those that came from reading a text that is there."""
    reader = lector(store, blueprint)
    found: dict[Wanted, Quote] = {}
    if reader is None:
        return found
    rules = {rule.id: rule for rule in blueprint.rules if rule.read}
    by_rule: dict[str, list[Wanted]] = {}
    for one in wanted:
        if one.source in rules:
            by_rule.setdefault(one.source, []).append(one)
    for source, several in by_rule.items():
        readings = _readings(store, rules[source], reader, {one.record for one in several})
        for one in several:
            if reading := readings.get(one.record):
                found[one] = quote(reading, rules[source], blueprint, one)
    return found


def quote(reading: Reading, rule: Rule, blueprint: Blueprint, of: Wanted) -> Quote:
    """The sentence of `reading` that tells of the experience; empty where only the stars did."""
    places = touchpoints_of(rule, blueprint)
    spans = [
        span
        for statement in reading.statements
        if _tells(statement, places.get(statement.seen_topic, rule.touchpoint), rule, of)
        for span in statement.spans
    ]
    text, marks = _sentence(reading.text, sorted(spans))
    return Quote(text, marks, reading.contradicts)


def _tells(statement: Statement, touchpoint: str, rule: Rule, of: Wanted) -> bool:
    mechanisms = {statement.seen_mechanism} if statement.seen_mechanism else set(rule.mechanism)
    return touchpoint == of.touchpoint and of.mechanism in mechanisms and (statement.valence < 0) == of.bad


def _readings(store: Store, rule: Rule, reader: Lector, records: Iterable[str]) -> Mapping[str, Reading]:
    from troth.reading.fusing import fused

    if rule.read not in record_columns(store.connection, rule.source):
        return {}
    rows = store.connection.execute(
        f"""
        SELECT _key, {quoted(rule.read)}, {stars(rule)} FROM {record_table(rule.source)} AS record
        WHERE {HASH} IN (SELECT {hashed("k")} FROM (SELECT unnest($keys::VARCHAR[]) AS k))
            AND _key IN (SELECT unnest($keys::VARCHAR[])) AND {quoted(rule.read)} IS NOT NULL""",
        {"keys": sorted(records)},
    ).fetchall()
    found = {}
    for key, text, given in rows:
        reading = reader.reader.read(text)
        found[str(key)] = reading if given is None else fused(reading, given / 1000)
    return found


def _sentence(text: str, spans: list[Span]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The sentences from the first to the last of `spans`, shortened, and where these lie in them."""
    if not spans:
        return "", ()
    ends = [match.end() for match in _END.finditer(text)]
    begin = max((end for end in ends if end <= spans[0].begin), default=0)
    end = min((end for end in ends if end >= spans[-1].end), default=len(text))
    before = after = ""
    if end - begin > MOST_CHARACTERS:
        first = spans[0].begin
        if first - MOST_CHARACTERS // 3 > begin:
            begin, before = _between(text, first - MOST_CHARACTERS // 3, first), "…"
        if begin + MOST_CHARACTERS < end:
            end, after = text.rfind(" ", spans[0].end, begin + MOST_CHARACTERS), "…"
            end = end if end > 0 else begin + MOST_CHARACTERS
    while begin < end and text[begin].isspace():
        begin += 1
    marks = tuple(
        (span.begin - begin + len(before), min(span.end, end) - begin + len(before))
        for span in spans
        if span.begin < end
    )
    return f"{before}{text[begin:end].rstrip()}{after}", marks


def _between(text: str, least: int, most: int) -> int:
    """Where the first word begins that begins between two places; `least` where none does."""
    blank = text.find(" ", least, most)
    return blank + 1 if blank >= 0 else least

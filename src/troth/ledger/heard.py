"""How many comments there are, how many were read, and how many contradict their stars."""

from collections.abc import Iterator
from dataclasses import dataclass

from troth.blueprint.schema import Blueprint
from troth.ledger.reading_rules import stars
from troth.store import Store
from troth.store.tables import comments, quoted, reading_column, record_columns, record_table

CONTRADICTING, SURE = 350, 300
"""From these thousandths on, valence and confidence contradict stars (`troth.reading.fusing`)."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Texts that were not read: the reason (`empty`, `language`, `script`, `wordless`), and the language."""

    reason: str
    language: str
    texts: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The comments of one column.

    Attributes:
        kind: The record kind.
        column: The column.
        texts: Records that have a text.
        read: Those whose text was read.
        telling: Those that say something good or bad.
        contradicting: Those whose stars and words say the opposite of each other.
        unread: The others, by reason and language, most first.
    """

    kind: str
    column: str
    texts: int
    read: int
    telling: int
    contradicting: int
    unread: tuple[Unread, ...]


def heard(store: Store, blueprint: Blueprint) -> tuple[Heard, ...]:
    """The comments of every column that has any."""
    return tuple(_heard(store, blueprint))


def _heard(store: Store, blueprint: Blueprint) -> Iterator[Heard]:
    ask = store.connection.execute
    for kind, declared in blueprint.records.items():
        there = record_columns(store.connection, kind)
        for column in comments(declared.columns):
            reading = reading_column(column)
            if reading not in there:
                continue
            rows = ask(f"""
                SELECT substr({quoted(reading)}, 4, 1), replace(substr({quoted(reading)}, 2, 2), '--', ''),
                    count(*), count(*) FILTER (substr({quoted(reading)}, 16, 1) <> '0')
                FROM {record_table(kind)} WHERE {quoted(reading)} IS NOT NULL
                GROUP BY ALL ORDER BY 3 DESC, 1, 2""").fetchall()
            if rows:
                yield Heard(
                    kind,
                    column,
                    texts=sum(n for _why, _language, n, _telling in rows),
                    read=sum(n for why, _language, n, _telling in rows if why == "."),
                    telling=sum(telling for *_rest, telling in rows),
                    contradicting=_contradicting(store, blueprint, kind, column),
                    unread=tuple(
                        Unread(_REASONS[why], language, n)
                        for why, language, n, _telling in rows
                        if why != "."
                    ),
                )


_REASONS = {"e": "empty", "l": "language", "s": "script", "w": "wordless"}


def _contradicting(store: Store, blueprint: Blueprint, kind: str, column: str) -> int:
    """Of the first rule that reads the column together with stars; 0 where there is none."""
    there = record_columns(store.connection, kind)
    for rule in blueprint.rules:
        if rule.source == kind and rule.read == column and rule.rating and rule.rating.column in there:
            reading = f"record.{quoted(reading_column(column))}"
            [(n,)] = store.connection.execute(f"""
                SELECT count(*) FROM (
                    SELECT {stars(rule)} AS stars, CAST(substr({reading}, 6, 5) AS INTEGER) AS words,
                        CAST(substr({reading}, 11, 4) AS INTEGER) AS sure
                    FROM {record_table(kind)} AS record WHERE {reading} IS NOT NULL)
                WHERE stars * words < 0 AND least(abs(stars), abs(words)) >= {CONTRADICTING}
                    AND sure >= {SURE}""").fetchall()
            return int(n)
    return 0

"""What customers wrote, as it rests: texts of the records, masked, with the stars that came with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from troth.blueprint.schema import Blueprint, Rule
from troth.store import Store
from troth.store.tables import comments, quoted, record_columns, record_table

MOST_TEXTS = 20_000
"""Texts of one column; of more, a sample that is always the same. Equal texts are one, with mean stars."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text of a record: its masked words, the stars that came with it (−1 to 1), and where it is from."""

    text: str
    stars: float | None
    group: str


def given(store: Store, blueprint: Blueprint) -> Iterator[Given]:
    """The comments of the records: first those that a rule reads, with its rating."""
    read: set[tuple[str, str]] = set()
    for rule in blueprint.rules:
        if rule.read is not None:
            read.add((rule.source, rule.read))
            yield from _texts(store, rule.source, rule.read, rule.touchpoint, rule)
    for name, kind in blueprint.records.items():
        for column in comments(kind.columns):
            if (name, column) not in read:
                yield from _texts(store, name, column, name, None)


def _texts(store: Store, kind: str, column: str, group: str, rule: Rule | None) -> Iterator[Given]:
    there = record_columns(store.connection, kind)
    if column not in there:
        return
    rating = rule.rating if rule is not None and rule.rating is not None else None
    stars = "CAST(NULL AS DOUBLE)"
    if rating is not None and rating.column in there:
        low, high = sorted((rating.worst, rating.best))
        number = f"CAST({quoted(rating.column)} AS DOUBLE)"
        step = f"2 * ({number} - {rating.worst!r}) / {rating.best - rating.worst!r} - 1"
        stars = f"CASE WHEN {number} BETWEEN {low!r} AND {high!r} THEN {step} END"
    name = quoted(column)
    rows = store.connection.execute(
        f"SELECT {name} AS text, avg({stars}) FROM {record_table(kind)} WHERE {name} IS NOT NULL"
        f" GROUP BY 1 ORDER BY hash({name}), 1 LIMIT {MOST_TEXTS}"
    ).fetchall()
    for text, value in rows:
        yield Given(text, value, group)


def text_of(store: Store, blueprint: Blueprint) -> Callable[[str], str | None]:
    """Finds the comment of a record by its key."""

    def find(key: str) -> str | None:
        for name, kind in blueprint.records.items():
            for column in comments(kind.columns):
                if column in record_columns(store.connection, name):
                    row = store.connection.execute(
                        f"SELECT {quoted(column)} FROM {record_table(name)} WHERE _key = ?",
                        [key],
                    ).fetchone()
                    if row is not None and row[0] is not None:
                        return str(row[0])
        return None

    return find

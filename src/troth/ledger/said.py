"""What comments say, as short codes: who wrote when, whether it was read, and what each statement is about.

Taken from the stored readings by substring (`troth.reading.encoding`), in portable SQL; no text is read
again, and none leaves the store.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Rule
from troth.ledger.refresh import relations
from troth.ledger.saying import SAID, draft_said
from troth.ledger.sql import render
from troth.store import Store
from troth.store.tables import hashed, reading_column, record_columns

READ = "."
"""Why a text was not read (one letter), where it was."""

REASONS = {"e": "empty", "l": "language", "s": "script", "w": "wordless"}

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Said:
    """All texts that rules read, a row each, and their statements.

    Attributes:
        rules: Ids of the rules that read.
        rule: By which of them a text is read, [texts].
        at_ms: When it was written, [texts].
        customer: The number of the customer who wrote it, [texts].
        languages: Two letters, `--` where it could not be told.
        language: Which of them, [texts].
        read: Whether it was read, [texts].
        reasons: Why texts were not read, by letter (`REASONS`), and `.` for those that were.
        reason: Which of them, [texts].
        sure: How sure the reader is of its verdict, in thousandths, [texts].
        mixed: A number by the record's key in which there is no order, for samples, [texts].
        stars: What was given with it, −1000 (the worst) to 1000; 0 where nothing was, [texts].
        keys: The record's key, [texts].
        codes: The codes of statements: mechanism, topic and sign, as in the reading.
        text: Whose statement, [statements].
        code: Which of the codes, [statements].
    """

    rules: tuple[str, ...]
    rule: Ints
    at_ms: Ints
    customer: Ints
    languages: tuple[str, ...]
    language: Ints
    read: Flags
    reasons: tuple[str, ...]
    reason: Ints
    sure: Ints
    mixed: Ints
    stars: Ints
    keys: pa.ChunkedArray
    codes: tuple[str, ...]
    text: Ints
    code: Ints


def said(store: Store, blueprint: Blueprint, settings: Settings) -> Said:
    """What every comment says that a rule reads; of records without a customer or a time nothing."""
    found = [(rule, _rows(store, blueprint, settings, rule)) for rule in reading_rules(store, blueprint)]
    names = tuple(rule.id for rule, _rows in found)
    if not found:
        return _put(names, _EMPTY.append_column("rule", pa.array([], pa.int32())))
    tables = [
        rows.append_column("rule", pa.array(np.full(rows.num_rows, number, np.int32)))
        for number, (_rule, rows) in enumerate(found)
    ]
    return _put(names, pa.concat_tables(tables))


def reading_rules(store: Store, blueprint: Blueprint) -> Iterator[Rule]:
    """The rules that read a comment of which there are readings."""
    for rule in blueprint.rules:
        if rule.read and reading_column(rule.read) in record_columns(store.connection, rule.source):
            yield rule


_EMPTY = pa.schema(
    [
        ("customer_no", pa.int32()),
        ("at_ms", pa.int64()),
        ("sure", pa.int32()),
        ("stars", pa.int64()),
        ("mixed", pa.int64()),
        ("record", pa.string()),
        ("language", pa.string()),
        ("why", pa.string()),
        *((name, pa.string()) for name in SAID),
    ]
).empty_table()


def _rows(store: Store, blueprint: Blueprint, settings: Settings, rule: Rule) -> pa.Table:
    draft = draft_said(rule, blueprint, settings, relations(store, blueprint))
    drafted = render(draft.text, checked=draft.checked)
    rows = store.connection.sql(f"""
        SELECT customer_no, at_ms, sure, stars, {hashed("record")} AS mixed, record, language, why,
            {", ".join(SAID)}
        FROM ({drafted}) AS t JOIN customer USING (customer)""").to_arrow_table()
    return rows.cast(_EMPTY.schema)


def _put(names: tuple[str, ...], rows: pa.Table) -> Said:
    languages, language = _numbered(rows["language"])
    reasons, reason = _numbered(rows["why"])
    codes: dict[str, int] = {}
    texts, found = [], []
    for slot in SAID:
        there = np.flatnonzero(rows[slot].is_valid().to_numpy())
        if not len(there):
            break
        own, number = _numbered(rows[slot].drop_null())
        common = np.array([codes.setdefault(code, len(codes)) for code in own], np.int64)
        texts.append(there)
        found.append(common[number])
    nothing = np.zeros(0, np.int64)
    return Said(
        rules=names,
        rule=_whole(rows["rule"]),
        at_ms=_whole(rows["at_ms"]),
        customer=_whole(rows["customer_no"]),
        languages=languages,
        language=language,
        read=np.array([one == READ for one in reasons], np.bool_)[reason] if reasons else reason > 0,
        reasons=reasons,
        reason=reason,
        sure=_whole(rows["sure"]),
        mixed=_whole(rows["mixed"]),
        stars=_whole(pc.fill_null(rows["stars"], 0)),
        keys=rows["record"],
        codes=tuple(codes),
        text=np.concatenate([nothing, *texts]),
        code=np.concatenate([nothing, *found]),
    )


def _whole(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.cast(pa.int64()).to_numpy(), np.int64)


def _numbered(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Ints]:
    """The different values, and which of them each one is."""
    coded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = (
            pa.concat_arrays(coded.chunks)
            if coded.num_chunks
            else pa.array([], pa.string()).dictionary_encode()
        )
    return tuple(coded.dictionary.to_pylist()), np.asarray(coded.indices.to_numpy(), np.int64)

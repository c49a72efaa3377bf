"""Keeps erased people out: rows that the erasure list knows are counted and not stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from troth.blueprint.schema import RecordKind
from troth.intake.keys import key
from troth.intake.personal import by_link, own_ids
from troth.intake.persons import PARTED
from troth.intake.sql import literal
from troth.intake.staging import STAGED
from troth.store.erasures import PERSON, ErasureList, digest_sql, record_scope
from troth.store.tables import quoted

_VALUES, _TAKEN = "temp.erased_value", "temp.erased_row"


@dataclass(frozen=True, slots=True)
class Sifted:
    """How many rows were taken out, and digests of their keys by the erasure's number.

    Other records may lead to a person by those keys, so they belong on the list (`note_keys`).
    """

    taken: int = 0
    keys: Mapping[int, Collection[str]] = field(default_factory=dict)


def note_keys(erased: ErasureList | None, sifted: Sifted) -> ErasureList | None:
    """The list with the keys beside, kept in its file."""
    if erased:
        for number, digests in sifted.keys.items():
            erased = erased.with_more(number, digests, erased.made_ms[number])
    return erased


def sift_staged(
    connection: duckdb.DuckDBPyConnection, name: str, kind: RecordKind, erased: ErasureList | None
) -> Sifted:
    """Take the rows of erased people out of the staging table.

    Of a row that could not be read its columns are looked at as far as they could be; of one that could not
    be taken apart, everything between two signs that part fields.
    """
    if not erased or not erased.numbers:
        return Sifted()
    pieces = f"unnest(regexp_split_to_array(json_extract_string(_raw, '$._line'), {literal(PARTED)}))"
    torn = f"SELECT rowid AS n, trim({pieces}) AS value FROM {STAGED} WHERE starts_with(_raw, '{{\"_line\"')"
    _take(connection, kind, erased, STAGED, "rowid", kind.columns, torn)
    connection.execute(f"DELETE FROM {STAGED} WHERE rowid IN (SELECT n FROM {_TAKEN})")
    return _result(connection, name, erased)


def sift(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    kind: RecordKind,
    rows: pa.Table,
    erased: ErasureList | None,
) -> tuple[pa.Table, Sifted]:
    """`rows`, typed records of a kind, without those of erased people, in their order."""
    if erased is None or not erased.numbers or not rows.num_rows:
        return rows, Sifted()
    places = pa.array(range(rows.num_rows), pa.int64())
    connection.register("sifted_rows", rows.append_column("_place", places))
    try:
        _take(connection, kind, erased, "sifted_rows", "_place", rows.column_names)
        kept = connection.sql(
            f"SELECT _place FROM sifted_rows WHERE _place NOT IN (SELECT n FROM {_TAKEN}) ORDER BY 1"
        ).to_arrow_table()
        left = kept["_place"].combine_chunks()
    finally:
        connection.unregister("sifted_rows")
    sifted = _result(connection, name, erased)
    return (rows.take(left) if sifted.taken else rows), sifted


def _take(
    connection: duckdb.DuckDBPyConnection,
    kind: RecordKind,
    erased: ErasureList,
    relation: str,
    number: str,
    there: Collection[str],
    torn: str | None = None,
) -> None:
    """Fill the table of the rows to be taken out: number, the digest that tells, the record's key."""
    columns = [(PERSON, column) for column in own_ids(kind) if column in there]
    if (link := by_link(kind)) and link.by in there:
        columns.append((record_scope(link.to), link.by))
    listed = {**erased.parameters(), "listed": list(erased.numbers)}
    texts = [f"SELECT DISTINCT CAST({quoted(c)} AS VARCHAR) AS value, {literal(s)} AS scope FROM {relation}"
             for s, c in columns]  # fmt: skip
    texts += [f"SELECT DISTINCT value, {literal(PERSON)} FROM ({torn})"] if torn else []
    scopes = dict.fromkeys([scope for scope, _column in columns] + ([PERSON] if torn else []))
    cases = " ".join(f"WHEN {literal(scope)} THEN {digest_sql(scope, 'value')}" for scope in scopes)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE erased_value AS SELECT * FROM (SELECT DISTINCT value, scope,"
        f" CASE scope {cases} END AS digest FROM ({' UNION ALL '.join(texts)}))"
        " WHERE digest IN (SELECT unnest($listed))",
        listed,
    )
    text = key(kind, "r.") if set(kind.key) <= set(there) else "NULL::VARCHAR"
    found = [
        f"SELECT r.{number} AS n, v.digest, {text} AS key FROM {relation} AS r JOIN {_VALUES} AS v"
        f" ON v.scope = {literal(scope)} AND v.value = CAST(r.{quoted(column)} AS VARCHAR)"
        for scope, column in columns
    ]
    found += [f"SELECT n, digest, NULL FROM ({torn}) JOIN {_VALUES} USING (value)"] if torn else []
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE erased_row AS SELECT n, min(digest) AS digest, any_value(key) AS key"
        f" FROM ({' UNION ALL '.join(found)}) GROUP BY n"
    )


def _result(connection: duckdb.DuckDBPyConnection, name: str, erased: ErasureList) -> Sifted:
    rows = connection.execute(f"SELECT key, digest FROM {_TAKEN}").fetchall()
    connection.execute(f"DROP TABLE {_TAKEN}; DROP TABLE {_VALUES}")
    keys: dict[int, set[str]] = {}
    for text, digest in rows:
        if text is not None and (found := erased.digest(record_scope(name), text)) not in erased.numbers:
            keys.setdefault(erased.numbers[digest], set()).add(found)
    return Sifted(len(rows), keys)

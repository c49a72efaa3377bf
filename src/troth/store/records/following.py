"""Lets the copy follow the ledger: what was written since, and what is no longer there.

Rows of a kind are written in the order of (import, row), so what is new is what lies beyond the newest row
that the copy has. Once that is copied, the copy has every record of the ledger, and perhaps more: when it
counts more, those without a counterpart are removed. Nobody who deletes records has to tell which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from troth.store import tables
from troth.store.database import Store
from troth.store.office.opening import Office
from troth.store.office.tables import record, record_import
from troth.store.records.state import Copy, Shape, Standing, check, name_of, read, settings_of, write
from troth.store.tables import quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ROWS = 50_000
_BEGINNING, _COPYS_BEGINNING = "left(sha256(_key), 4)", "encode(substr(digest, 1, 2), 'hex')"
"""SQL of both sides: the first two bytes of a key's digest, in hexadecimal."""


def follow(office: Office, store: Store) -> None:
    """Bring the copy to where the ledger is, in one transaction; whoever writes to the ledger must wait.

    Raises:
        TrothError: `ledger-foreign`, `ledger-behind`, `office-unreachable`, `store-full`.
    """
    if not office.is_postgresql:
        return
    with office.transaction() as connection:
        copy = read(connection) or Copy(name_of(store), {}, {})
        check(store, copy, office.place)
        there = tables.record_kinds(store.connection)
        for kind in copy.kinds.keys() - set(there):
            connection.execute(record.delete().where(record.c.kind == kind))
        kinds = {kind: _followed(connection, store, kind, copy.kinds.get(kind)) for kind in there}
        settings = settings_of(store)
        if kinds != copy.kinds or settings != copy.settings:
            _follow_imports(connection, store)
            write(connection, Copy(copy.ledger, settings, kinds))


def _followed(connection: Connection, store: Store, kind: str, before: Standing | None) -> Standing:
    shape = Shape.of(store, kind)
    standing = before if before and before.shape == shape.text() else Standing(n=before.n if before else 0)
    standing = _copied(connection, store, kind, shape, standing)
    there = _count(store, kind)
    if standing.n != there:
        n = _without_others(connection, store, kind, there)
        standing = Standing(standing.shape, standing.import_no, standing.row_no, n)
    if standing.n != there:  # somebody has deleted from the copy
        standing = _copied(connection, store, kind, shape, Standing(n=standing.n))
    return standing


def _copied(connection: Connection, store: Store, kind: str, shape: Shape, standing: Standing) -> Standing:
    """Copy the rows beyond where the kind's part stands."""
    import_no, row_no = standing.import_no, standing.row_no
    beyond = f"_import >= {import_no} AND (_import > {import_no} OR _row > {row_no})"
    [(rows, newest)] = store.connection.execute(
        f"SELECT count(*), max((_import, _row)) FROM {tables.record_table(kind)} WHERE {beyond}"
    ).fetchall()
    if not rows:
        return Standing(shape.text(), import_no, row_no, standing.n)
    target = record.name
    if standing.n:
        target = "record_coming"
        connection.exec_driver_sql(
            f"CREATE TEMP TABLE {target} (LIKE {record.name} INCLUDING DEFAULTS) ON COMMIT DROP"
        )
    lines = (
        f"SELECT {_copy_text(kind)} || chr(9) || {_digest()} || chr(9) || _import || chr(9) || _row"
        f" || chr(9) || {_escaped(_body(shape))} || chr(10) AS line"
        f" FROM {tables.record_table(kind)} WHERE {beyond}"
    )
    _copy_in(connection, f"{target} (kind, digest, import_no, row_no, body)", _blocks(store, lines))
    added = rows
    if standing.n:
        [(added,)] = connection.exec_driver_sql(f"""
            WITH written AS (
                INSERT INTO {record.name} SELECT * FROM {target}
                ON CONFLICT (kind, digest) DO UPDATE
                SET import_no = excluded.import_no, row_no = excluded.row_no, body = excluded.body
                RETURNING xmax = 0 AS is_new)
            SELECT count(*) FILTER (WHERE is_new) FROM written""")
        connection.exec_driver_sql(f"DROP TABLE {target}")
    import_no, row_no = newest
    return Standing(shape.text(), import_no, row_no, standing.n + int(added))


def _without_others(connection: Connection, store: Store, kind: str, there: int) -> int:
    """Remove the records of a kind that the ledger no longer has; how many the copy has then."""
    from sqlalchemy import func, select

    if not there:
        connection.execute(record.delete().where(record.c.kind == kind))
        return 0
    beginnings = _unequal(connection, store, kind)  # four hexadecimal digits each
    connection.exec_driver_sql("CREATE TEMP TABLE record_there (digest bytea) ON COMMIT DROP")
    lines = (
        f"SELECT {_digest()} || chr(10) AS line FROM {tables.record_table(kind)}"
        f" WHERE {_BEGINNING} IN ({', '.join(map(repr, ['', *beginnings]))})"
    )
    _copy_in(connection, "record_there (digest)", _blocks(store, lines))
    connection.exec_driver_sql("ANALYZE record_there")
    connection.exec_driver_sql(
        f"DELETE FROM {record.name} AS r WHERE kind = %(kind)s AND {_COPYS_BEGINNING} = ANY(%(beginnings)s)"
        " AND NOT EXISTS (SELECT 1 FROM record_there AS t WHERE t.digest = r.digest)",
        {"kind": kind, "beginnings": beginnings},
    )
    connection.exec_driver_sql("DROP TABLE record_there")
    query = select(func.count()).select_from(record).where(record.c.kind == kind)
    return int(connection.execute(query).scalar_one())


def _unequal(connection: Connection, store: Store, kind: str) -> list[str]:
    """The beginnings of digests of which the sides have not equally many: a few, where few records went."""
    counted = store.connection.execute(
        f"SELECT {_BEGINNING}, count(*) FROM {tables.record_table(kind)} GROUP BY ALL"
    ).fetchall()
    here = dict(counted)
    copied = connection.exec_driver_sql(
        f"SELECT {_COPYS_BEGINNING}, count(*) FROM {record.name} WHERE kind = %(kind)s GROUP BY 1",
        {"kind": kind},
    )
    there = {str(beginning): int(n) for beginning, n in copied}
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def _follow_imports(connection: Connection, store: Store) -> None:
    """Copy the lines of the list of imports from each kind's newest on: only that one may change.

    All are copied anew where lines have gone.
    """
    from sqlalchemy import func, select

    columns = record_import.c
    newest = select(columns.kind, func.max(columns.import_no)).group_by(columns.kind)
    since = {kind: int(number) for kind, number in connection.execute(newest)}
    lines = _lines(store, since)
    numbers = [line["import_no"] for line in lines]
    connection.execute(record_import.delete().where(columns.import_no.in_(numbers)))
    left = connection.execute(select(func.count()).select_from(record_import)).scalar_one()
    [(there,)] = store.connection.execute("SELECT count(*) FROM import_run").fetchall()
    if left + len(lines) != there:
        connection.execute(record_import.delete())
        lines = _lines(store, {})
    if lines:
        connection.execute(record_import.insert(), lines)


def _lines(store: Store, since: Mapping[str, int]) -> list[dict[str, object]]:
    """The lines from each kind's number on."""
    found = store.connection.execute(
        """
        SELECT i.* FROM import_run AS i
        LEFT JOIN (SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($numbers::INTEGER[]) AS number) AS s
            ON s.kind = i.kind
        WHERE i.import_no >= coalesce(s.number, 0) ORDER BY i.import_no
        """,
        {"kinds": list(since), "numbers": list(since.values())},
    )
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [{"import_no": row["import_no"], "kind": row["kind"], "line": json.dumps(row)} for row in rows]


def _count(store: Store, kind: str) -> int:
    [(n,)] = store.connection.execute(f"SELECT count(*) FROM {tables.record_table(kind)}").fetchall()
    return int(n)


def _copy_in(connection: Connection, target: str, blocks: Iterator[str]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copying:
        for block in blocks:
            copying.write(block)


def _blocks(store: Store, lines: str) -> Iterator[str]:
    """The lines that a SELECT gives, many at once."""
    for batch in store.connection.sql(lines).to_arrow_reader(_ROWS):
        yield "".join(batch.column(0).to_pylist())


def _digest() -> str:
    r"""SQL: the key's SHA-256 as PostgreSQL's text format has bytes (`\x`, its backslash doubled).

    A key may be longer than an index takes, and may hold a sign that its texts cannot.
    """
    return r"'\\x' || sha256(_key)"


def _body(shape: Shape) -> str:
    """SQL: the record in JSON, numbers exact and times as text; the key only where no column is it."""
    values = [f"{quoted(name)} := {quoted(name)}" for name in shape.columns]
    if shape.derived_key is None:
        values.append("_key := _key")
    return f"CAST(to_json(struct_pack({', '.join(values)})) AS VARCHAR)"


def _copy_text(kind: str) -> str:
    return "'" + kind.replace("\\", "\\\\").replace("\t", "\\t").replace("'", "''") + "'"


def _escaped(text: str) -> str:
    """SQL for PostgreSQL's text format; JSON has no tab and no end of line in it but as an escape."""
    return rf"replace({text}, '\', '\\')"

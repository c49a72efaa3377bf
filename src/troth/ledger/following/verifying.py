"""Whether what is derived is what a full recomputation gives: the same question as the tests ask."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.ledger.dictionaries import SHARDS, known_numbers
from troth.ledger.refresh import (
    EXPERIENCES,
    FINGERPRINT,
    LEFT_OUT,
    NEWEST,
    customer_columns,
    drafts,
    fingerprint,
    left_out,
    newest_of,
    read_state,
    relations,
    segment_values,
    united,
)
from troth.ledger.rules import READY_MADE_SOURCE
from troth.ledger.sql import DAY_MS
from troth.store import Store
from troth.store.tables import hashed, hashes, quoted, record_columns, record_kinds, record_table

_MOST = 20

_EXPERIENCE = (
    "customer_no", "touchpoint_no", "mechanism_no", "weight", "severity", "at_ms", "source_no", "record",
    "shard",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not what a recomputation gives.

    Attributes:
        table: where.
        key: which row or part, by name and value.
        surplus: how much more there is than there should be; negative when it is missing.
    """

    table: str
    key: str
    surplus: str


def verify(store: Store, blueprint: Blueprint, settings: Settings) -> list[Difference]:
    """Compare what is derived with a full recomputation; at most 20 differences of every kind are told.

    Reads all records and experiences; may run on a snapshot (`Store.reading`).
    """
    return list(_differences(store, blueprint, settings))


def _differences(store: Store, blueprint: Blueprint, settings: Settings) -> Iterator[Difference]:
    state = read_state(store)
    if state.get(FINGERPRINT) != fingerprint(store, blueprint, settings):
        yield Difference("refresh_state", "experience", "outdated")
        return
    numbers, relation = known_numbers(store.connection), relations(store, blueprint)
    sources = [*(rule.id for rule in blueprint.rules), *(promise.id for promise in blueprint.promises)]
    missing = [source for source in sources if source not in numbers.source]
    if missing or READY_MADE_SOURCE not in numbers.source:
        yield Difference("source", ", ".join(missing), "-1")
        return
    drafted = united(draft for _kind, draft in drafts(blueprint, settings, numbers, relation))
    columns = ", ".join(_EXPERIENCE)
    yield from _compared(
        store,
        "experience",
        _EXPERIENCE,
        f"SELECT {columns.replace('weight', 'weight * n AS weight')}, n FROM experience",
        f"""SELECT c.customer_no, d.touchpoint_no, d.mechanism_no, d.weight, d.severity, d.at_ms, d.source_no,
                d.record, c.shard, 1 AS n
            FROM ({drafted}) AS d LEFT JOIN customer AS c ON c.customer = d.customer WHERE d.fault IS NULL""",
    )
    cube = ("day", "touchpoint_no", "mechanism_no", "severity")
    cubes = (
        f"SELECT at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, n, weight FROM experience"
    )
    for measure in ("n", "weight"):
        kept, computed = (
            f"SELECT {', '.join(cube)}, {measure} AS n FROM ({query})" for query in ("FROM day_cube", cubes)
        )
        yield from _compared(store, "day_cube", cube, kept, computed)
    segments = " UNION ALL ".join(
        f"SELECT *, 1 AS n FROM ({segment_values(segment, blueprint, settings, relation)})"
        for segment in blueprint.segments
    )
    yield from _compared(
        store,
        "customer_segment",
        ("customer_no", "segment", "value"),
        "SELECT *, 1 AS n FROM customer_segment",
        segments or "SELECT NULL, NULL, NULL, 0 WHERE FALSE",
    )
    yield from _customers(store, blueprint)
    for kind in record_kinds(store.connection):
        for name, sql in hashes(record_columns(store.connection, kind)).items():
            wrong = f"SELECT count(*) FROM {record_table(kind)} WHERE {quoted(name)} IS DISTINCT FROM {sql}"
            if rows := store.connection.execute(wrong).fetchall()[0][0]:
                yield Difference(f"record.{kind}", name, str(rows))
    promises = [numbers.source[promise.id] for promise in blueprint.promises]
    net = store.connection.execute("SELECT coalesce(sum(n), 0)::BIGINT FROM experience").fetchall()[0][0]
    newest = newest_of(store, promises)
    expected = {
        LEFT_OUT: json.dumps(left_out(store, drafted, {no: name for name, no in numbers.source.items()})),
        NEWEST: None if newest is None else str(newest),
        EXPERIENCES: str(net),
    }
    for part, value in expected.items():
        if state.get(part) != value:
            yield Difference("refresh_state", part, f"{state.get(part)} != {value}")


def _customers(store: Store, blueprint: Blueprint) -> Iterator[Difference]:
    relation = relations(store, blueprint)
    named = " UNION ".join(
        f"SELECT CAST({quoted(column)} AS VARCHAR) AS customer FROM {relation(kind)} AS r"
        for kind, column in customer_columns(blueprint)
    )
    shard = f"CAST('0x' || substr(md5(customer), 1, 3) AS INTEGER) * {SHARDS} // 4096"
    query = f"""
        SELECT 'customer ' || customer, -1 FROM ({named})
        WHERE customer <> '' AND customer NOT IN (SELECT customer FROM customer)
        UNION ALL SELECT 'shard of ' || customer, 1 FROM customer WHERE shard <> {shard}
        UNION ALL SELECT 'hash of ' || customer, 1 FROM customer WHERE hash <> {hashed("customer")}
        UNION ALL SELECT 'customer ' || customer, count(*) - 1 FROM customer GROUP BY ALL HAVING count(*) > 1
        UNION ALL SELECT 'number ' || customer_no, count(*) - 1 FROM customer
        GROUP BY customer_no HAVING count(*) > 1
        LIMIT {_MOST}"""
    for key, surplus in store.connection.execute(query).fetchall():
        yield Difference("customer", str(key), str(surplus))


def _compared(
    store: Store, table: str, keys: tuple[str, ...], kept: str, computed: str
) -> Iterator[Difference]:
    columns = ", ".join(keys)
    query = f"""
        SELECT {columns}, sum(n) FROM (
            SELECT {columns}, n FROM ({kept})
            UNION ALL SELECT {columns}, -n FROM (SELECT * FROM ({computed}) AS c({columns}, n)))
        GROUP BY {columns} HAVING sum(n) <> 0 ORDER BY ALL LIMIT {_MOST}"""
    for *values, surplus in store.connection.execute(query).fetchall():
        key = ", ".join(f"{name} {value}" for name, value in zip(keys, values, strict=True))
        yield Difference(table, key, str(surplus))

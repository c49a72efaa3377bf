"""Whether what is derived is what a full recomputation gives: the same question as the tests ask."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.intake.comments import misread
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
from troth.ledger.standing.building import decay_to
from troth.ledger.standing.reading import pool_columns
from troth.ledger.standing.rows import (
    DIVIDED,
    WHOLE,
    customer_rows,
    recent_rows,
    segment_cube_rows,
    shard_rows,
    width,
)
from troth.ledger.standing.state import read_standing
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
    for kind, key in misread(store, blueprint, _MOST):
        yield Difference(f"record.{kind}", key, "reading")
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
        f"SELECT at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, weight, n FROM experience"
    )
    yield from _summed(store, "day_cube", cube, ("weight", "n"), "FROM day_cube", cubes)
    segments = " UNION ALL ".join(
        f"SELECT *, 1 AS n FROM ({segment_values(segment, blueprint, settings, relation)})"
        for segment in blueprint.segments
    )
    yield from _compared(
        store,
        "customer_segment",
        ("customer_no", "segment", "value", "rank"),
        "SELECT *, 1 AS n FROM customer_segment",
        segments or "SELECT NULL, NULL, NULL, NULL, 0 WHERE FALSE",
    )
    yield from _standing(store)
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


def _standing(store: Store) -> Iterator[Difference]:
    standing = read_standing(store.connection)
    if standing is None:
        return
    day = standing.day
    decay_to(store.connection, standing, day)
    whole, divided = (relation.format(table="experience") for relation in (WHOLE, DIVIDED))
    place = ("segment", "value")
    pools = pool_columns(width(standing.ratio_milli))
    yield from _summed(
        store,
        "customer_state",
        ("customer_no",),
        ("n", "balance", *pools),
        "FROM customer_state UNION ALL FROM customer_tail",
        customer_rows("experience", standing.ratio_milli, day),
    )
    yield from _summed(
        store,
        "shard_state",
        (*place, "shard", "touchpoint_no", "mechanism_no"),
        ("good", "bad", "n_good", "n_bad"),
        "FROM shard_state",
        f"FROM ({shard_rows(whole, day)}) UNION ALL FROM ({shard_rows(divided, day)})",
    )
    yield from _summed(
        store,
        "segment_cube",
        (*place, "day", "touchpoint_no", "mechanism_no", "severity"),
        ("weight", "n"),
        "FROM segment_cube",
        segment_cube_rows(divided),
    )
    columns = ", ".join(_EXPERIENCE)
    kept, computed = (
        f"SELECT {columns.replace('weight', 'weight * n AS weight')}, n FROM ({query})"
        for query in ("FROM recent", recent_rows("experience", day))
    )
    yield from _compared(store, "recent", _EXPERIENCE, kept, computed)


def _summed(
    store: Store, table: str, keys: tuple[str, ...], measures: tuple[str, ...], kept: str, computed: str
) -> Iterator[Difference]:
    columns, sums = ", ".join(keys), ", ".join(f"sum({name}) AS {name}" for name in measures)
    turned = ", ".join(f"-{name} AS {name}" for name in measures)
    query = f"""
        SELECT {columns}, {", ".join(measures)} FROM (
            SELECT {columns}, {sums} FROM (
                SELECT {columns}, {", ".join(measures)} FROM ({kept})
                UNION ALL SELECT {columns}, {turned} FROM ({computed}))
            GROUP BY {columns})
        WHERE {" OR ".join(f"{name} <> 0" for name in measures)} ORDER BY ALL LIMIT {_MOST}"""
    for row in store.connection.execute(query).fetchall():
        values, surplus = row[: len(keys)], row[len(keys) :]
        key = ", ".join(f"{name} {value}" for name, value in zip(keys, values, strict=True))
        more = ", ".join(f"{name} {value}" for name, value in zip(measures, surplus, strict=True) if value)
        yield Difference(table, key, more)


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

"""Brings the derived tables up to date: experience, day_cube, customer_segment.

They are a pure function of records and blueprint, so they are rebuilt as a whole when either has changed,
and left alone otherwise. Ratios and half-lives are no part of it: changing them rebuilds nothing.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

import duckdb

from troth.blueprint.parameters import Settings
from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, Segment
from troth.intake.declaration import check_stored
from troth.intake.progress import Progress, reported
from troth.ledger.answers import LeftOut, Refreshed
from troth.ledger.dictionaries import number_customers, number_names
from troth.ledger.reader import Relation
from troth.ledger.rules import (
    FAULTS,
    draft_promise,
    draft_ready_made,
    draft_rule,
)
from troth.ledger.segments import draft_segment
from troth.ledger.sql import DAY_MS, literal, render
from troth.store import Store, tables

VERSION = 2
"""To be raised whenever the same records and the same blueprint give other experiences than before."""

FINGERPRINT = "experience"
"""Part of `refresh_state`: what the derived tables stand for."""

LEFT_OUT = "left_out"
"""Part of `refresh_state`: JSON, the records left out."""

NEWEST = "newest_ms"
"""Part of `refresh_state`: the newest experience that is not a promise broken by the passing of time."""

PROMISES = "promises"
"""Part of `refresh_state`: JSON, the ids of the sources that are promises."""

READY_MADE_COLUMNS = {
    "customer": "text",
    "touchpoint": "text",
    "mechanism": "text",
    "weight": "number",
    "at": "time",
    "severity": "integer",
}

_CUBE = f"""
    INSERT INTO day_cube
    SELECT at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, sum(weight), count(*)
    FROM experience GROUP BY ALL ORDER BY ALL"""


def refresh(
    store: Store, blueprint: Blueprint, settings: Settings, *, progress: Progress | None = None
) -> Refreshed:
    """Rebuild what is derived when records, rules or severity weights have changed.

    In one transaction: on any failure the old state stays. A record that a rule applies to but that gives no
    experience (no customer, no time, a link to nowhere, a weight or time out of range) is left out, counted.
    `progress` is called with a stage's name (`deriving`, `adding`, `counting`) and its done share, or None.
    """
    rebuilt = outdated(store, blueprint, settings)
    state = read_state(store)
    if rebuilt:
        with store.transaction():
            state = _rebuild(store, blueprint, settings, progress)
            state[FINGERPRINT] = _fingerprint(store, blueprint, settings)
            store.connection.execute("DELETE FROM refresh_state")
            store.connection.executemany("INSERT INTO refresh_state VALUES (?, ?)", list(state.items()))
    [(experiences, customers)] = store.connection.execute(
        "SELECT (SELECT count(*) FROM experience), (SELECT count(*) FROM customer)"
    ).fetchall()
    left_out = tuple(LeftOut(*row) for row in json.loads(state[LEFT_OUT]))
    return Refreshed(rebuilt, experiences, customers, left_out)


def outdated(store: Store, blueprint: Blueprint, settings: Settings) -> bool:
    """Whether a refresh would rebuild."""
    return read_state(store).get(FINGERPRINT) != _fingerprint(store, blueprint, settings)


def read_state(store: Store) -> dict[str, str]:
    """What the last refresh left: FINGERPRINT, LEFT_OUT, NEWEST, PROMISES; empty before the first."""
    return dict(store.connection.execute("SELECT part, fingerprint FROM refresh_state").fetchall())


def _fingerprint(store: Store, blueprint: Blueprint, settings: Settings) -> str:
    records = {
        kind: [
            tables.record_columns(store.connection, kind),
            store.connection.execute(
                f"SELECT count(*), max(_import) FROM {tables.record_table(kind)}"
            ).fetchall(),
        ]
        for (kind,) in store.connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'record' ORDER BY 1"
        ).fetchall()
    }
    parts = {"rules", "promises", "segments"}
    design = blueprint.model_dump(mode="json", include=parts, by_alias=True) | {
        "touchpoints": [touchpoint.id for touchpoint in blueprint.touchpoints],
        "records": {
            name: kind.model_dump(mode="json", include={"key", "customer", "columns", "links"})
            for name, kind in blueprint.records.items()
        },
    }
    severities = [settings.severity_weight, *settings.mechanism_severity]
    whole = json.dumps([VERSION, records, design, severities], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


def _rebuild(
    store: Store, blueprint: Blueprint, settings: Settings, progress: Progress | None
) -> dict[str, str]:
    connection = store.connection
    relation = relations(store, blueprint)
    ready_made = [
        name
        for (name,) in connection.execute(
            f"SELECT DISTINCT touchpoint FROM {relation(READY_MADE)} AS r WHERE touchpoint <> '' ORDER BY 1"
        ).fetchall()
    ]
    numbers = number_names(connection, blueprint, ready_made)
    drafts = [draft_rule(rule, blueprint, settings, numbers, relation) for rule in blueprint.rules]
    drafts += [
        draft_promise(promise, blueprint, settings, numbers, relation) for promise in blueprint.promises
    ]
    drafts.append(draft_ready_made(settings, numbers, relation))
    drafted = " UNION ALL ".join(render(draft.text, checked=draft.checked) for draft in drafts)
    with reported(connection, "deriving", progress):
        number_customers(connection, _customers(blueprint, relation))
        connection.execute("DELETE FROM experience; DELETE FROM day_cube; DELETE FROM customer_segment;")
        # The engine thinks rules very selective and would hash their rows instead of the customers.
        connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
        try:
            connection.execute(_filled(drafted))
        finally:
            with suppress(duckdb.TransactionException):  # one that has failed takes no more statements
                connection.execute("RESET disabled_optimizers")
    with reported(connection, "adding", progress):
        connection.execute(_CUBE)
        for segment in blueprint.segments:
            connection.execute(_segment(segment, blueprint, settings, relation))
    promises = [promise.id for promise in blueprint.promises]
    newest = _newest(store, [numbers.source[promise] for promise in promises])
    with reported(connection, "counting", progress):
        left_out = _left_out(store, drafted, {no: name for name, no in numbers.source.items()})
    return {LEFT_OUT: json.dumps(left_out), PROMISES: json.dumps(promises)} | (
        {NEWEST: str(newest)} if newest is not None else {}
    )


def _customers(blueprint: Blueprint, relation: Relation) -> str:
    """SELECT of all customers that records name which may become experiences, with doubles."""
    columns = [(READY_MADE, "customer")]
    sources = [rule.source for rule in blueprint.rules] + [promise.source for promise in blueprint.promises]
    for source in dict.fromkeys(sources):
        kind = blueprint.records[source]
        link, _dot, column = kind.customer.rpartition(".")
        columns.append((kind.links[link].to if link else source, column))
    return " UNION ALL ".join(
        f"SELECT DISTINCT CAST({tables.quoted(column)} AS VARCHAR) AS customer FROM {relation(kind)} AS r"
        for kind, column in dict.fromkeys(columns)
    )


def _filled(drafted: str) -> str:
    """All experiences in the order of customers: sums by customer are quick and a look-up is short."""
    return f"""
        INSERT INTO experience
        SELECT c.customer_no, d.touchpoint_no, d.mechanism_no, d.weight, d.severity, d.at_ms, d.source_no,
            d.record, c.shard
        FROM ({drafted}) AS d JOIN customer AS c ON c.customer = d.customer
        WHERE d.fault IS NULL
        ORDER BY c.customer_no"""


def _left_out(store: Store, drafted: str, source_names: Mapping[int, str]) -> list[tuple[str, str, int]]:
    query = f"""
        SELECT source_no, fault, count(*) FROM ({drafted}) WHERE fault IS NOT NULL
        GROUP BY ALL ORDER BY ALL"""
    return [
        (source_names[source_no], FAULTS[fault], records)
        for source_no, fault, records in store.connection.execute(query).fetchall()
    ]


def _newest(store: Store, promises: Sequence[int]) -> int | None:
    broken = f"severity > 0 AND source_no IN ({', '.join(map(str, promises))})" if promises else "FALSE"
    [(newest,)] = store.connection.execute(
        f"SELECT max(at_ms) FROM experience WHERE NOT ({broken})"
    ).fetchall()
    return None if newest is None else int(newest)


def _segment(segment: Segment, blueprint: Blueprint, settings: Settings, relation: Relation) -> str:
    """One value for every customer that has an experience."""
    draft = draft_segment(segment, blueprint, settings, relation)
    return f"""
        INSERT INTO customer_segment
        SELECT c.customer_no, {literal(segment.id)}, v.value
        FROM ({render(draft.text, checked=draft.checked)}) AS v JOIN customer AS c ON c.customer = v.customer
        WHERE c.customer_no IN (SELECT customer_no FROM experience)
        ORDER BY 1"""


def relations(store: Store, blueprint: Blueprint) -> Relation:
    """How each kind's records are read here: a column that is declared but not there yet is NULL.

    To read a kind whose key or types were declared anew, unless without loss, is a TrothError (`key-changed`,
    `type-changed`): a cast here would not read the values as an import does.
    """

    def relation(kind: str) -> str:
        declared: Mapping[str, str] = READY_MADE_COLUMNS
        if kind != READY_MADE:
            check_stored(store, blueprint, kind, blueprint.records[kind])
            declared = {name: column.type for name, column in blueprint.records[kind].columns.items()}
        existing = tables.record_columns(store.connection, kind)
        wanted = {name: tables.TYPES[type_] for name, type_ in declared.items()} | {"_key": "VARCHAR"}
        if all(existing.get(name) == type_ for name, type_ in wanted.items()):
            return tables.record_table(kind)
        columns = ", ".join(
            f"CAST({tables.quoted(name) if name in existing else 'NULL'} AS {type_}) AS {tables.quoted(name)}"
            for name, type_ in wanted.items()
        )
        if existing:
            return f"(SELECT {columns} FROM {tables.record_table(kind)})"
        return f"(SELECT {columns} WHERE FALSE)"

    return relation

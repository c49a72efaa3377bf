"""Brings the derived tables up to date: experience, day_cube, customer_segment.

They are a pure function of records and blueprint, so they are rebuilt as a whole when either has changed,
and left alone otherwise. Ratios and half-lives are no part of it: changing them rebuilds nothing.
"""

import hashlib
import json
from collections.abc import Mapping

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Segment
from troth.ledger.answers import LeftOut, Refreshed
from troth.ledger.dictionaries import number_customers, number_names
from troth.ledger.reader import Draft, Relation
from troth.ledger.rules import (
    COLUMNS,
    FAULTS,
    READY_MADE,
    draft_promise,
    draft_ready_made,
    draft_rule,
)
from troth.ledger.segments import draft_segment
from troth.ledger.sql import DAY_MS, literal, render
from troth.store import Store, tables
from troth.vocabulary import SEVERITIES

VERSION = 1
"""To be raised whenever the same records and the same blueprint give other experiences than before."""

FINGERPRINT = "experience"
"""Part of `refresh_state`: what the derived tables stand for."""

LEFT_OUT = "left_out"
"""Part of `refresh_state`: JSON, the records left out."""

NEWEST = "newest_ms"
"""Part of `refresh_state`: the newest experience that is not a promise breaking by the mere passing of
time."""

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

_FILL = f"""
    INSERT INTO experience
    SELECT c.customer_no, s.touchpoint_no, s.mechanism_no, s.weight, s.severity, s.at_ms, s.source_no,
        s.record, c.shard
    FROM stage AS s JOIN customer AS c ON c.customer = s.customer
    WHERE s.fault IS NULL
    ORDER BY c.customer_no;
    INSERT INTO day_cube
    SELECT at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, sum(weight), count(*)
    FROM experience GROUP BY ALL ORDER BY ALL;
"""


def refresh(store: Store, blueprint: Blueprint, settings: Settings) -> Refreshed:
    """Rebuild what is derived when records, rules or severity weights have changed.

    In one transaction: on any failure the old state stays. A record that a rule applies to but that gives no
    experience (no customer, no time, a link to nowhere, a weight or time out of range) is left out, counted.
    """
    rebuilt = outdated(store, blueprint, settings)
    state = read_state(store)
    if rebuilt:
        with store.transaction():
            state = _rebuild(store, blueprint, settings)
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
    severities = dict(zip((s.id for s in SEVERITIES), settings.severity_weight, strict=True))
    whole = json.dumps([VERSION, records, design, severities], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


def _rebuild(store: Store, blueprint: Blueprint, settings: Settings) -> dict[str, str]:
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
    connection.execute("DROP TABLE IF EXISTS stage")
    for place, draft in enumerate(drafts):
        made = "INSERT INTO stage" if place else "CREATE TEMP TABLE stage AS"
        connection.execute(f"{made} {_staged(draft)}")
    number_customers(connection)
    connection.execute("DELETE FROM experience; DELETE FROM day_cube; DELETE FROM customer_segment;")
    connection.execute(_FILL)
    for segment in blueprint.segments:
        connection.execute(_segment(segment, blueprint, settings, relation))
    state = _state(store, {no: name for name, no in numbers.source.items()})
    state[PROMISES] = json.dumps([promise.id for promise in blueprint.promises])
    connection.execute("DROP TABLE stage")
    return state


def _staged(draft: Draft) -> str:
    types = dict.fromkeys(COLUMNS, "INTEGER") | {
        "customer": "VARCHAR", "record": "VARCHAR", "at_ms": "BIGINT", "passing": "BOOLEAN",
        "touchpoint_no": "SMALLINT", "source_no": "SMALLINT", "mechanism_no": "TINYINT",
        "severity": "TINYINT", "fault": "TINYINT",
    }  # fmt: skip
    typed = ", ".join(f"CAST({name} AS {type_}) AS {name}" for name, type_ in types.items())
    return f"SELECT {typed} FROM ({render(draft.text, checked=draft.checked)}) AS draft"


def _state(store: Store, source_names: Mapping[int, str]) -> dict[str, str]:
    left_out = [
        (source_names[source_no], FAULTS[fault], records)
        for source_no, fault, records in store.connection.execute(
            "SELECT source_no, fault, count(*) FROM stage WHERE fault IS NOT NULL GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    ]
    newest = store.connection.execute(
        "SELECT max(at_ms) FROM stage WHERE fault IS NULL AND NOT passing"
    ).fetchall()[0][0]
    return {LEFT_OUT: json.dumps(left_out)} | ({NEWEST: str(newest)} if newest is not None else {})


def _segment(segment: Segment, blueprint: Blueprint, settings: Settings, relation: Relation) -> str:
    """One value per customer: that of the record with the greatest `latest` among those that give a value."""
    draft = draft_segment(segment, blueprint, settings, relation)
    return f"""
        INSERT INTO customer_segment
        SELECT c.customer_no, {literal(segment.id)}, v.value
        FROM ({render(draft.text, checked=draft.checked)}) AS v JOIN customer AS c ON c.customer = v.customer
        ORDER BY 1"""


def relations(store: Store, blueprint: Blueprint) -> Relation:
    """How each kind's records are read here: a column that is declared but not there yet is NULL."""

    def relation(kind: str) -> str:
        declared = (
            READY_MADE_COLUMNS
            if kind == READY_MADE
            else {name: column.type for name, column in blueprint.records[kind].columns.items()}
        )
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

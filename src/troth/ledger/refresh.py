"""Brings the derived tables up to date: experience, day_cube, customer_segment.

They are a pure function of records and blueprint, so they are rebuilt as a whole when either has changed,
and left alone otherwise. Ratios and half-lives are no part of it: changing them rebuilds nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias
from uuid import uuid4

import duckdb

from troth.blueprint.parameters import Settings
from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, Segment
from troth.intake.comments import read_anew, reading_fingerprint
from troth.intake.declaration import check_stored
from troth.intake.lookups import customer_column, ensure_lookups
from troth.intake.progress import Progress, reported
from troth.ledger.answers import LeftOut, Refreshed
from troth.ledger.dictionaries import LIVED, number_customers, number_names
from troth.ledger.reader import Draft, Relation
from troth.ledger.reading_rules import draft_read_rule
from troth.ledger.rules import (
    FAULTS,
    Numbers,
    draft_promise,
    draft_ready_made,
    draft_rule,
)
from troth.ledger.segments import draft_segment
from troth.ledger.sql import DAY_MS, literal, render
from troth.ledger.standing.building import build
from troth.ledger.standing.state import read_standing
from troth.store import Store, tables

VERSION = 3
"""To be raised whenever the same records and the same blueprint give other experiences than before."""

FINGERPRINT = "experience"
"""Part of `refresh_state`: what the derived tables stand for."""

LEFT_OUT = "left_out"
"""Part of `refresh_state`: JSON, the records left out."""

NEWEST = "newest_ms"
"""Part of `refresh_state`: the newest experience that is not a promise broken by the passing of time."""

PROMISES = "promises"
"""Part of `refresh_state`: JSON, the ids of the sources that are promises."""

EXPERIENCES = "experiences"
"""Part of `refresh_state`: how many experiences there are, without those that were retracted."""

TAIL = "tail"
"""Part of `refresh_state`: how many rows of `experience` follow those in the order of customers."""

CUBE_TAIL = "cube_tail"
"""Part of `refresh_state`: how many rows of `day_cube` follow those that are summed up."""

ORDER = "order"
"""Part of `refresh_state`: another name whenever all rows of `experience` were written anew."""

Columns: TypeAlias = Mapping[str, Mapping[str, str]]
"""Of the records' tables: by kind the columns and their SQL types."""

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
    SELECT at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, sum(weight), sum(n)
    FROM experience GROUP BY ALL ORDER BY ALL"""


def refresh(
    store: Store, blueprint: Blueprint, settings: Settings, *, progress: Progress | None = None
) -> Refreshed:
    """Rebuild what is derived when records, rules or severity weights have changed.

    In one transaction: on any failure the old state stays. A record that a rule applies to but that gives no
    experience (no customer, no time, a link to nowhere, a weight or time out of range) is left out, counted.
    `progress` is called with a stage's name (`reading`, `deriving`, `adding`, `counting`) and its done share,
    or None.
    """
    rebuilt = outdated(store, blueprint, settings)
    if rebuilt:
        with store.transaction():
            rebuild(store, blueprint, settings, progress)
    return refreshed(store, rebuilt=rebuilt)


def refreshed(store: Store, *, rebuilt: bool) -> Refreshed:
    """What the derived tables hold now."""
    state = read_state(store)
    [(customers,)] = store.connection.execute("SELECT count(*) FROM customer").fetchall()
    left_out = tuple(LeftOut(*row) for row in json.loads(state[LEFT_OUT]))
    return Refreshed(rebuilt, int(state[EXPERIENCES]), customers, left_out)


def rebuild(store: Store, blueprint: Blueprint, settings: Settings, progress: Progress | None = None) -> None:
    """Make all that is derived anew, in the open transaction; what stood ready stands ready again."""
    standing = read_standing(store.connection)
    state = _rebuilt(store, blueprint, settings, progress)
    store.connection.execute("DELETE FROM refresh_state")
    write_state(store, state | {FINGERPRINT: fingerprint(store, blueprint, settings)})
    if standing is not None:
        build(store.connection, settings, standing.day)


def outdated(store: Store, blueprint: Blueprint, settings: Settings, columns: Columns | None = None) -> bool:
    """Whether a refresh would rebuild; `columns` as for `fingerprint`."""
    return read_state(store).get(FINGERPRINT) != fingerprint(store, blueprint, settings, columns)


def read_state(store: Store) -> dict[str, str]:
    """What the derived tables stand for: FINGERPRINT and the other parts; empty before the first refresh."""
    return dict(store.connection.execute("SELECT part, fingerprint FROM refresh_state").fetchall())


def write_state(store: Store, state: Mapping[str, str], before: Mapping[str, str] | None = None) -> None:
    """Keep the parts of the state, in the open transaction; beside those there `before` only the changes."""
    if before is not None:
        if gone := list(before.keys() - state.keys()):
            query = "DELETE FROM refresh_state WHERE part IN (SELECT unnest(?::VARCHAR[]))"
            store.connection.execute(query, [gone])
        state = dict(state.items() - before.items())
    if not state:
        return
    rows = ", ".join("(?, ?)" for _part in state)
    values = [text for part in state.items() for text in part]
    store.connection.execute(f"INSERT OR REPLACE INTO refresh_state VALUES {rows}", values)


def fingerprint(
    store: Store, blueprint: Blueprint, settings: Settings, columns: Columns | None = None
) -> str:
    """Of all that the derived tables are a function of: the records as they stand, and the design.

    `columns` are those of every kind's table, where they are at hand.
    """
    columns = tables.all_record_columns(store.connection) if columns is None else columns
    records = {
        kind: [
            {name: type_ for name, type_ in columns[kind].items() if not name.startswith("_")},
            store.connection.execute(
                f"SELECT count(*), max(_import) FROM {tables.record_table(kind)}"
            ).fetchall(),
        ]
        for kind in sorted(columns)
    }
    parts = {"rules", "promises", "segments"}
    design = blueprint.model_dump(mode="json", include=parts, by_alias=True) | {
        "touchpoints": [[touchpoint.id, touchpoint.spoken_of] for touchpoint in blueprint.touchpoints],
        "reader": reading_fingerprint(store, blueprint),
        "records": {
            name: kind.model_dump(mode="json", include={"key", "customer", "columns", "links"})
            for name, kind in blueprint.records.items()
        },
    }
    severities = [settings.severity_weight, *settings.mechanism_severity]
    whole = json.dumps([VERSION, records, design, severities], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


def _rebuilt(
    store: Store, blueprint: Blueprint, settings: Settings, progress: Progress | None
) -> dict[str, str]:
    connection = store.connection
    read_anew(store, blueprint, progress)
    ensure_lookups(store, blueprint)
    relation = relations(store, blueprint)
    ready_made = [
        name
        for (name,) in connection.execute(
            f"SELECT DISTINCT touchpoint FROM {relation(READY_MADE)} AS r WHERE touchpoint <> '' ORDER BY 1"
        ).fetchall()
    ]
    numbers = number_names(connection, blueprint, ready_made)
    drafted = united(draft for _kind, draft in drafts(blueprint, settings, numbers, relation))
    with reported(connection, "deriving", progress):
        customers = (
            f"SELECT DISTINCT CAST({tables.quoted(column)} AS VARCHAR) AS customer FROM {relation(kind)} AS r"
            for kind, column in customer_columns(blueprint)
        )
        number_customers(connection, " UNION ALL ".join(customers))
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
            values = segment_values(segment, blueprint, settings, relation)
            connection.execute(f"INSERT INTO customer_segment SELECT * FROM ({values}) ORDER BY 1")
    promises = [promise.id for promise in blueprint.promises]
    newest = newest_of(store, [numbers.source[promise] for promise in promises])
    with reported(connection, "counting", progress):
        lost = left_out(store, drafted, {no: name for name, no in numbers.source.items()})
    [(experiences,)] = connection.execute("SELECT count(*) FROM experience").fetchall()
    return {
        LEFT_OUT: json.dumps(lost),
        PROMISES: json.dumps(promises),
        EXPERIENCES: str(experiences),
        TAIL: "0",
        CUBE_TAIL: "0",
        ORDER: uuid4().hex,
    } | ({NEWEST: str(newest)} if newest is not None else {})


def drafts(
    blueprint: Blueprint, settings: Settings, numbers: Numbers, relation: Relation
) -> Iterator[tuple[str, Draft]]:
    """The record kind of everything that gives experiences, and its SELECT."""
    for rule in blueprint.rules:
        draft = draft_read_rule if rule.read else draft_rule
        yield rule.source, draft(rule, blueprint, settings, numbers, relation)
    for promise in blueprint.promises:
        yield promise.source, draft_promise(promise, blueprint, settings, numbers, relation)
    yield READY_MADE, draft_ready_made(settings, numbers, relation)


def united(drafted: Iterable[Draft]) -> str:
    """All drafts as one SELECT."""
    return " UNION ALL ".join(render(draft.text, checked=draft.checked) for draft in drafted)


def customer_columns(blueprint: Blueprint) -> list[tuple[str, str]]:
    """Where records name the customers that are numbered, for they may become experiences: kind, column."""
    columns = [(READY_MADE, "customer")]
    sources = [rule.source for rule in blueprint.rules] + [promise.source for promise in blueprint.promises]
    columns += [customer_column(blueprint, source)[1:] for source in sources]
    return list(dict.fromkeys(columns))


def _filled(drafted: str) -> str:
    """All experiences in the order of customers: sums by customer are quick and a look-up is short."""
    return f"""
        INSERT INTO experience
        SELECT c.customer_no, d.touchpoint_no, d.mechanism_no, d.weight, d.severity, d.at_ms, d.source_no,
            d.record, c.shard, 1
        FROM ({drafted}) AS d JOIN customer AS c ON c.customer = d.customer
        WHERE d.fault IS NULL
        ORDER BY c.customer_no"""


def left_out(store: Store, drafted: str, source_names: Mapping[int, str]) -> list[tuple[str, str, int]]:
    """How many records each source leaves out, by the reason's code."""
    query = f"""
        SELECT source_no, fault, count(*) FROM ({drafted}) WHERE fault IS NOT NULL
        GROUP BY ALL ORDER BY ALL"""
    return [
        (source_names[source_no], FAULTS[fault], records)
        for source_no, fault, records in store.connection.execute(query).fetchall()
    ]


def newest_of(store: Store, promises: Sequence[int]) -> int | None:
    """The newest experience that is not one of the promises' (numbers) breaking by the passing of time."""
    broken = f"severity > 0 AND source_no IN ({', '.join(map(str, promises))})" if promises else "FALSE"
    [(newest,)] = store.connection.execute(f"SELECT max(at_ms) FROM {LIVED} WHERE NOT ({broken})").fetchall()
    return None if newest is None else int(newest)


def segment_values(segment: Segment, blueprint: Blueprint, settings: Settings, relation: Relation) -> str:
    """One value for every customer that has a number: customer_no, segment, value, rank."""
    draft = draft_segment(segment, blueprint, settings, relation)
    return f"""
        SELECT c.customer_no, {literal(segment.id)} AS segment, v.value, v.rank
        FROM ({render(draft.text, checked=draft.checked)}) AS v
        JOIN customer AS c ON c.customer = v.customer"""


def relations(store: Store, blueprint: Blueprint) -> Relation:
    """How each kind's records are read here: a column that is declared but not there yet is NULL.

    To read a kind whose key or types were declared anew, unless without loss, is a TrothError (`key-changed`,
    `type-changed`): a cast here would not read the values as an import does.
    """

    def relation(kind: str, *, linked: bool = False) -> str:  # noqa: ARG001 - it is the same table
        if kind == READY_MADE:
            wanted = {name: tables.TYPES[type_] for name, type_ in READY_MADE_COLUMNS.items()}
        else:
            check_stored(store, blueprint, kind, blueprint.records[kind])
            wanted = tables.kept(blueprint.records[kind].columns)
        existing = tables.record_columns(store.connection, kind)
        wanted |= {"_key": "VARCHAR"}
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

"""One person in the records: by which ids, and which rows are theirs.

Two temporary tables hold who is meant while a connection works: `person_id`, all ids of the person, and
`person_key`, the keys of the person's records that other records lead to their customer by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.errors import UsageError
from troth.intake import experiences
from troth.intake.personal import by_link, identifying_columns, own_ids
from troth.intake.sql import literal
from troth.store import Store
from troth.store.erasures import PERSON, ErasureList, digest_sql, record_scope
from troth.store.tables import quoted, record_columns, record_table
from troth.texts import _

CUSTOMER = "customer"
"""What `by` says of an id that is a customer's, in whatever kind."""

PARTED = r"[,;|\t\"'{}:\[\]]+"
"""What stands between the fields of a line that could not be taken apart."""

MOST_IDS = 50
"""So many ids one person may have; with more, some value stands for nobody, such as a shop's own address."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is meant: all ids that the records know the person by; keys of records by kind."""

    ids: frozenset[str]
    keys: frozenset[tuple[str, str]] = frozenset()

    def digests(self, erased: ErasureList) -> frozenset[str]:
        """What the erasure list keeps of the person."""
        ids = {erased.digest(PERSON, id_) for id_ in self.ids}
        return frozenset(ids | {erased.digest(record_scope(kind), key) for kind, key in self.keys})


def stored_kinds(store: Store, blueprint: Blueprint) -> dict[str, RecordKind]:
    """The declared kinds that have a table, with the columns that it has; ready-made experiences, too."""
    found = {}
    for name, kind in {**blueprint.records, READY_MADE: experiences.KIND}.items():
        there = record_columns(store.connection, name)
        if there and not _needed(kind) - there.keys():
            columns = {column: value for column, value in kind.columns.items() if column in there}
            ids = tuple(id_ for id_ in kind.ids if id_ in there)
            found[name] = kind.model_copy(update={"columns": columns, "ids": ids})
    return found


def undeclared_kinds(store: Store, blueprint: Blueprint) -> list[str]:
    """Kinds whose records or quarantined rows are there, though nobody says any more whose they are."""
    rows = store.connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'record'"
        " AND database_name = current_database() UNION SELECT kind FROM quarantine"
    ).fetchall()
    there, known = {str(kind) for (kind,) in rows}, stored_kinds(store, blueprint)
    quarantined = {name for name in blueprint.records if not record_columns(store.connection, name)}
    return sorted(there - known.keys() - quarantined - {READY_MADE})


def _needed(kind: RecordKind) -> set[str]:
    """The columns without which nobody knows whose a record is."""
    link = by_link(kind)
    return {link.by if link else kind.customer}


def linked_kinds(blueprint: Blueprint) -> set[str]:
    """The kinds that others lead to their customer by."""
    return {link.to for kind in blueprint.records.values() if (link := by_link(kind))}


def find(store: Store, blueprint: Blueprint, texts: Iterable[str], by: str | None = None) -> Person:
    """The person with one of the ids `texts` (several spellings of one id).

    Without `by` a customer's id goes before any other; then every column that holds ids is looked through,
    and whose record that is, is meant. `by` names the only column to look in: `customer`, or `kind.column`.

    Raises:
        UsageError: `person-unclear` when the id leads to several people; `column-unknown`.
    """
    spellings = tuple(dict.fromkeys(text.strip() for text in texts))
    customer = _whole(store, blueprint, spellings)
    if by == CUSTOMER or (by is None and _is_named(store, blueprint, customer)):
        return customer
    leading = _leading(store, blueprint, spellings, by)
    people = {_whole(store, blueprint, (id_,)) for ids in leading.values() for id_ in ids}
    if len(people) > 1:
        raise UsageError(
            "person-unclear",
            _("This id leads to several people."),
            _("Say by which column it is meant, or use the customer's own id."),
            allowed=[CUSTOMER, *leading],
        )
    if by is not None and not people:
        raise UsageError(
            "person-unknown", _("No record has this id in “%(column)s”.") % {"column": by}, where=by
        )
    return people.pop() if people else customer


def mean(connection: duckdb.DuckDBPyConnection, person: Person) -> None:
    """Fill the temporary tables: from now on this person is meant."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE person_id AS SELECT unnest(?::VARCHAR[]) AS id", [sorted(person.ids)]
    )
    kinds, keys = zip(*sorted(person.keys), strict=True) if person.keys else ((), ())
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE person_key AS"
        " SELECT unnest(?::VARCHAR[]) AS kind, unnest(?::VARCHAR[]) AS key",
        [list(kinds), list(keys)],
    )


def mean_nobody(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the temporary tables."""
    connection.execute("DROP TABLE IF EXISTS temp.person_id; DROP TABLE IF EXISTS temp.person_key")


def is_theirs(blueprint: Blueprint, kind: RecordKind) -> str:
    """SQL over the kind's columns: whether the record is of who is meant."""
    parts = [_is_id(column) for column in own_ids(kind)]
    if (link := by_link(kind)) and link.to in blueprint.records:
        parts.append(f"coalesce(CAST({quoted(link.by)} AS VARCHAR) IN ({_keys(link.to)}), FALSE)")
    return f"({' OR '.join(parts)})" if parts else "FALSE"


def by_digests(store: Store, blueprint: Blueprint, erased: ErasureList, others: Iterable[str] = ()) -> Person:
    """Everybody who is in the ledger though on the list, and `others`; `erased` may be a part of it."""
    ids: set[str] = set(others)
    keys: set[tuple[str, str]] = set()
    connection = store.connection
    kinds = stored_kinds(store, blueprint)
    for name, kind in kinds.items():
        for column in own_ids(kind):
            ids |= _listed(connection, erased, PERSON, name, column)
        if (link := by_link(kind)) is not None:
            found = _listed(connection, erased, record_scope(link.to), name, link.by)
            keys |= {(link.to, key) for key in found}
    texts = f"""
        SELECT customer AS id FROM customer
        UNION SELECT trim(unnest(json_extract_string(row_json, '$.*'))) FROM quarantine
        UNION SELECT trim(unnest(regexp_split_to_array(
            json_extract_string(row_json, '$._line'), {literal(PARTED)}))) FROM quarantine"""
    rows = connection.execute(
        f"SELECT id FROM ({texts}) WHERE {digest_sql(PERSON, 'id')} IN (SELECT unnest($listed))",
        {**erased.parameters(), "listed": list(erased.numbers)},
    ).fetchall()
    ids |= {str(id_) for (id_,) in rows}
    whole = _whole(store, blueprint, tuple(ids)) if ids else Person(frozenset())
    return Person(whole.ids, whole.keys | keys)


def _listed(
    connection: duckdb.DuckDBPyConnection, erased: ErasureList, scope: str, kind: str, column: str
) -> set[str]:
    rows = connection.execute(
        f"SELECT id FROM (SELECT DISTINCT CAST({quoted(column)} AS VARCHAR) AS id FROM {record_table(kind)})"
        f" WHERE {digest_sql(scope, 'id')} IN (SELECT unnest($listed))",
        {**erased.parameters(), "listed": list(erased.numbers)},
    ).fetchall()
    return {str(id_) for (id_,) in rows}


def _whole(store: Store, blueprint: Blueprint, ids: tuple[str, ...]) -> Person:
    """Everything that these ids lead to: further ids by `ids`, until there are none; then keys."""
    connection, kinds = store.connection, stored_kinds(store, blueprint)
    person = Person(frozenset(ids))
    while True:
        mean(connection, person)
        found = {
            str(id_)
            for name, kind in kinds.items()
            if kind.ids
            for column in own_ids(kind)
            for (id_,) in connection.execute(
                f"SELECT DISTINCT CAST({quoted(column)} AS VARCHAR) FROM {record_table(name)}"
                f" WHERE ({' OR '.join(map(_is_id, own_ids(kind)))}) AND {quoted(column)} IS NOT NULL"
                f" LIMIT {MOST_IDS + 1}"
            ).fetchall()
        }
        if found <= person.ids:
            break
        person = Person(person.ids | found)
        if len(person.ids) > MOST_IDS + len(ids):
            mean_nobody(connection)
            raise UsageError(
                "person-unclear",
                _("This id leads to more than %(most)d others: some value stands for nobody in particular.")
                % {"most": MOST_IDS},
                _("Take that column out of `ids` in the blueprint, or mend the records."),
            )
    keys = {
        (name, str(key))
        for name in linked_kinds(blueprint) & kinds.keys()
        for (key,) in connection.execute(
            f"SELECT _key FROM {record_table(name)} WHERE {_leads_to(blueprint, name)}"
        ).fetchall()
    }
    mean_nobody(connection)
    return Person(person.ids, frozenset(keys))


def _leads_to(blueprint: Blueprint, name: str) -> str:
    """SQL over a linked kind: whether who is meant is the customer of the records that lead here."""
    columns = {
        kind.customer.partition(".")[2]
        for kind in blueprint.records.values()
        if (link := by_link(kind)) and link.to == name
    }
    return " OR ".join(_is_id(column) for column in sorted({*columns, *own_ids(blueprint.records[name])}))


def _is_named(store: Store, blueprint: Blueprint, person: Person) -> bool:
    """Whether any record, quarantined row or number of a customer has one of these ids."""
    connection = store.connection
    mean(connection, person)
    try:
        queries = [
            f"SELECT 1 FROM {record_table(name)} WHERE {is_theirs(blueprint, kind)}"
            for name, kind in stored_kinds(store, blueprint).items()
        ]
        queries.append("SELECT 1 FROM customer WHERE customer IN (SELECT id FROM temp.person_id)")
        return any(connection.execute(f"{query} LIMIT 1").fetchall() for query in queries)
    finally:
        mean_nobody(connection)


def _leading(
    store: Store, blueprint: Blueprint, spellings: tuple[str, ...], by: str | None
) -> dict[str, set[str]]:
    """The columns in which the id stands, and the customers of those records: a few are enough."""
    connection, kinds = store.connection, stored_kinds(store, blueprint)
    places = {
        f"{name}.{column}": (name, column)
        for name, kind in kinds.items()
        for column in sorted(identifying_columns(kind))
    }
    if by is not None and by not in places:
        raise UsageError(
            "column-unknown",
            _("There is no column “%(column)s” with ids.") % {"column": by},
            allowed=[CUSTOMER, *places],
        )
    found = {}
    for place, (name, column) in places.items():
        if by not in (None, place):
            continue
        rows = connection.execute(
            f"SELECT DISTINCT {_customer(kinds, name)} FROM {record_table(name)} AS record"
            f" WHERE CAST({quoted(column)} AS VARCHAR) IN (SELECT unnest(?::VARCHAR[])) LIMIT 3",
            [list(spellings)],
        ).fetchall()
        if ids := {str(id_) for (id_,) in rows if id_ is not None}:
            found[place] = ids
    return found


def _customer(kinds: Mapping[str, RecordKind], name: str) -> str:
    """SQL for the customer of a record that is called `record`."""
    kind = kinds[name]
    link, column = by_link(kind), kind.customer.rpartition(".")[2]
    if link is None:
        return f"CAST(record.{quoted(column)} AS VARCHAR)"
    if link.to not in kinds:
        return "NULL::VARCHAR"
    return (
        f"(SELECT any_value(CAST(t.{quoted(column)} AS VARCHAR)) FROM {record_table(link.to)} AS t"
        f" WHERE t._key = CAST(record.{quoted(link.by)} AS VARCHAR))"
    )


def _is_id(column: str) -> str:
    return f"coalesce(CAST({quoted(column)} AS VARCHAR) IN (SELECT id FROM temp.person_id), FALSE)"


def _keys(kind: str) -> str:
    return f"SELECT key FROM temp.person_key WHERE kind = {literal(kind)}"

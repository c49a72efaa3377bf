"""What happens to stored records when their kind is declared anew."""

import json
from collections.abc import Mapping

from troth.blueprint.schema import Blueprint, RecordKind
from troth.errors import TrothError
from troth.intake.comments import note_read
from troth.intake.keys import key_columns, sole_text
from troth.intake.lookups import looked_up
from troth.store import Store
from troth.store.tables import (
    BOOKKEEPING,
    HASH,
    TYPES,
    ensure_record_table,
    hash_column,
    kept,
    record_columns,
    record_table,
)
from troth.texts import _

_HARMLESS = {("BIGINT", "DOUBLE"), ("BIGINT", "VARCHAR"), ("BOOLEAN", "VARCHAR"), ("DATE", "VARCHAR")}
"""Changes of type in which no value is lost or read anew: (from, to)."""


def follow(store: Store, blueprint: Blueprint, name: str, kind: RecordKind) -> tuple[str, ...]:
    """Give the kind's table its declared columns, in the open transaction.

    Notes on what that did to stored records.

    A new column is empty in them, one no longer declared is dropped, a type widens where no value is lost;
    not so in the key: the same record would get another one, and be counted twice.

    Raises:
        TrothError: `type-changed`, `key-changed`: the stored records cannot follow.
    """
    stored = record_columns(store.connection, name)
    notes: tuple[str, ...] = ()
    if _has_records(store, name):
        check_stored(store, blueprint, name, kind)
        notes = _notes(stored, kind)
    else:
        if stored:
            store.connection.execute(f"DROP TABLE {record_table(name)}")
        note_read(store, blueprint, name, kind)
    columns = [column for column in looked_up(blueprint, name) if column in kind.columns]
    ensure_record_table(store.connection, name, kind, sole_text(kind), columns)
    store.set_setting(_setting(name), _key(kind))
    return notes


def stands(store: Store, blueprint: Blueprint, name: str, kind: RecordKind, there: Mapping[str, str]) -> bool:
    """Whether the kind's table, with the columns `there`, is as `follow` would leave it."""
    looked = [column for column in looked_up(blueprint, name) if column in kind.columns]
    wanted = kept(kind.columns) | BOOKKEEPING | {hash_column(column): BOOKKEEPING[HASH] for column in looked}
    return dict(there) == wanted and store.setting(_setting(name)) == _key(kind)


def check_stored(store: Store, blueprint: Blueprint, name: str, kind: RecordKind) -> None:
    """Raises TrothError `key-changed` or `type-changed` when stored records cannot follow the declaration."""
    if not _has_records(store, name):
        return
    where = blueprint.where("records", name)
    if store.setting(_setting(name)) not in (None, _key(kind)):
        message = _("The key of “%(kind)s” has changed.") % {"kind": name}
        raise _cannot_follow("key-changed", message, where)
    stored = record_columns(store.connection, name)
    for column, declared in kind.columns.items():
        change = (stored.get(column, TYPES[declared.type]), TYPES[declared.type])
        if change[0] != change[1] and change not in _HARMLESS:
            message = _("The type of the column “%(column)s” has changed.") % {"column": column}
            raise _cannot_follow("type-changed", message, where)


def _has_records(store: Store, name: str) -> bool:
    there = record_columns(store.connection, name)
    query = f"SELECT 1 FROM {record_table(name)} LIMIT 1"
    return bool(there) and bool(store.connection.execute(query).fetchall())


def _setting(name: str) -> str:
    return f"key:{name}"


def _key(kind: RecordKind) -> str:
    return json.dumps([(column, kind.columns[column].type) for column in key_columns(kind)])


def forget_records(store: Store, name: str) -> None:
    """Drop all records of the kind, its quarantine and its list of imports."""
    with store.transaction() as connection:
        connection.execute(f"DROP TABLE IF EXISTS {record_table(name)}")
        for table in ("quarantine", "import_run"):
            connection.execute(f"DELETE FROM {table} WHERE kind = ?", [name])


def _notes(stored: dict[str, str], kind: RecordKind) -> tuple[str, ...]:
    new = [column for column in kind.columns if column not in stored]
    gone = [column for column in stored if column not in kind.columns and not column.startswith("_")]
    return (
        *(
            _("The column “%(column)s” is new: it is empty in earlier records until they are imported again.")
            % {"column": column}
            for column in new
        ),
        *(
            _("The column “%(column)s” is no longer declared; its values were removed.") % {"column": column}
            for column in gone
        ),
    )


def _cannot_follow(code: str, message: str, where: str) -> TrothError:
    return TrothError(
        code,
        message,
        _("Undo the change, or remove the kind's records with `troth forget` and import them again."),
        where=where,
    )

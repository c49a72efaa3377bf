"""By which columns records are looked up when something they belong to arrives: each has its hash."""

from troth.blueprint.schema import Blueprint
from troth.intake.keys import key_columns
from troth.store import Store, tables
from troth.store.tables import HASH, add_hashes, hash_column


def looked_up(blueprint: Blueprint, kind: str) -> tuple[str, ...]:
    """The columns of `kind`, beside its key, that links and segments look its records up by, in order."""
    found = {
        column: None
        for of, column in (*_links(blueprint), *_customers(blueprint))
        if of == kind and of in blueprint.records and not _is_key(blueprint, of, column)
    }
    return tuple(sorted(found))


def hash_of(blueprint: Blueprint, kind: str, column: str) -> str:
    """The column with the hashes of `column`."""
    return HASH if _is_key(blueprint, kind, column) else hash_column(column)


def ensure_lookups(store: Store, blueprint: Blueprint) -> None:
    """Give every kind's table the hashes that the blueprint needs, in the open transaction."""
    for kind in set(tables.record_kinds(store.connection)) & blueprint.records.keys():
        there = tables.record_columns(store.connection, kind)
        wanted = [column for column in looked_up(blueprint, kind) if column in there]
        add_hashes(store.connection, kind, [HASH, *map(hash_column, wanted)])


def customer_column(blueprint: Blueprint, kind: str) -> tuple[str | None, str, str]:
    """Where a kind has its customer: (link or None, the kind whose column it is, the column)."""
    declared = blueprint.records[kind]
    link, _dot, column = declared.customer.rpartition(".")
    return (link, declared.links[link].to, column) if link else (None, kind, column)


def _links(blueprint: Blueprint) -> list[tuple[str, str]]:
    return [(name, link.by) for name, kind in blueprint.records.items() for link in kind.links.values()]


def _customers(blueprint: Blueprint) -> list[tuple[str, str]]:
    return [customer_column(blueprint, segment.source)[1:] for segment in blueprint.segments]


def _is_key(blueprint: Blueprint, kind: str, column: str) -> bool:
    return key_columns(blueprint.records[kind]) == (column,)

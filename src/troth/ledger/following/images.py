"""Images of the touched records, before and after: small temporary tables that rules run on.

Touched are the records that are written, and those that link to one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

import duckdb

from troth.blueprint.schema import Link
from troth.intake.lookups import customer_column, hash_of
from troth.intake.places import rows_of
from troth.intake.writing import fresh, replaced
from troth.ledger.following.plan import IS, TOLD, WAS, Plan, TellingPlan, image
from troth.store.tables import HASH, hashed, quoted, record_table

Kinds = Sequence[str]
Touched: TypeAlias = Mapping[str, bool]
"""The kinds that a batch touches, and of each whether there were records before."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where images are taken: `there` are the columns of every kind's table, read once."""

    connection: duckdb.DuckDBPyConnection
    plan: Plan
    there: Mapping[str, Mapping[str, str]]


def picture(scene: Scene, arriving: Kinds) -> Touched:
    """Make the images before and after of what `arriving` kinds touch; return the kinds that are touched."""
    sizes = {kind: _pictured(scene, kind, arriving) for kind in scene.plan.kinds}
    touched = {kind: before > 0 for kind, (before, after) in sizes.items() if before or after}
    targets = {link.to for kind in touched for link in scene.plan.kinds[kind].links}
    for target in targets:
        needed = [
            f"SELECT CAST({quoted(link.by)} AS VARCHAR) AS k FROM {image(state, kind)}"
            for kind in touched
            for link in scene.plan.kinds[kind].links
            if link.to == target
            for state in (WAS, IS)
        ]
        written = target in arriving
        _linked(scene, target, needed, WAS, written=written)
        kept = f" WHERE _key NOT IN (SELECT _key FROM {fresh(target)})" if written else ""
        added = (
            f" UNION ALL BY NAME SELECT {_names(scene.plan, target)} FROM {fresh(target)}" if written else ""
        )
        _table(
            scene.connection,
            image(IS, target, linked=True),
            f"SELECT * FROM {image(WAS, target, linked=True)}{kept}{added}",
        )
    return touched


def picture_of_customers(scene: Scene, telling: TellingPlan, customers: str) -> None:
    """Make the image `TOLD`: the kind's records, as they are now, of the customers in a table."""
    kind, read = telling.kind, telling.columns
    link, of, column = customer_column(scene.plan.blueprint, kind)
    wanted = f"SELECT customer AS k FROM {customers}"
    if link is None:
        found = _found(scene, kind, column, wanted, read)
    else:
        by = scene.plan.blueprint.records[kind].links[link].by
        owned = _found(scene, of, column, wanted, frozenset())
        found = _found(scene, kind, by, f"SELECT _key AS k FROM ({owned})", read)
    _table(scene.connection, image(TOLD, kind), found)
    for target in {link.to for link in telling.links}:
        needed = [
            f"SELECT CAST({quoted(link.by)} AS VARCHAR) AS k FROM {image(TOLD, kind)}"
            for link in telling.links
            if link.to == target
        ]
        _linked(scene, target, needed, TOLD)


def _pictured(scene: Scene, kind: str, arriving: Kinds) -> tuple[int, int]:
    """Make both images of a kind; how many records are in them."""
    own = scene.plan.kinds[kind]
    names = _names(scene.plan, kind)
    moving = [link for link in own.links if link.to in arriving]
    if kind not in arriving and not moving:
        return 0, 0
    moved = _moved(scene, kind, moving, written=kind in arriving)
    written = {WAS: replaced(kind), IS: fresh(kind)} if kind in arriving else {}
    was, is_ = (
        _table(
            scene.connection,
            image(state, kind),
            " UNION ALL BY NAME ".join(
                [*([f"SELECT {names} FROM {written[state]}"] if written else []), *moved]
            ),
        )
        for state in (WAS, IS)
    )
    return was, is_


def _moved(scene: Scene, kind: str, links: Iterable[Link], *, written: bool) -> list[str]:
    """A SELECT of the records that link to what is written, and are not written themselves."""
    found = [_found(scene, kind, link.by, f"SELECT _key AS k FROM {fresh(link.to)}") for link in links]
    if not found:
        return []
    _table(scene.connection, quoted(f"follow_moved {kind}"), " UNION BY NAME ".join(found))
    kept = f" WHERE _key NOT IN (SELECT _key FROM {fresh(kind)})" if written else ""
    return [f"SELECT * FROM {quoted(f'follow_moved {kind}')}{kept}"]


def _linked(scene: Scene, kind: str, needed: Iterable[str], state: str, *, written: bool = False) -> None:
    """The image of the records that others link to; those that are `written` are at hand."""
    wanted, at_hand = f"SELECT DISTINCT k FROM ({' UNION ALL '.join(needed)})", ""
    if written:
        at_hand = (
            f" UNION ALL SELECT {_names(scene.plan, kind)} FROM {replaced(kind)}"
            f" WHERE _key IN (SELECT k FROM ({' UNION ALL '.join(needed)}))"
        )
        wanted = f"SELECT k FROM ({wanted}) WHERE k NOT IN (SELECT _key FROM {fresh(kind)})"
    _table(scene.connection, "follow_needed", wanted)
    found = _found(scene, kind, None, "SELECT k FROM follow_needed")
    _table(scene.connection, image(state, kind, linked=True), f"{found}{at_hand}")


def _found(
    scene: Scene, kind: str, column: str | None, wanted: str, read: AbstractSet[str] | None = None
) -> str:
    """A SELECT of the stored records whose `column` (None: whose key) is in the column `k` of `wanted`.

    Of their columns only those in `read`, by default all. By hash first: the texts of millions of records
    need not be read.
    """
    existing = scene.there.get(kind, {})
    types = {name: type_ for name, type_ in scene.plan.columns[kind].items() if read is None or name in read}
    names = [
        quoted(name)
        if existing.get(name) == type_
        else f"CAST({quoted(name) if name in existing else 'NULL'} AS {type_}) AS {quoted(name)}"
        for name, type_ in types.items()
    ]
    text = "_key" if column is None else f"CAST({quoted(column)} AS VARCHAR)"
    where = HASH if column is None else hash_of(scene.plan.blueprint, kind, column)
    if where not in existing or (column is not None and column not in existing):
        nothing = [f"CAST(NULL AS {type_}) AS {quoted(name)}" for name, type_ in types.items()]
        return f"SELECT {', '.join([*nothing, 'CAST(NULL AS VARCHAR) AS _key'])} WHERE FALSE"
    return rows_of(
        scene.connection,
        record_table(kind),
        quoted(where),
        f"SELECT {hashed('k')} FROM ({wanted})",
        selected=", ".join([*names, "_key"]),
        text=text,
        wanted=wanted,
    )


def _names(plan: Plan, kind: str) -> str:
    return ", ".join([*map(quoted, plan.columns[kind]), "_key"])


def _table(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> int:
    """Make a temporary table; how many rows it has."""
    [(rows,)] = connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}").fetchall()
    return int(rows)

"""Records that arrive while a workspace runs: those of erased people are counted and go no further."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from troth.blueprint.schema import RecordKind
from troth.intake.headers import places_of
from troth.intake.importing import declared_kind
from troth.intake.keeping import next_import
from troth.intake.personal import own_ids
from troth.intake.persons import PARTED, linked_kinds
from troth.intake.sifting import note_keys, sift
from troth.store.erasures import PERSON, ErasureList

if TYPE_CHECKING:
    from troth.store import Store
    from troth.workspace.carrying import Load
    from troth.workspace.facade import Workspace

_PIECES = re.compile(PARTED)


def keep_out(store: Store, workspace: Workspace, load: Load) -> dict[str, int]:
    """Take the rows of erased people out of `load`; how many, by kind."""
    erased = workspace.erased()
    if erased is None:
        return {}
    blueprint, counts = workspace.blueprint, dict[str, int]()
    linked = linked_kinds(blueprint)
    for name in sorted(load.arrivals, key=lambda name: name not in linked):  # others lead through these
        kind = declared_kind(blueprint, name)
        load.arrivals[name], sifted = sift(store.connection, name, kind, load.arrivals[name], erased)
        erased = note_keys(erased, sifted) or erased
        counts[name] = sifted.taken
    for name, rows in load.refused.items():
        known = name in blueprint.records
        kept = [row for row in rows if not (known and _is_erased(erased, blueprint.records[name], row.row))]
        counts[name] = counts.get(name, 0) + len(rows) - len(kept)
        load.refused[name] = kept
    return {name: n for name, n in counts.items() if n}


def count_kept_out(store: Store, counts: Mapping[str, int], *, now_ms: int, source: str) -> None:
    """Keep a line in `import_run` for each kind of which rows were kept out, in the open transaction."""
    for name, n in counts.items():
        store.connection.execute(
            "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
            [next_import(store), name, source, now_ms, now_ms, n],
        )


def _is_erased(erased: ErasureList, kind: RecordKind, text: str) -> bool:
    return any(erased.has(PERSON, value.strip()) for value in _ids(kind, json.loads(text)))


def _ids(kind: RecordKind, row: dict[str, object]) -> Iterator[str]:
    """The texts in a row as it came that may be ids of its customer."""
    if isinstance(line := row.get("_line"), str):
        yield from _PIECES.split(line)
    headers = list(row)
    for column in own_ids(kind):
        wanted = kind.columns[column].source or column
        for place in (*places_of(wanted, headers), *places_of(column, headers)):
            value = row[headers[place]]
            if value is not None:
                yield str(value)

"""Reading quarantined rows anew, after the blueprint was mended."""

import time

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.intake import comments, experiences, pseudonyms
from troth.intake.headers import places_of
from troth.intake.importing import declared_kind
from troth.intake.keeping import Arrival, keep
from troth.intake.plan import Plan
from troth.intake.quarantine import REPLAYABLE
from troth.intake.readers.base import SAMPLE_ROWS, Landing
from troth.intake.resolving import resolved
from troth.intake.sql import literal
from troth.intake.staging import dropped_afterwards, stage
from troth.intake.summary import ImportSummary
from troth.store import Store, faults
from troth.store.erasures import ErasureList

SOURCE = "quarantine"


def replay_quarantine(
    store: Store,
    blueprint: Blueprint,
    kind: str | None = None,
    *,
    dry_run: bool = False,
    now_ms: int | None = None,
    erased: ErasureList | None = None,
) -> list[ImportSummary]:
    """Read the quarantined rows of `kind`, by default of every kind, anew as the blueprint now says.

    Returns a summary for each kind.

    Rows that still cannot be used stay, with their reason of today. Not replayed: duplicates, which a later
    row has outdone, and rows that could not be taken apart. A record stored after the row was quarantined is
    newer and stays. Rows of `erased` people go.

    Raises:
        UsageError: `kind-unknown`.
        TrothError: as for an import.
    """
    if kind is not None:
        declared_kind(blueprint, kind)
    pseudonyms.check_unmixed(store, wanted=blueprint.privacy.pseudonymise)
    now_ms = round(time.time() * 1000) if now_ms is None else now_ms
    query = (
        f"SELECT DISTINCT kind FROM quarantine WHERE {REPLAYABLE} AND (kind = ? OR ? IS NULL) ORDER BY kind"
    )
    kinds = [name for (name,) in store.connection.execute(query, [kind, kind]).fetchall()]
    return [
        _replayed(store, blueprint, name, now_ms, erased, dry_run=dry_run)
        for name in kinds
        if name in blueprint.records or name == READY_MADE
    ]


def _replayed(
    store: Store,
    blueprint: Blueprint,
    name: str,
    now_ms: int,
    erased: ErasureList | None,
    *,
    dry_run: bool,
) -> ImportSummary:
    connection = store.connection
    rows = (
        f"(SELECT * FROM quarantine WHERE kind = {literal(name)} AND {REPLAYABLE} ORDER BY import_no, row_no)"
    )
    found = connection.execute(
        f"SELECT DISTINCT unnest(json_keys(row_json)) AS key FROM {rows} ORDER BY key"
    ).fetchall()
    kind = declared_kind(blueprint, name)
    fields, headers = _fields(kind, [header for (header,) in found])
    places = {column: place for place, column in enumerate(kind.columns)}
    sample = connection.execute(
        f"SELECT {', '.join(fields.values())} FROM {rows} LIMIT {SAMPLE_ROWS}"
    ).fetchall()
    kind, notes = resolved(kind, places, sample)
    checks = experiences.checks(blueprint) if name == READY_MADE else ()
    with faults.reported(store.path), dropped_afterwards(connection):
        landing = Landing(rows, fields, "row_no", since="import_no")
        staged = stage(connection, landing, Plan(kind, headers, places, now_ms, checks=checks))
        comments.read_staged(store, blueprint, staged)
        arrival = Arrival(name, SOURCE, SOURCE, notes, replayed=True)
        return keep(store, blueprint, arrival, staged, dry_run=dry_run, erased=erased)


def _fields(kind: RecordKind, found: list[str]) -> tuple[dict[int, str], dict[str, str]]:
    """Each column's text in the kept rows, and its header there; files may have spelt it in several ways."""
    fields, headers = {}, {}
    for place, (name, column) in enumerate(kind.columns.items()):
        wanted = column.source or name
        spellings = [found[index] for index in places_of(wanted, found)]
        texts = [f"json_extract_string(row_json, {literal(_pointer(header))})" for header in spellings]
        fields[place] = f"coalesce({', '.join(texts)})" if texts else "NULL::VARCHAR"
        headers[name] = spellings[0] if spellings else wanted
    return fields, headers


def _pointer(header: str) -> str:
    return "/" + header.replace("~", "~0").replace("/", "~1")

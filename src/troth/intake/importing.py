"""Bringing records in: from a source to the kind's table, all of it or nothing."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.errors import TrothError, UsageError, nearest
from troth.intake import comments, experiences, pseudonyms
from troth.intake.headers import match
from troth.intake.keeping import Arrival, keep
from troth.intake.personal import personal_columns
from troth.intake.plan import Plan
from troth.intake.progress import Progress, reported
from troth.intake.readers.base import Reader, UnreadableError
from troth.intake.readers.dispatch import open_reader, shown
from troth.intake.resolving import resolved
from troth.intake.staging import Staged, dropped_afterwards, stage
from troth.intake.summary import ImportSummary
from troth.intake.writing import Around
from troth.store import Store, faults
from troth.store.erasures import ErasureList
from troth.texts import _


def import_source(  # noqa: PLR0913 - the one door to this room
    store: Store,
    blueprint: Blueprint,
    kind: str,
    source: str | Path,
    *,
    pseudonym_key: bytes | None = None,
    dry_run: bool = False,
    now_ms: int | None = None,
    progress: Progress | None = None,
    name: str | None = None,
    around: Around | None = None,
    erased: ErasureList | None = None,
) -> ImportSummary:
    """Import the rows of `source` as records of `kind`, in one transaction.

    Args:
        store: The open store.
        blueprint: The journey.
        kind: The name of one of its record kinds, or `experiences`.
        source: A file (CSV, JSON, NDJSON, each also .gz; Parquet; a workbook, perhaps with `#sheet` behind
        its name), or a database table's URL with `#table` behind it.
        pseudonym_key: The key of the pseudonyms, at least 16 bytes; needed where `privacy.pseudonymise` is
        set.
        dry_run: Do everything but keep it; the summary then has a preview.
        now_ms: The clock, in epoch milliseconds; default: the system's.
        progress: Called with a stage's name (`reading`, `storing`) and its done share, or None.
        name: What the source is called in the list of imports; default: where it is.
        around: What goes on around the writing of records that are few beside those there, so that what is
            derived can follow (`ledger.follower`).
        erased: The people who do not come in again.

    Raises:
        UsageError: The source is not as the blueprint says; where, and how to mend it.
        TrothError: The source is damaged or out of reach, the stored records cannot follow a changed
            declaration, or the store cannot take them.
    """
    declared = declared_kind(blueprint, kind)
    now_ms = round(time.time() * 1000) if now_ms is None else now_ms
    key = pseudonyms.checked_key(store, pseudonym_key, wanted=blueprint.privacy.pseudonymise)
    personal = frozenset(personal_columns(blueprint, declared)) if key else frozenset()
    pseudonyms.check_columns(declared, personal, blueprint.where("records", kind))
    with (
        faults.reported(store.path),
        _passing_folder(store) as folder,
        dropped_afterwards(store.connection),
    ):
        expected = tuple(column.source or name for name, column in declared.columns.items())
        reader = open_reader(str(source), folder, declared.file, expected)
        where = shown(str(source))
        places, missing = match(blueprint, kind, declared, reader.headers, where)
        declared, doubts = resolved(declared, places, reader.sample())
        plan = Plan(
            declared,
            {name: reader.headers[place] for name, place in places.items()},
            places,
            now_ms,
            personal,
            key,
            experiences.checks(blueprint) if kind == READY_MADE else (),
        )
        with reported(store.connection, "reading", progress):
            staged = _staged(store, reader, plan, where)
        comments.read_staged(store, blueprint, staged, progress)
        arrival = Arrival(kind, name or where, reader.form, (*reader.notes, *missing, *doubts))
        with reported(store.connection, "storing", progress):
            return keep(store, blueprint, arrival, staged, dry_run=dry_run, around=around, erased=erased)


def declared_kind(blueprint: Blueprint, name: str) -> RecordKind:
    """The record kind `name` of the blueprint, or the built-in one of ready-made experiences."""
    kind = blueprint.records.get(name) or (experiences.KIND if name == READY_MADE else None)
    if kind is None:
        near = nearest(name, blueprint.records)
        raise UsageError(
            "kind-unknown",
            _("There is no record kind “%(name)s” in the blueprint.") % {"name": name},
            _("Did you mean “%(near)s”?") % {"near": near} if near else "",
            allowed=blueprint.records,
        )
    return kind


def _staged(store: Store, reader: Reader, plan: Plan, where: str) -> Staged:
    for way in reader.landings(store.connection, plan.marks()):
        try:
            with way as landing:
                staged = stage(store.connection, landing, plan)
        except UnreadableError:
            continue
        if not staged.read(store.connection):
            raise UsageError("source-empty", _("The source has a header but no rows."), where=where)
        return staged
    raise TrothError("source-unreadable", _("The source cannot be read to its end."), where=where)


@contextmanager
def _passing_folder(store: Store) -> Iterator[Path]:
    """A folder beside the store for copies that are needed only now.

    What a killed import left there goes, too.
    """
    folder = store.path.with_name(f"{store.path.name}.intake")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""Keeping what was staged: records, quarantine and the line in `import_run`, in one transaction."""

import time
from contextlib import suppress
from dataclasses import dataclass

from troth.blueprint.schema import Blueprint
from troth.intake import declaration, pseudonyms, quarantine
from troth.intake.comments import mask_raw
from troth.intake.merging import merge
from troth.intake.preview import preview
from troth.intake.sifting import note_keys, sift_staged
from troth.intake.staging import Staged
from troth.intake.summary import ImportSummary
from troth.intake.writing import Around
from troth.store import Store
from troth.store.erasures import ErasureList

_COUNTER = "import_no"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What arrived.

    The kind's name, where from, in which form, and notes; `replayed`: from the quarantine.
    """

    kind: str
    source: str
    form: str
    notes: tuple[str, ...] = ()
    replayed: bool = False


class _TakenBackError(Exception):
    """Rolls a dry run back."""


def keep(
    store: Store,
    blueprint: Blueprint,
    arrival: Arrival,
    staged: Staged,
    *,
    dry_run: bool = False,
    around: Around | None = None,
    erased: ErasureList | None = None,
) -> ImportSummary:
    """Merge the staged rows into the store, those of `erased` people left out.

    A dry run does the same and takes it back.
    """
    with suppress(_TakenBackError), store.transaction():
        following = None if dry_run else around
        summary = _kept(store, blueprint, arrival, staged, following, erased, dry_run=dry_run)
        _take_back_if(dry_run)
    return summary


def next_import(store: Store) -> int:
    """The number of an import that begins now, in the open transaction."""
    import_no = int(store.setting(_COUNTER) or 0) + 1
    store.set_setting(_COUNTER, str(import_no))
    return import_no


def _take_back_if(dry_run: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if dry_run:
        raise _TakenBackError


def _kept(
    store: Store,
    blueprint: Blueprint,
    arrival: Arrival,
    staged: Staged,
    around: Around | None,
    erased: ErasureList | None,
    *,
    dry_run: bool,
) -> ImportSummary:
    connection, plan, kind = store.connection, staged.plan, arrival.kind
    begun = time.monotonic()
    import_no = next_import(store)
    if plan.pseudonym_key:
        pseudonyms.keep_fingerprint(store, plan.pseudonym_key)
    read = staged.read(connection)
    sifted = sift_staged(connection, kind, plan.kind, erased)
    if not dry_run:
        note_keys(erased, sifted)
    mask_raw(connection, staged)
    notes = declaration.follow(store, blueprint, kind, plan.kind)
    counts = merge(connection, kind, staged, import_no, around)
    if arrival.replayed:
        quarantine.take_out(connection, kind)
    reasons = quarantine.fill(connection, kind, staged, import_no)
    summary = ImportSummary(
        import_no=None if dry_run else import_no,
        kind=kind,
        source=arrival.source,
        format=arrival.form,
        read=read,
        added=counts.added,
        changed=counts.changed,
        same=counts.same,
        stale=counts.stale,
        quarantined=sum(reasons.values()),
        erased=sifted.taken,
        reasons=reasons,
        notes=(*arrival.notes, *notes),
        preview=preview(connection, kind, staged) if dry_run else None,
    )
    finished_ms = plan.now_ms + round((time.monotonic() - begun) * 1000)
    numbers = (summary.read, summary.added, summary.changed, summary.same, summary.stale, summary.quarantined)
    connection.execute(
        "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [import_no, kind, arrival.source, plan.now_ms, finished_ms, *numbers],
    )
    return summary

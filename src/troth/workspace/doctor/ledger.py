"""The blueprint, and the ledger by it."""

from __future__ import annotations

from collections import Counter

from troth.blueprint.lint import lint
from troth.blueprint.parameters import resolve
from troth.texts import _, ngettext, number
from troth.workspace.doctor.check import Check
from troth.workspace.doctor.patient import Patient

SHOWN = 3
"""So many differences are told in words; all of them are in the figures' number."""


def blueprint(patient: Patient) -> Check | None:
    """What `troth check` says, in a sentence; and whether a server goes by another one."""
    from troth.ledger.refresh import outdated
    from troth.workspace.observing import observed

    found, store = patient.blueprint, patient.store
    if found is None:
        return None
    if patient.in_force is not None and patient.in_force != found:
        return Check(
            "blueprint",
            "note",
            _("The file has changed since the server took it up; the server goes by the one before."),
            _("Look at the difference and take it on the server's page Data › Blueprint."),
            "blueprint-not-taken",
        )
    settings = resolve(found.parameters)
    fresh = store is not None and not outdated(store, found, settings)
    seen = observed(store, found, settings) if store is not None and fresh else None
    levels = Counter(str(one.level) for one in lint(found, seen))
    figures: dict[str, int | str | None] = {name: levels[name] for name in ("error", "warning", "info")}
    if not levels:
        return Check("blueprint", "fine", _("No faults and no doubts."), figures=figures)
    errors = levels["error"]
    if errors:
        said = ngettext("%(n)d fault.", "%(n)d faults.", errors) % {"n": errors}
    else:
        doubts = sum(levels.values())
        said = ngettext("No faults, %(n)d remark.", "No faults, %(n)d remarks.", doubts) % {"n": doubts}
    return Check(
        "blueprint",
        "finding" if errors else "note",
        said,
        _("`troth check` says what, where, and how to mend it."),
        "blueprint-doubtful",
        figures,
    )


def opened(patient: Patient) -> Check:
    """That it opens, and how it is laid out."""
    from troth.store.tables import LAYOUT, LAYOUT_SETTING

    store = patient.store
    if store is None:
        return Check(
            "ledger",
            "note",
            _("There is no ledger yet."),
            _("Import some records first: troth import KIND=FILE."),
            "store-missing",
        )
    layout, size = int(store.setting(LAYOUT_SETTING) or 0), store.path.stat().st_size
    said = _("It opens; layout %(layout)d, %(size)s MB.")
    return Check(
        "ledger",
        "fine" if layout == LAYOUT else "finding",
        said % {"layout": layout, "size": number(size / 1e6, 1)},
        figures={"layout": layout, "bytes": size},
    )


def derived(patient: Patient) -> Check | None:
    """That everything derived is what a full recomputation gives."""
    from troth.ledger import verify
    from troth.ledger.refresh import outdated

    store, found = patient.store, patient.in_force or patient.blueprint
    if store is None or found is None:
        return None
    settings = resolve(found.parameters)
    if outdated(store, found, settings):
        return Check(
            "derived",
            "note",
            _("Records or blueprint have changed; the next read-out brings the experiences up to date."),
            code="derived-outdated",
        )
    if not patient.whole:
        return Check(
            "derived",
            "note",
            _("Experiences and sums stand for the records there are; they were not worked out again."),
            _("Leave --quick out to compare them with a full recomputation."),
            "derived-unverified",
        )
    differences = verify(store, found, settings)
    if not differences:
        return Check("derived", "fine", _("Experiences, sums and read models equal a full recomputation."))
    tables = ", ".join(dict.fromkeys(one.table for one in differences))
    first = "; ".join(f"{one.table}: {one.key} ({one.surplus})" for one in differences[:SHOWN])
    return Check(
        "derived",
        "finding",
        _("What is derived differs from a full recomputation, in %(tables)s: %(first)s.")
        % {"tables": tables, "first": first},
        _("`troth doctor --repair` works it out anew from the records; end a running server before."),
        "derived-differs",
        {"differences": len(differences)},
    )


def quarantine(patient: Patient) -> Check | None:
    """How many rows could not be used."""
    if patient.store is None:
        return None
    rows = patient.store.connection.execute(
        "SELECT kind, count(*) FROM quarantine GROUP BY 1 ORDER BY 1"
    ).fetchall()
    if not rows:
        return Check("quarantine", "fine", _("It is empty."))
    total = sum(int(n) for _kind, n in rows)
    said = ngettext(
        "%(n)s row could not be used: %(kinds)s.", "%(n)s rows could not be used: %(kinds)s.", total
    )
    kinds = ", ".join(f"{kind} {number(n)}" for kind, n in rows)
    return Check(
        "quarantine",
        "note",
        said % {"n": number(total), "kinds": kinds},
        _(
            "`troth quarantine list` says why. Mend the export and import it again, or the blueprint, then "
            "`troth quarantine replay`."
        ),
        "quarantine-filled",
        dict(rows),
    )


def pseudonyms(patient: Patient) -> Check | None:
    """That the key is there, and is the one with which the ledger's pseudonyms were made."""
    from troth.intake.pseudonyms import checked_key, sound_key

    found = patient.in_force or patient.blueprint
    if found is None:
        return None
    wanted = found.privacy.pseudonymise
    if patient.store is not None:
        checked_key(patient.store, patient.key, wanted=wanted)
    elif wanted:
        sound_key(patient.key)
    if not wanted:
        return Check("pseudonyms", "fine", _("The blueprint wants none: ids are kept as they come."))
    return Check("pseudonyms", "fine", _("The key is there, and fits the ledger."))

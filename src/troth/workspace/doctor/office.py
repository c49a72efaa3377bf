"""The office: its layout, its inbox, and what it knows of erased people."""

from __future__ import annotations

import datetime as dt

from troth.errors import TrothError
from troth.ledger.following.carrying import MARK
from troth.store.erasures import FILE_NAME as ERASURES_NAME
from troth.store.erasures import ErasureList
from troth.store.office import Office
from troth.store.tables import record_kinds
from troth.texts import _, ngettext, number
from troth.workspace.doctor.check import Check, finding
from troth.workspace.doctor.patient import Patient

LONG_MS = 60_000
"""A record that waits longer than this beside a running server is a sign that nothing moves."""


def opened(patient: Patient) -> Check:
    """That it opens, is whole, and has the newest layout."""
    if patient.layout is None:
        return Check(
            "office",
            "note",
            _("There is none yet; `troth serve` makes it."),
            code="office-missing",
        )
    current, newest = patient.layout
    figures: dict[str, int | str | None] = {"layout": current, "newest": newest}
    if patient.office is None:
        return Check(
            "office",
            "note",
            _("It has layout %(layout)s and must be brought to %(newest)s.")
            % {"layout": current or "–", "newest": newest},
            _("The next start of `troth serve` does that; take a backup before."),
            "office-older",
            figures,
        )
    _demand_whole(patient.office)
    said = _("It opens at %(place)s; layout %(layout)s, the newest.")
    return Check("office", "fine", said % {"place": patient.office.place, "layout": current}, figures=figures)


def inbox(patient: Patient) -> Check | None:
    """How many records wait for the ledger, and since when."""
    if patient.queue is None:
        return None
    if patient.trouble is not None:
        return finding("inbox", patient.trouble)
    waiting = patient.queue.after(_mark(patient))
    records = sum(n for _seq, n, _at in waiting)
    if not waiting:
        return Check("inbox", "fine", _("Nothing waits for the ledger."), figures={"records": 0})
    since = min(at for _seq, _n, at in waiting)
    said = ngettext(
        "%(n)s record waits for the ledger since %(time)s UTC.",
        "%(n)s records wait for the ledger, the first since %(time)s UTC.",
        records,
    )
    moving = patient.is_served and patient.now_ms - since < LONG_MS
    return Check(
        "inbox",
        "fine" if moving else "finding",
        said % {"n": number(records), "time": _time(since)},
        ""
        if moving
        else _("The server's log says what hinders it.")
        if patient.is_served
        else _("They are safe; the next start of `troth serve` brings them in."),
        "" if moving else "records-waiting",
        {"records": records, "parcels": len(waiting), "since_ms": since},
    )


def mark(patient: Patient) -> Check | None:
    """That ledger and inbox are of one time: no parcel is missing between them."""
    if patient.queue is None or (patient.store is None and "ledger" in patient.faults):
        return None
    reached = _mark(patient)
    figures: dict[str, int | str | None] = {"mark": reached, "given": patient.queue.given}
    if (lost := patient.queue.lost(reached)) is not None:
        return Check(
            "mark",
            "finding",
            _("Ledger and inbox do not fit: the parcels %(first)s to %(last)s are in neither.")
            % {"first": number(lost[0]), "last": number(lost[1])},
            _(
                "The ledger is an older copy than the office. Bring both back from one backup, or send and "
                "import again what came in since that copy: what is there already changes nothing."
            ),
            "parcels-lost",
            {**figures, "first": lost[0], "last": lost[1]},
        )
    if patient.queue.given is not None and patient.queue.given < reached:
        return Check(
            "mark",
            "note",
            _("The office is new, or an older copy than the ledger."),
            _("Records are safe: the next start of `troth serve` numbers on from where the ledger is."),
            "office-behind",
            figures,
        )
    return Check(
        "mark", "fine", _("It fits the inbox: no parcel is missing between the two."), figures=figures
    )


def copy(patient: Patient) -> Check | None:
    """That a team's PostgreSQL has the records of this ledger, and how far."""
    from troth.store.records.state import check
    from troth.workspace.observing import records

    store, found, office = patient.store, patient.copy, patient.office
    if office is None or not office.is_postgresql or "ledger" in patient.faults:
        return None
    if found is None:
        return Check(
            "copy",
            "note",
            _("The database has no copy of the records yet; `troth serve` makes it."),
            code="copy-missing",
        )
    copied = sum(one.n for one in found.kinds.values())
    figures: dict[str, int | str | None] = {"records": copied}
    if store is None:
        said = ngettext("The database has %(n)s record.", "The database has %(n)s records.", copied)
        hint = _("The next start of `troth serve` makes the ledger anew from them.")
        return Check("copy", "finding", said % {"n": number(copied)}, hint, "ledger-lost", figures)
    check(store, found, office.place)
    copies = {kind: one.n for kind, one in found.kinds.items()}
    kinds = copies.keys() | set(record_kinds(store.connection))
    if any(copies.get(kind, 0) != records(store, kind) for kind in kinds):
        what = _("The copy of the records in the database does not have the ledger's newest state.")
        hint = _("A running server brings it up within seconds, else its next start does.")
        return Check("copy", "note", what, hint, "copy-behind", figures)
    said = ngettext(
        "The database has the ledger's %(n)s record.", "The database has the ledger's %(n)s records.", copied
    )
    return Check("copy", "fine", said % {"n": number(copied)}, figures=figures)


def erasures(patient: Patient) -> Check | None:
    """That the list of erased people is there, and that list and office know the same."""
    from sqlalchemy import func, select

    from troth.store.office.tables import erased, erasure

    listed = ErasureList.peek(patient.folder)
    digests = set(listed.numbers) if listed else set()
    if patient.office is None:
        return Check("erasures", "fine", _told(len(listed.made_ms) if listed else 0))
    with patient.office.snapshot() as connection:
        known = set(connection.execute(select(erased.c.subject_hash)).scalars())
        total, done = connection.execute(select(func.count(), func.count(erasure.c.done_ms))).one()
    figures: dict[str, int | str | None] = {"erasures": total, "pending": total - done}
    if missing := known - digests:
        what = _("The list of erased people is lost; without it they may come back.")
        if listed:
            what = _("The list of erased people lacks some that the office knows; they may come back.")
        hint = _("Bring %(name)s back from a backup.") % {"name": ERASURES_NAME}
        return Check(
            "erasures", "finding", what, hint, "erasures-missing", {**figures, "missing": len(missing)}
        )
    if total - done:
        said = ngettext("%(n)d erasure is not finished.", "%(n)d erasures are not finished.", total - done)
        return Check(
            "erasures",
            "finding",
            said % {"n": total - done},
            _(
                "A running server tries again every ten minutes, `troth erasures` at once. It needs room on "
                "the disk."
            ),
            "erasures-pending",
            figures,
        )
    if digests - known:
        return Check(
            "erasures",
            "finding",
            _("The list names people whom this office does not know to be erased."),
            _("`troth erasures` erases them here, too; a server does it when it starts."),
            "erasures-unknown",
            figures,
        )
    return Check("erasures", "fine", _told(total), figures=figures)


def _told(n: int) -> str:
    if not n:
        return _("Nobody was erased.")
    said = ngettext("List and office agree on %(n)d erasure.", "List and office agree on %(n)d erasures.", n)
    return said % {"n": n}


def _mark(patient: Patient) -> int:
    return int((patient.store and patient.store.setting(MARK)) or 0)


def _demand_whole(office: Office) -> None:
    from sqlalchemy import text

    if office.is_postgresql:
        return
    with office.transaction() as connection:
        answer = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    if answer != "ok":
        raise TrothError(
            "office-damaged",
            _("The office's file is damaged: %(reason)s.") % {"reason": answer},
            _("Bring the workspace back from its newest backup."),
            where=office.place,
        )


def _time(at_ms: int) -> str:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).strftime("%Y-%m-%d %H:%M")

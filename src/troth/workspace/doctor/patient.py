"""What is looked at: the parts of a workspace, open as they are, or why they cannot be opened."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from troth import blueprint as blueprints
from troth.blueprint.schema import Blueprint
from troth.errors import TrothError, UsageError
from troth.store import FILE_NAME, Store
from troth.store.office import Office
from troth.texts import _
from troth.workspace.base import BLUEPRINT_NAME
from troth.workspace.doctor.queue import Queue, copy_of, queue

if TYPE_CHECKING:
    from troth.store.records.state import Copy
    from troth.workspace.live import Live


@dataclass(slots=True)
class Patient:
    """A workspace to look at.

    Attributes:
        folder: Where it is.
        now_ms: The clock, in UTC epoch milliseconds.
        key: Of the pseudonyms.
        whole: Whether to compare what is derived with a full recomputation, too.
        blueprint: As its file says; None when it has faults.
        in_force: The blueprint that a server goes by; None without one.
        store: The ledger; None when there is none or it cannot be opened.
        office: The office of the newest layout; None otherwise.
        layout: Of the office that is there, and the newest; None when there is no office.
        queue: What waits in the inbox, read before the ledger's state was taken.
        copy: Of the records in a team's PostgreSQL, likewise; None without one.
        trouble: Why nothing moves from a running server's inbox into the ledger.
        faults: Why a part cannot be opened, by the check's name.
    """

    folder: Path
    now_ms: int
    key: bytes | None
    whole: bool = True
    blueprint: Blueprint | None = None
    in_force: Blueprint | None = None
    store: Store | None = None
    office: Office | None = None
    layout: tuple[str | None, str] | None = None
    queue: Queue | None = None
    copy: Copy | None = None
    trouble: TrothError | None = None
    faults: dict[str, TrothError] = field(default_factory=dict)

    @property
    def is_served(self) -> bool:
        """Whether a running server looks at itself."""
        return self.in_force is not None


@contextmanager
def alone(
    folder: Path, *, key: bytes | None, whole: bool = True, environment: Mapping[str, str] = os.environ
) -> Iterator[Patient]:
    """A workspace that no server has open. Nothing is made, migrated or changed.

    Raises:
        UsageError: `workspace-missing`.
    """
    _demand(folder)
    patient = Patient(folder, int(dt.datetime.now(dt.UTC).timestamp() * 1000), key, whole)
    _read_blueprint(patient)
    with ExitStack() as stack:
        with _noted(patient, "office"):
            patient.office = Office.look(folder, environment)
        if patient.office is not None:
            stack.callback(patient.office.close)
            _read_office(patient)
        if (folder / FILE_NAME).exists():
            with _noted(patient, "ledger"):
                patient.store = stack.enter_context(Store.open(folder, read_only=True))
        yield patient


@contextmanager
def served(live: Live, *, whole: bool = True) -> Iterator[Patient]:
    """The workspace of a running server, which goes on meanwhile."""
    patient = Patient(live.folder, live.now_ms(), live.pseudonym_key, whole, in_force=live.blueprint)
    patient.trouble = live.arrivals.mover.trouble
    _read_blueprint(patient)
    patient.office = live.office
    _read_office(patient)
    with live.reading() as workspace:
        patient.store = workspace.opened()
        yield patient


def _demand(folder: Path) -> None:
    if not (folder / BLUEPRINT_NAME).is_file():
        raise UsageError(
            "workspace-missing",
            _("There is no workspace here: no %(name)s.") % {"name": BLUEPRINT_NAME},
            _("Start one with `troth init shop`, or name its folder with -C."),
            where=str(folder),
        )


def _read_blueprint(patient: Patient) -> None:
    with _noted(patient, "blueprint"):
        patient.blueprint = blueprints.load(patient.folder / BLUEPRINT_NAME)


def _read_office(patient: Patient) -> None:
    """See how new the office is, and what waits in it; one of another layout is looked at no further."""
    from troth.store.office.layout import state

    office = patient.office
    with _noted(patient, "office"):
        if office is not None:
            patient.layout = state(office)
            if patient.layout[0] != patient.layout[1]:
                patient.office = None
            else:
                patient.queue, patient.copy = queue(office), copy_of(office)
    if "office" in patient.faults:
        patient.office = None


@contextmanager
def _noted(patient: Patient, name: str) -> Iterator[None]:
    try:
        yield
    except TrothError as error:
        patient.faults[name] = error
    except ModuleNotFoundError as error:
        patient.faults[name] = TrothError(
            "package-missing",
            _("The package %(name)s is not installed.") % {"name": error.name},
            _("Install Troth with what its server needs: pip install 'troth[server,postgres]'."),
        )

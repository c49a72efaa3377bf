"""All looks at a workspace, one after the other; what one of them cannot do hinders no other."""

from __future__ import annotations

import logging
from collections.abc import Callable

from troth.errors import TrothError
from troth.texts import _
from troth.workspace.doctor import folder, ledger, machine, office
from troth.workspace.doctor.check import Check, finding
from troth.workspace.doctor.patient import Patient

_LOG = logging.getLogger(__name__)

LOOKS: dict[str, Callable[[Patient], Check | None]] = {
    "blueprint": ledger.blueprint,
    "ledger": ledger.opened,
    "derived": ledger.derived,
    "quarantine": ledger.quarantine,
    "pseudonyms": ledger.pseudonyms,
    "office": office.opened,
    "inbox": office.inbox,
    "mark": office.mark,
    "copy": office.copy,
    "erasures": office.erasures,
    "permissions": folder.permissions,
    "labels": folder.labels,
    "disk": folder.disk,
    "backups": folder.backups,
    "browser": machine.browser,
    "fonts": machine.fonts,
}
"""By the name of what is looked at, in the order in which it is told; None where that does not apply."""


def examine(patient: Patient) -> list[Check]:
    """Look at everything."""
    return [check for name in LOOKS if (check := _looked(name, patient)) is not None]


def _looked(name: str, patient: Patient) -> Check | None:
    if (fault := patient.faults.get(name)) is not None:
        return finding(name, fault)
    try:
        return LOOKS[name](patient)
    except TrothError as error:
        return finding(name, error)
    except Exception as error:  # noqa: BLE001 - the others are looked at all the same
        _LOG.debug("the look at %s went wrong", name, exc_info=True)
        return Check(
            name,
            "failure",
            _("Something went wrong that Troth did not foresee: %(what)s.")
            % {"what": f"{type(error).__name__}: {error}"},
            _("This is a fault of Troth, or of this machine."),
            "unexpected",
        )

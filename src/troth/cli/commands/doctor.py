"""`troth doctor`: what is wrong in a workspace, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import declare, json_option, key_file_option, option, pseudonym_key
from troth.errors import TrothError
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.workspace.doctor import Check
    from troth.workspace.doctor.check import State

FAILURE, FINDINGS = 3, 1


@declare(
    "doctor",
    lazy(
        "Look a workspace over: what is wrong, and how to mend it.\n\n"
        "Blueprint, ledger and office; whether everything derived equals a full recomputation; records that "
        "wait, quarantine, pseudonyms, erasures; who may read the files, room on the disk, backups, the "
        "server and what audits need. Nothing is changed. While a server has the workspace open, it looks "
        "itself over and goes on. The exit code is 1 when there is something to mend, and 3 when a look went "
        "wrong."
    ),
)
@option(
    "--quick", is_flag=True,
    help=lazy("Leave out the recomputation, which takes as long as the ledger is large."),
)  # fmt: skip
@option(
    "--repair", "repairing", is_flag=True,
    help=lazy(
        "Mend what can be mended without harm: work out anew what is derived, leave secrets to their owner "
        "(chmod 600), remove what a server that is gone has left. Then look again."
    ),
)  # fmt: skip
@key_file_option
@json_option
@click.pass_obj
def command(invocation: Invocation, quick: bool, repairing: bool, key_file: Path | None) -> int:
    """Look, mend where that is asked for, and print a line for each thing."""
    key, done = pseudonym_key(key_file), dict[str, str]()
    checks = _looked(invocation, key, whole=not quick, alone=repairing)
    if repairing:
        from troth.workspace.doctor import repair

        done = repair(invocation.folder, checks)
        checks = _looked(invocation, key, whole=not quick, alone=True) if done else checks
    findings = sum(check.state == "finding" for check in checks)
    failures = sum(check.state == "failure" for check in checks)
    if invocation.json:
        counts = {"findings": findings, "failures": failures}
        invocation.emit({"checks": [asdict(check) for check in checks], **counts, "repaired": list(done)})
    else:
        from troth.cli.views.doctor import show_checks

        for said in done.values():
            invocation.note(said)
        show_checks(invocation.console(), checks)
    return FAILURE if failures else FINDINGS if findings else 0


def _looked(invocation: Invocation, key: bytes | None, *, whole: bool, alone: bool) -> Sequence[Check]:
    """All looks, the server's own where one runs; with `alone` none may run."""
    from troth.workspace import doctor
    from troth.workspace.presence import announcement
    from troth.workspace.remote import examined

    found = announcement(invocation.folder)
    if found is not None and (checks := examined(found, whole=whole)) is not None:
        if alone:
            raise TrothError(
                "server-running",
                _("The server at %(address)s has this workspace open.") % {"address": found.address},
                _("End it first; without --repair it looks itself over."),
                where=str(invocation.folder),
            )
        return [*checks, _server("fine", _("It runs at %(address)s.") % {"address": found.address})]
    with doctor.alone(invocation.folder, key=key, whole=whole) as patient:
        checks = doctor.examine(patient)
    if found is not None:
        said = _("It does not run; one that was at %(address)s was not ended properly.")
        hint = _("Nothing is lost by that; the next start of `troth serve` takes its place.")
        return [*checks, _server("note", said % {"address": found.address}, hint, "server-gone")]
    return [*checks, _server("fine", _("It does not run; `troth serve` starts it."))]


def _server(state: State, message: str, hint: str = "", code: str = "") -> Check:
    from troth.workspace.doctor import Check

    return Check("server", state, message, hint, code)

"""The repairs that can do no harm: what is derived is worked out anew, secrets are closed, leftovers go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from troth import blueprint as blueprints
from troth.blueprint.parameters import resolve
from troth.store import Store, migrations, tables
from troth.store.database import OWNER_ONLY
from troth.texts import _
from troth.workspace.base import BLUEPRINT_NAME
from troth.workspace.doctor.check import Check
from troth.workspace.doctor.folder import open_secrets
from troth.workspace.presence import KEY_NAME, SERVER_NAME


def repair(folder: Path, checks: Iterable[Check]) -> dict[str, str]:
    """Mend what can be mended in a workspace that no server has open; by the check's name what was done.

    Raises:
        TrothError: `store-locked`, `store-full` and what else hinders it.
    """
    codes, done = {check.name: check.code for check in checks}, {}
    if codes.get("derived") in {"derived-differs", "derived-outdated"}:
        _work_out(folder)
        done["derived"] = _("Worked out experiences, sums and read models anew from the records.")
    if codes.get("permissions") == "secrets-readable":
        for path in open_secrets(folder):
            path.chmod(OWNER_ONLY)
        done["permissions"] = _("Left the files with secrets to their owner.")
    if codes.get("server") == "server-gone":
        for name in (SERVER_NAME, KEY_NAME):
            (folder / name).unlink(missing_ok=True)
        done["server"] = _("Removed what the server that is gone had left.")
    return done


def _work_out(folder: Path) -> None:
    """All hashes, the numbers of the customers, and all that is derived, in one transaction."""
    from troth.ledger.refresh import rebuild

    blueprint = blueprints.load(folder / BLUEPRINT_NAME)
    with Store.open(folder) as store, store.transaction() as connection:
        connection.execute(
            "DELETE FROM customer"
        )  # numbered anew: nothing but what is derived knows the numbers
        migrations.migrate(connection, tables.LAYOUT)
        rebuild(store, blueprint, resolve(blueprint.parameters))

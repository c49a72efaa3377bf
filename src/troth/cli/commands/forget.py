"""`troth forget`: remove all records of a kind."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, option
from troth.errors import UsageError
from troth.texts import _, lazy


@declare(
    "forget",
    lazy(
        "Remove all records of a kind from the ledger.\n\n"
        "With its quarantine and its list of imports. Needed when the key or a column's type has changed; "
        "then import the records again."
    ),
)
@argument("kind", help=lazy("The record kind."))
@option("--yes", is_flag=True, help=lazy("Do not ask."))
@option("--dry-run", is_flag=True, help=lazy("Only say what would be removed."))
@click.pass_obj
def command(invocation: Invocation, kind: str, yes: bool, dry_run: bool) -> None:
    """Ask and remove."""
    from troth.cli.importing import is_interactive

    with invocation.workspace() as workspace:
        status = workspace.status()
        kinds = [*status.records, *(name for name in status.quarantined if name not in status.records)]
        if kind not in kinds:
            raise UsageError(
                "kind-unknown", _("The ledger has no records “%(kind)s”.") % {"kind": kind}, allowed=kinds
            )
        counts = {
            "kind": kind,
            "records": status.records.get(kind, 0),
            "quarantined": status.quarantined.get(kind, 0),
        }
        if dry_run:
            said = _("Would remove %(records)d records of %(kind)s, %(quarantined)d in quarantine.")
            click.echo(said % counts)
            return
        if not yes:
            if not is_interactive():
                raise UsageError("unconfirmed", _("This removes records."), _("Say --yes to do it."))
            click.confirm(_("Remove %(records)d records of %(kind)s?") % counts, abort=True, err=True)
        workspace.forget(kind)
        invocation.note(_("Removed %(records)d records of %(kind)s, %(quarantined)d in quarantine.") % counts)

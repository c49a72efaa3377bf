"""`troth person`: everything that is held of one person, exported or erased."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from troth.cli.alone import actor, alone
from troth.cli.invocation import Invocation
from troth.cli.parts import Group, argument, declare_in, json_option, key_file_option, option, pseudonym_key
from troth.errors import UsageError
from troth.texts import _, lazy, ngettext

command = Group(
    "person",
    help=lazy(
        "One person's data: export it, erase it, see who looked.\n\n"
        "ID is any id of the person: the customer's id as it came, its pseudonym, or another id in a column "
        "that the blueprint declares as one. A customer's id goes before any other."
    ),
)
id_argument = argument("id_", metavar="ID", help=lazy("An id of the person."))
by_option = option(
    "--by", metavar="COLUMN",
    help=lazy("The column in which the id is meant: customer, or KIND.COLUMN such as orders.order_id."),
)  # fmt: skip


@declare_in(command, "export", lazy("Write everything that is held of a person as one JSON document."))
@id_argument
@argument(
    "file", required=False, type=click.Path(dir_okay=False, path_type=Path),
    help=lazy("Where to. Default: standard output."),
)  # fmt: skip
@by_option
@key_file_option
@click.pass_obj
def export_(
    invocation: Invocation, id_: str, file: Path | None, by: str | None, key_file: Path | None
) -> None:
    """Read out and write."""
    from troth.workspace.privacy import export

    if file is not None and file.exists():
        raise UsageError(
            "file-exists",
            _("There is a file of this name already; it stays as it is."),
            _("Name another file, or move it away."),
            where=str(file),
        )
    with alone(invocation) as host:
        found = export(host, id_, by=by, key=pseudonym_key(key_file), actor=actor())
    if file is None:
        invocation.emit(found)
        return
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        json.dump(found, target, ensure_ascii=False, indent=2)
    records = sum(len(rows) for rows in found["records"].values())
    said = ngettext("Wrote %(n)d record to %(path)s.", "Wrote %(n)d records to %(path)s.", records)
    invocation.note(said % {"n": records, "path": file})


@declare_in(
    command,
    "erase",
    lazy(
        "Remove everything that is held of a person, and let nothing of them in again.\n\n"
        "The files of the workspace are written anew, so that no byte is left. Backups taken before still "
        "hold the person. This cannot be undone."
    ),
)
@id_argument
@by_option
@option("--yes", is_flag=True, help=lazy("Do not ask."))
@option("--dry-run", is_flag=True, help=lazy("Only say what would be removed."))
@key_file_option
@json_option
@click.pass_obj
def erase_(
    invocation: Invocation, id_: str, by: str | None, yes: bool, dry_run: bool, key_file: Path | None
) -> None:
    """Show what is held, ask, erase, and print the receipt."""
    from troth.cli.importing import is_interactive
    from troth.cli.views.labels import damaged_lines
    from troth.cli.views.privacy import show_counts, show_receipt
    from troth.reading.labels import damaged
    from troth.workspace.privacy import count, erase

    key = pseudonym_key(key_file)
    with alone(invocation) as host:
        if dry_run or not yes:
            counts = count(host, id_, by=by, key=key)
            if dry_run and invocation.json:
                invocation.emit({"dry_run": True, "counts": counts})
                return
            show_counts(invocation.console(stderr=not dry_run), counts)
            if dry_run:
                return
            if not is_interactive():
                raise UsageError("unconfirmed", _("This removes a person’s data."), _("Say --yes to do it."))
            click.confirm(_("Remove all of this? It cannot be undone."), abort=True, err=True)
        receipt = erase(host, id_, by=by, key=key, actor=actor())
        remaining = damaged(host.folder)
    if invocation.json:
        invocation.emit(receipt)
    else:
        show_receipt(invocation.console(), receipt)
    for line in damaged_lines(remaining):
        invocation.note(line)
    if remaining:
        invocation.note(_("Those that hold a text of this person are gone; look yourself at what is left."))


@declare_in(command, "looks", lazy("List who looked at a person's data, exported it or erased it."))
@id_argument
@key_file_option
@json_option
@click.pass_obj
def looks_(invocation: Invocation, id_: str, key_file: Path | None) -> None:
    """Ask the trail and print."""
    from troth.cli.views.privacy import show_looks
    from troth.workspace.privacy import looks, subjects

    with alone(invocation) as host:
        found = looks(host, subjects(host, id_, pseudonym_key(key_file)))
    if invocation.json:
        invocation.emit(found)
    else:
        show_looks(invocation.console(), found)

"""`troth erasures`: the receipts, and the list that keeps erased people out."""

from pathlib import Path

import click

from troth.cli.alone import alone
from troth.cli.invocation import Invocation
from troth.cli.parts import declare, json_option, option
from troth.texts import _, lazy, ngettext


@declare(
    "erasures",
    lazy(
        "List the erasures of people; keep them out.\n\n"
        "A line has the number, when and by whom it was asked for, and how many rows were removed; none says "
        "of whom. --apply takes up the list of another copy of this workspace "
        "(erasures.jsonl) and erases whom it names here, too: needed after an older backup was brought back "
        "elsewhere. --sweep looks through everything for people who are on the list."
    ),
)
@option(
    "--apply", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Take up this list."),
)  # fmt: skip
@option("--sweep", "sweeping", is_flag=True, help=lazy("Erase whom the list names and who is here again."))
@json_option
@click.pass_obj
def command(invocation: Invocation, file: Path | None, sweeping: bool) -> None:
    """Apply or sweep where that is asked for, then print."""
    from troth.cli.views.privacy import show_receipts
    from troth.store.erasures import ErasureList
    from troth.workspace.privacy import erasures, resume, sweep

    with alone(invocation) as host:
        if file is not None:
            ErasureList.load(host.folder).merged(ErasureList.read(file))
            resume(host)
        if sweeping:
            again = len(sweep(host))
            said = ngettext(
                "%(n)d erasure had to be done again.", "%(n)d erasures had to be done again.", again
            )
            invocation.note(said % {"n": again})
        receipts = erasures(host)
    if invocation.json:
        invocation.emit(receipts)
    elif receipts:
        show_receipts(invocation.console(), receipts)
    else:
        click.echo(_("Nobody was erased."))

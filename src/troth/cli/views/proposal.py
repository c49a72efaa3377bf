"""A record kind that was told from a file."""

from rich.console import Console

from troth.cli.views.tables import Column, table
from troth.intake import Sniffed
from troth.texts import _


def show_proposal(console: Console, name: str, sniffed: Sniffed) -> None:
    """Print the proposed record kind, and what could not be told for sure."""
    kind = sniffed.kind
    console.print(
        _("The blueprint does not know “%(kind)s”. The file looks like this:") % {"kind": name}, style="bold"
    )
    console.print(_("format: %(format)s") % {"format": sniffed.form})
    console.print(_("key: %(columns)s") % {"columns": ", ".join(kind.key)})
    console.print(_("customer: %(column)s") % {"column": kind.customer})
    columns = [
        Column(_("Column")),
        Column(_("Type")),
        Column(_("Header in the file"), spare=1),
        Column(_("Format"), spare=2),
    ]
    rows = [
        [column, declared.type, declared.source or column, declared.format or ""]
        for column, declared in kind.columns.items()
    ]
    console.print(table(console, columns, rows))
    for note in sniffed.notes:
        console.print(note, style="dim")

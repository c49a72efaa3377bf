"""`troth import`: records in."""

from collections.abc import Sequence
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option, key_file_option, option, pseudonym_key
from troth.texts import _, lazy


def _sources(
    context: click.Context, parameter: click.Parameter, texts: Sequence[str]
) -> list[tuple[str, str]]:
    sources = []
    for text in texts:
        kind, sign, source = text.partition("=")
        if not (kind and sign and source):
            raise click.BadParameter(
                _("%(text)r is not KIND=SOURCE, such as orders=orders.csv.") % {"text": text},
                context,
                parameter,
            )
        sources.append((kind.strip(), source))
    return sources


@declare(
    "import",
    lazy(
        "Import records: troth import orders=orders.csv.\n\n"
        "CSV, JSON, NDJSON, Parquet and Excel (also .gz), or a table of a database by URL. The same rows "
        "again change nothing, changed rows replace their older version, and rows that cannot be used go to "
        "quarantine with the reason. A record kind that the blueprint does not know is proposed from the "
        "file and saved into the blueprint."
    ),
)
@argument(
    "sources", nargs=-1, required=True, metavar="KIND=SOURCE...", callback=_sources,
    help=lazy("Record kind, and a file, a pattern such as 'orders-*.csv', or a URL."),
)  # fmt: skip
@option("--dry-run", is_flag=True, help=lazy("Only count and show the first rows; keep nothing."))
@option("--yes", is_flag=True, help=lazy("Save a proposed record kind without asking."))
@key_file_option
@json_option
@click.pass_obj
def command(
    invocation: Invocation, sources: list[tuple[str, str]], dry_run: bool, yes: bool, key_file: Path | None
) -> None:
    """Import and print what came in."""
    from troth.cli.importing import import_all

    with invocation.workspace() as workspace:
        import_all(invocation, workspace, sources, dry_run=dry_run, yes=yes, key=pseudonym_key(key_file))

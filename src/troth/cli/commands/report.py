"""`troth report`: the page for readers, and its JSON twin."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from troth.cli.failure import missing_folder
from troth.cli.invocation import Invocation
from troth.cli.parts import at_option, declare, option
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.audit.result.shape import AuditResult

STANDARD_OUTPUT = "-"


@declare(
    "report",
    lazy(
        "Write the report: one HTML file that needs no network.\n\n"
        "With --json everything that is in the report as JSON, to a file or, without a name, to standard "
        "output; the HTML is then written only when -o asks for it."
    ),
)
@option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Where to write the HTML. Default: report.html in the workspace."),
)  # fmt: skip
@option(
    "--json", "twin", is_flag=False, flag_value=STANDARD_OUTPUT, metavar="[FILE]",
    help=lazy("The report as JSON."),
)  # fmt: skip
@option(
    "--audit", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("An audit of the website (of `troth audit --json`) to lay beside what was lived."),
)  # fmt: skip
@at_option
@option("--dry-run", is_flag=True, help=lazy("Only say what would be written."))
@click.pass_obj
def command(
    invocation: Invocation,
    output: Path | None,
    twin: str | None,
    audit: Path | None,
    at: str | None,
    dry_run: bool,
) -> None:
    """Read out, draw and write."""
    with invocation.workspace() as workspace:
        page = output or (None if twin else workspace.folder / "report.html")
        paths = [path for path in (page, Path(twin) if twin and twin != STANDARD_OUTPUT else None) if path]
        for path in paths:
            if not path.parent.is_dir():  # said before the work, not after it
                raise missing_folder(path)
        if dry_run:
            for path in paths:
                click.echo(_("Would write %(path)s.") % {"path": path})
            return
        data = workspace.twin(at=at, audit=_audit(audit))
        if twin:
            _write_twin(invocation, data, twin)
        if page:
            workspace.write_report(data, page)
            invocation.note(_("Wrote %(path)s.") % {"path": page})


def _audit(path: Path | None) -> "AuditResult | None":
    """The audit's result in a file, and what belongs to it."""
    if path is None:
        return None
    from troth.audit.result.codec import read

    return read(path)


def _write_twin(invocation: Invocation, twin: dict[str, object], place: str) -> None:
    from troth.report.twin import text

    if place == STANDARD_OUTPUT:
        click.echo(text(twin), nl=False)
    else:
        Path(place).write_text(text(twin), "utf-8")
        invocation.note(_("Wrote %(path)s.") % {"path": place})

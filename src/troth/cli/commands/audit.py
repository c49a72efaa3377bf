"""`troth audit`: a web shop with a wary customer's eyes."""

from pathlib import Path
from typing import Any

import click

from troth.cli.auditing import Order, audit_shops, parsed_pause
from troth.cli.invocation import Invocation
from troth.cli.parts import argument, declare, json_option, option
from troth.texts import _, lazy

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_OUTPUT = click.Path(path_type=Path)
"""A file, or a folder of them for several shops."""


@declare(
    "audit",
    lazy(
        "Audit a web shop: troth audit https://shop.example.\n\n"
        "Visits the shop in a browser as a new customer would, up to the last button and never beyond it: "
        "nothing is bought, sent or signed up. Says how much it earns trust, by which mechanism, and what to "
        "mend first. Several shops are set side by side. The exit code is 1 when a score is below the gate."
    ),
)
@argument("shops", nargs=-1, metavar="[URL]...", help=lazy("The shops' addresses."))
@option(
    "--from", "read", type=_FOLDER, metavar="DIR",
    help=lazy("Judge again what an earlier audit kept, without a browser."),
)  # fmt: skip
@option("--artifacts", type=_FOLDER, metavar="DIR", help=lazy("Keep what is gathered, for --from."))
@option(
    "-o", "--output", type=_OUTPUT, metavar="FILE",
    help=lazy("Write the result as an HTML page; for several shops a folder of pages."),
)  # fmt: skip
@option(
    "--sarif", type=_OUTPUT, metavar="FILE",
    help=lazy("Write the findings as SARIF 2.1.0; for several shops a folder."),
)  # fmt: skip
@option(
    "--junit", type=_OUTPUT, metavar="FILE",
    help=lazy("Write the findings as JUnit XML; for several shops a folder."),
)  # fmt: skip
@option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="POINTS",
    help=lazy("The gate: the least score, 0 to 100, that is fine."),
)  # fmt: skip
@option(
    "--compare", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("Say what changed since this result, a file that --json made."),
)  # fmt: skip
@option(
    "--history", type=_FOLDER, metavar="DIR",
    help=lazy("Keep the result here, and say what changed since the last one."),
)  # fmt: skip
@option(
    "--watch", "pause", metavar="PAUSE", callback=parsed_pause,
    help=lazy("Audit again after each pause (such as 6h or 1d), and say what changed. Needs --history."),
)  # fmt: skip
@option(
    "--scoring", type=_FILE, metavar="FILE",
    help=lazy("Weights of your own, on top of the catalogue's; see --show-scoring."),
)  # fmt: skip
@option("--show-scoring", is_flag=True, help=lazy("Print the catalogue's weights, and do nothing else."))
@option(
    "--walk-checkout", is_flag=True,
    help=lazy("Fill forms of the checkout with made-up data, to see its later steps. Nothing is ordered."),
)  # fmt: skip
@option("--allow-private", is_flag=True, help=lazy("Allow addresses of your own network and machine."))
@option(
    "--ignore-robots", is_flag=True,
    help=lazy("Visit what robots.txt closes, often basket and checkout; for a shop of your own."),
)  # fmt: skip
@option(
    "--browser", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("The Chromium to use; else TROTH_CHROMIUM of the environment, else the first found."),
)  # fmt: skip
@option(
    "--ca-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=lazy("The certificate authority of a shop under test (PEM)."),
)  # fmt: skip
@option(
    "--pages", type=click.IntRange(1, 1000), default=60, show_default=True,
    help=lazy("At most so many pages a shop, all visits together."),
)  # fmt: skip
@option(
    "--seconds", type=click.FloatRange(5, 3600), default=180, show_default=True, metavar="N",
    help=lazy("The time after which a shop's audit stops and says what it left out."),
)  # fmt: skip
@option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help=lazy("At most so many findings."),
)
@json_option
@click.pass_obj
def command(invocation: Invocation, /, show_scoring: bool, **ordered: Any) -> int:  # noqa: ANN401 - Order's fields
    """Visit or read, judge, print and write."""
    if show_scoring:
        from troth.audit.catalogue.loading import text

        click.echo(text("scoring.yaml"), nl=False)
        return 0
    order = Order(**{**ordered, "shops": tuple(dict.fromkeys(ordered["shops"]))})
    if not order.shops and order.read is None:
        raise click.UsageError(_("Name one or more shops, or --from a folder of artifacts."))
    if order.shops and order.read is not None:
        raise click.UsageError(_("Name either shops or --from: what was kept is judged without a visit."))
    if order.read is not None and order.artifacts is not None:
        raise click.UsageError(_("--from reads what was kept, so --artifacts has nothing to keep."))
    if order.pause is not None and (order.history is None or not order.shops):
        raise click.UsageError(_("--watch needs shops, and --history: the folder to keep results in."))
    if order.pause is not None and (order.fail_under is not None or order.compare is not None):
        raise click.UsageError(
            _("--watch goes on until it is interrupted: it takes no --fail-under and no --compare.")
        )
    return audit_shops(invocation, order)

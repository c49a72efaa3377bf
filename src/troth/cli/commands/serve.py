"""`troth serve`: the workspace in the browser, and the way in for records as they happen."""

from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import declare, key_file_option, option, pseudonym_key
from troth.cli.serving import Log, log_option, serve_until_stopped
from troth.texts import lazy


@declare(
    "serve",
    lazy(
        "Open the workspace in the browser, and take records.\n\n"
        "Listens to this machine only unless --host says otherwise. Ctrl-C ends it: what is under way is "
        "answered, and what waits is carried into the ledger."
    ),
)
@option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help=lazy("Where to listen; 0.0.0.0 is all networks."),
)  # fmt: skip
@option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
    help=lazy("On which port; 0 takes a free one."),
)  # fmt: skip
@log_option
@key_file_option
@click.pass_obj
def command(invocation: Invocation, host: str, port: int, log: Log | None, key_file: Path | None) -> None:
    """Serve until told to stop."""
    from troth.web.server import Address, listening

    with listening(Address(host, port)) as bound:
        serve_until_stopped(invocation, invocation.folder, bound, host, key=pseudonym_key(key_file), log=log)

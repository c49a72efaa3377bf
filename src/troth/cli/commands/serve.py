"""`troth serve`: the workspace in the browser, and the way in for records as they happen."""

import sys
from pathlib import Path

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import declare, key_file_option, option, pseudonym_key
from troth.texts import _, lazy


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
@key_file_option
@click.pass_obj
def command(invocation: Invocation, host: str, port: int, key_file: Path | None) -> None:
    """Serve until told to stop."""
    from troth.web.access.first import first_link
    from troth.web.access.settings import AccessSettings
    from troth.web.application import application
    from troth.web.local.announcing import announcing
    from troth.web.operation.logs import set_up
    from troth.web.server import Address, listening, serve
    from troth.workspace.live import Live

    set_up(as_json=not sys.stderr.isatty())
    with listening(Address(host, port)) as bound:
        port = bound.getsockname()[1]
        settings = AccessSettings.read(host=host, port=port)
        live = Live.open(invocation.folder, pseudonym_key=pseudonym_key(key_file))

        def started() -> None:
            invocation.note(_("Troth is at %(address)s. Ctrl-C ends it.") % {"address": settings.base})
            if link := first_link(live.office, settings.base, live.now_ms()):
                invocation.note(_("Make the first administrator here: %(link)s") % {"link": link})

        app = application(live, settings)
        with announcing(app, live.folder, host, port):
            serve(live, app, bound, started)
    invocation.note(_("Everything that was taken is kept. Goodbye."))

"""Serving a workspace from a command, until it is told to stop."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from troth.cli.invocation import Invocation
from troth.texts import _


def serve_until_stopped(
    invocation: Invocation, folder: Path, bound: socket.socket, host: str, *, key: bytes | None = None
) -> None:
    """Serve the workspace in `folder` on a bound socket; say where it is, and how the first one gets in."""
    from troth.web.access.first import first_link
    from troth.web.access.settings import AccessSettings
    from troth.web.application import application
    from troth.web.local.announcing import announcing
    from troth.web.operation.logs import set_up
    from troth.web.server import serve
    from troth.workspace.live import Live

    set_up(as_json=not sys.stderr.isatty())
    port = int(bound.getsockname()[1])
    settings = AccessSettings.read(host=host, port=port)
    live = Live.open(folder, pseudonym_key=key)

    def started() -> None:
        invocation.note(_("Troth is at %(address)s. Ctrl-C ends it.") % {"address": settings.base})
        if link := first_link(live.office, settings.base, live.now_ms()):
            invocation.note(_("Make the first administrator here: %(link)s") % {"link": link})

    app = application(live, settings)
    with announcing(app, live.folder, host, port):
        serve(live, app, bound, started)
    invocation.note(_("Everything that was taken is kept. Goodbye."))

"""Serving a workspace from a command, until it is told to stop."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Literal

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import option
from troth.texts import _, lazy

Log = Literal["requests", "errors"]
log_option = option(
    "--log", type=click.Choice(["requests", "errors"]),
    help=lazy("What the log tells: requests, too, or errors only. By default errors only at a terminal."),
)  # fmt: skip


def serve_until_stopped(
    invocation: Invocation,
    folder: Path,
    bound: socket.socket,
    host: str,
    *,
    key: bytes | None = None,
    log: Log | None = None,
) -> None:
    """Serve the workspace in `folder` on a bound socket; say where it is, and how the first one gets in.

    `log`: what the log tells; by default requests, too, unless a person would have them on a terminal.
    """
    from troth.cli.views.labels import damaged_lines
    from troth.reading.labels import damaged
    from troth.web.access.first import first_link
    from troth.web.access.settings import AccessSettings
    from troth.web.application import application
    from troth.web.local.announcing import announcing
    from troth.web.operation.logs import set_up
    from troth.web.server import serve
    from troth.workspace.live import Live

    terminal = sys.stderr.isatty()
    set_up(as_json=not terminal, requests=tells_requests(log, terminal=terminal))
    port = int(bound.getsockname()[1])
    settings = AccessSettings.read(host=host, port=port)
    live = Live.open(folder, pseudonym_key=key)
    for line in damaged_lines(damaged(live.folder)):
        invocation.note(line)

    def started() -> None:
        invocation.note(_("Troth is at %(address)s. Ctrl-C ends it.") % {"address": settings.base})
        if link := first_link(live.office, settings.base, live.now_ms()):
            # Also with --quiet: nobody gets in without it.
            click.echo(_("Make the first administrator here: %(link)s") % {"link": link}, err=True)

    app = application(live, settings)
    with announcing(app, live.folder, host, port):
        serve(live, app, bound, started)
    invocation.note(_("Everything that was taken is kept. Goodbye."))


def tells_requests(log: Log | None, *, terminal: bool) -> bool:
    """Whether the log tells of requests that went well: a person at a terminal has to ask for them."""
    return not terminal if log is None else log == "requests"

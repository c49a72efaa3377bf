"""The server's process: a socket, a running workspace, an application; and an end that loses nothing."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING

from troth.errors import TrothError, UsageError
from troth.texts import _

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from troth.workspace.live import Live

_BACKLOG = 2048
_STOP_SECONDS = 30
_SWITCH_SECONDS = 0.001
"""So long a thread may compute while others want to: the event loop, and the inbox between its calls of the
database, wait that long for the mover or for each other. Python's own 5 ms add up over a commit's calls."""

_YOUNG = 20_000
"""So many new containers before they are looked through for circles: the records of a few requests."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8765


@contextmanager
def listening(address: Address) -> Iterator[socket.socket]:
    """A bound socket, closed when the block ends.

    Raises:
        UsageError: `port-taken`, `port-forbidden`, `host-unknown`.
    """
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise _no_host(address) from error
    with socket.socket(family, kind, protocol) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(place)
        except OSError as error:
            raise _not_bound(address, error) from error
        bound.listen(_BACKLOG)
        yield bound


def serve(live: Live, app: ASGIApp, bound: socket.socket, started: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT: then answer what is under way, carry what waits, close the workspace.

    `started` is called once requests are answered.
    """
    import uvicorn

    from troth.web.connection import Connection
    from troth.web.frame.warming import Warmer

    warmer = Warmer(live)

    class Server(uvicorn.Server):
        """Leaves the signals to `_stopped_by_signals`: the workspace is closed after the last answer."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            _settle()
            warmer.start()
            started()

    server = Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            http=Connection,
            ws="none",
            timeout_keep_alive=20,
            timeout_graceful_shutdown=_STOP_SECONDS,
            backlog=_BACKLOG,
            proxy_headers=False,
        )
    )

    def stop() -> None:
        server.force_exit = server.should_exit  # the second signal does not wait for answers
        server.should_exit = True

    with _stopped_by_signals(stop), live:
        try:
            server.run(sockets=[bound])
        finally:
            warmer.stop()
            gc.unfreeze()  # or what DuckDB holds would be told at the process's end as leaked


def _settle() -> None:
    """Tune Python for a process that serves: short turns, and no search through what stays anyway."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.collect()
    gc.freeze()  # what stays anyway: a look through it stops all threads for long
    gc.set_threshold(_YOUNG, 20, 20)


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _no_host(address: Address) -> UsageError:
    return UsageError(
        "host-unknown",
        _("There is no address “%(host)s” on this machine.") % {"host": address.host},
        _("Leave --host out for this machine only, or write 0.0.0.0 for all networks."),
    )


def _not_bound(address: Address, error: OSError) -> TrothError:
    place = {"place": f"{address.host}:{address.port}"}
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            "port-taken",
            _("Another program listens on %(place)s already.") % place,
            _("End it, or choose another port with --port."),
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return UsageError(
            "port-forbidden",
            _("This account may not listen on %(place)s.") % place,
            _("Choose a port from 1024 on with --port."),
        )
    return _no_host(address)

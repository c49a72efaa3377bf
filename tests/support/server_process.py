"""A server in a process of its own: `python -m tests.support.server_process FOLDER`."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from troth.workspace.presence import SERVER_NAME

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Running:
    """A running server: its folder, its address, an API key that may do everything."""

    folder: Path
    address: str
    key: str
    process: "subprocess.Popen[str]"


@contextmanager
def running(folder: Path, *, seconds: float = 60) -> Iterator[Running]:
    """Start it, wait until it answers, end it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.server_process", str(folder)],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address, key = process.stdout.readline().split()
        until = time.monotonic() + seconds
        host, _colon, port = address.removeprefix("http://").partition(":")
        while True:
            with socket.socket() as probe:
                if probe.connect_ex((host, int(port))) == 0:
                    break
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)
        while not (folder / SERVER_NAME).exists():
            assert time.monotonic() < until, "the server has not made itself known"
            time.sleep(0.05)
        yield Running(folder, address, key, process)
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def main(folder: Path) -> None:
    import uvicorn

    from troth.web.access import accounts, keys
    from troth.web.access.rights import RIGHTS, Role
    from troth.web.application import application
    from troth.web.local.announcing import announcing
    from troth.workspace.live import Live

    class Server(uvicorn.Server):
        """Leaves the signal to this process, which has something to tidy up."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    with Live.open(folder) as live, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        app = application(live)
        with live.office.transaction() as connection:
            owner = accounts.by_email(connection, "admin@example.com") or accounts.make(
                connection, "admin@example.com", "Admin", Role.ADMIN, live.now_ms()
            )
            _key, secret = keys.make(
                connection, owner.id, "tests", tuple(RIGHTS[Role.ADMIN]), 30, live.now_ms()
            )
        sys.stdout.write(f"http://127.0.0.1:{port} {secret}\n")
        sys.stdout.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads on
        server = Server(uvicorn.Config(app, log_level="error"))
        signal.signal(signal.SIGTERM, lambda *_: setattr(server, "should_exit", True))
        with announcing(app, live.folder, "127.0.0.1", port):
            server.run(sockets=[bound])


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""A throwaway PostgreSQL cluster on a Unix socket; it refuses to run as root, so root runs it as `nobody`."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = "60"
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def find() -> Path | None:
    """The folder of the server's programs: TROTH_POSTGRES, the path's, else Debian's newest."""
    if named := os.environ.get("TROTH_POSTGRES"):
        return Path(named)
    if found := shutil.which("initdb"):
        return Path(found).parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def restart(programs: Path, url: str, meanwhile: Callable[[], None]) -> None:
    """Stop the cluster behind `url` as a crash does, and start it again after `meanwhile`."""
    folder = Path(url.partition("host=")[2])
    user = "nobody" if os.geteuid() == 0 else None
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {FAST}"
    stop = ("stop", "-w", "-m", "immediate")
    start = ("start", "-w", "-t", START_SECONDS, "-l", str(folder / "server.log"), "-o", options)
    for arguments in (stop, start):
        with (folder / "control.log").open("a+") as log:
            subprocess.run(
                [programs / "pg_ctl", "-D", folder / "data", *arguments],
                check=True,
                cwd=folder,
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=user,
            )
        if arguments is stop:
            meanwhile()


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a cluster; its URL while the block runs; nothing is left of it afterwards."""
    with tempfile.TemporaryDirectory(prefix="troth-postgres-") as name:
        folder = Path(name)
        user = "nobody" if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user)

        def control(program: str, *arguments: str) -> None:
            command = [programs / program, "-D", folder / "data", *arguments]
            # To a file: the server keeps its output open, a pipe would never end.
            with (folder / "control.log").open("a+") as log:
                done = subprocess.run(
                    command,
                    check=False,
                    cwd=folder,
                    extra_groups=[] if user else None,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    user=user,
                )
                log.seek(0)
                assert done.returncode == 0, log.read()

        control("initdb", "-A", "trust", "-U", "troth", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {FAST}"
        control("pg_ctl", "start", "-w", "-t", START_SECONDS, "-l", str(folder / "server.log"), "-o", options)
        try:
            yield f"postgresql://troth@/postgres?host={folder}"
        finally:
            control("pg_ctl", "stop", "-w", "-m", "immediate")

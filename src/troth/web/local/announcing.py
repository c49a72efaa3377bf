"""Making a server known in its workspace's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from troth.web.local.routes import local_visitor
from troth.workspace.presence import announced

if TYPE_CHECKING:
    from starlette.applications import Starlette

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104 - what others may bind to


@contextmanager
def announcing(app: Starlette, folder: Path, host: str, port: int) -> Iterator[None]:
    """While the block runs commands of this machine find the server that listens on `host` and `port`."""
    name = _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    with announced(folder, f"http://{name}:{port}") as key:
        app.state.access.ring.lend(key, local_visitor())
        yield

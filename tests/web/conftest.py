"""A server in this process, over a small shop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.serving import Served, served, shop


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """The server; `server.signed_in(Role.VIEWER)` is a browser, `server.with_key()` a program."""
    with served(shop(tmp_path)) as running:
        yield running

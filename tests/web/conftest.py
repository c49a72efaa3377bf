"""A server in this process, over a small shop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.serving import Served, served, shop
from tests.web import shops


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """The server; `server.signed_in(Role.VIEWER)` is a browser, `server.with_key()` a program."""
    with served(shop(tmp_path)) as running:
        yield running


@pytest.fixture(scope="session")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The tea shop."""
    with shops.trading(tmp_path_factory.mktemp("tea")) as running:
        yield running


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shop whose names are HTML."""
    with shops.nasty(tmp_path_factory.mktemp("nasty")) as running:
        yield running


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shop without any record."""
    with shops.bare(tmp_path_factory.mktemp("bare")) as running:
        yield running

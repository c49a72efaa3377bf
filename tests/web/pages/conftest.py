"""The shop with many customers, served; and the same where nobody is shown alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.serving import Served
from tests.web.pages import rooms


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """For tests that change nothing."""
    with rooms.served(rooms.shop(tmp_path_factory.mktemp("books"))) as running:
        yield running


@pytest.fixture
def own_books(tmp_path: Path) -> Iterator[Served]:
    """For tests that change something."""
    with rooms.served(rooms.shop(tmp_path)) as running:
        yield running


@pytest.fixture(scope="module")
def private_books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Nobody is shown alone, and no group of fewer than 20."""
    with rooms.served(rooms.shop(tmp_path_factory.mktemp("private"), rooms.private())) as running:
        yield running

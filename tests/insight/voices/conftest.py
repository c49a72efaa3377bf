"""A ledger to write texts into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from troth.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        yield opened

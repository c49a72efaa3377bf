from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.intake.helpers import NOW_MS, Bring, Rows, blueprint

from troth.blueprint.schema import Blueprint
from troth.intake import ImportSummary, import_source
from troth.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        yield opened


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Bring:
    """Imports a text or bytes (or a path) as `orders`, and checks that the counts add up."""

    def bring(
        content: str | bytes | Path, plan: Blueprint | None = None, *, kind: str = "orders",
        name: str = "orders.csv", **options: object,
    ) -> ImportSummary:  # fmt: skip
        path = content if isinstance(content, Path) else tmp_path / name
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        summary = import_source(store, plan or blueprint(), kind, path, now_ms=NOW_MS, **options)  # type: ignore[arg-type]
        parts = (summary.added, summary.changed, summary.same, summary.stale, summary.quarantined)
        assert summary.read == sum(parts)
        assert summary.quarantined == sum(summary.reasons.values())
        return summary

    return bring


@pytest.fixture
def rows(store: Store) -> Rows:
    """What stands in the kind's table, in the order of the keys."""

    def rows(columns: str = "*", kind: str = "orders") -> list[tuple[object, ...]]:
        return store.connection.execute(f'SELECT {columns} FROM record."{kind}" ORDER BY _key').fetchall()

    return rows

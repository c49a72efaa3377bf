"""Where everything rests: one DuckDB file in the workspace's folder, owned by one process at a time."""

from troth.store.database import FILE_NAME, Store

__all__ = ["FILE_NAME", "Store"]

"""Telling how far a long statement is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import duckdb

Progress = Callable[[str, float | None], None]
"""Called with a stage's name and the share of it that is done (0 to 1), or None when that is not known."""

_SECONDS = 0.2


@contextmanager
def reported(connection: duckdb.DuckDBPyConnection, stage: str, progress: Progress | None) -> Iterator[None]:
    """Reports the statements of the block to `progress`, from a thread of its own, until the block ends."""
    if progress is None:
        yield
        return
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    done = Event()
    progress(stage, None)
    watcher = Thread(target=_watch, args=(connection, stage, progress, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        with suppress(duckdb.TransactionException):  # one that has failed takes no more statements
            connection.execute("SET enable_progress_bar = false")
    progress(stage, 1.0)


def _watch(connection: duckdb.DuckDBPyConnection, stage: str, progress: Progress, done: Event) -> None:
    furthest = 0.0  # every statement of a stage begins at nothing again
    while not done.wait(_SECONDS):
        furthest = max(furthest, connection.query_progress() / 100)
        progress(stage, furthest or None)

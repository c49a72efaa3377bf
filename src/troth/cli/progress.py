"""A bar on standard error while something long runs: only at a terminal, and not with `--quiet`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from troth.texts import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.cli.invocation import Invocation
    from troth.intake.progress import Progress

STAGES = {
    "reading": lazy("reading"),
    "asking": lazy("asking"),
    "storing": lazy("storing"),
    "deriving": lazy("making experiences"),
    "adding": lazy("adding up"),
    "counting": lazy("counting what was left out"),
}
"""What the stages of an import and of a rebuild are called."""


@contextmanager
def bar(invocation: Invocation, title: str) -> Iterator[Progress | None]:
    """What to call with stage and share; None where nobody looks."""
    if invocation.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    with Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=invocation.console(stderr=True),
        transient=True,
    ) as bars:
        task = bars.add_task(title, total=None)

        def progress(stage: str, share: float | None) -> None:
            bars.update(
                task, description=f"{title}: {STAGES[stage]}", total=share and 1, completed=share or 0
            )

        yield progress

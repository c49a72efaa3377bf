"""Tables in a terminal: quiet, aligned, and without their least important columns where there is no room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

_UNBOUNDED = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. When that is too wide, columns with the highest `spare` are left out first."""

    title: str
    justify: Literal["left", "right"] = "left"
    spare: int = 0


def table(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """A table that fits into `console`; texts are folded where leaving out columns is not enough."""
    kept = list(range(len(columns)))
    spares = sorted({column.spare for column in columns if column.spare})
    made = _made(kept, columns, rows)
    unbounded = console.options.update(width=_UNBOUNDED)
    while spares and Measurement.get(console, unbounded, made).maximum > console.width:
        least = spares.pop()
        kept = [place for place in kept if columns[place].spare != least]
        made = _made(kept, columns, rows)
    return made


def _made(kept: Sequence[int], columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    made = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold"
    )
    for place in kept:
        column = columns[place]
        made.add_column(
            column.title, justify=column.justify, no_wrap=column.justify == "right", overflow="fold"
        )
    for row in rows:
        made.add_row(*(row[place] for place in kept))
    return made

"""Tables in a terminal: quiet, aligned, and without their least important columns where there is no room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

_UNBOUNDED = 10_000

_WORD = 20
"""Longer ones, such as pseudonyms, may be folded anywhere."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. When that is too wide, columns with the highest `spare` are left out first."""

    title: str
    justify: Literal["left", "right"] = "left"
    spare: int = 0


def table(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """A table that fits: columns are left out, then texts are folded, and in the end it becomes a list."""
    kept = list(range(len(columns)))
    spares = sorted({column.spare for column in columns if column.spare})
    made = _made(kept, columns, rows)
    unbounded = console.options.update(width=_UNBOUNDED)
    while spares and Measurement.get(console, unbounded, made).maximum > console.width:
        least = spares.pop()
        kept = [place for place in kept if columns[place].spare != least]
        made = _made(kept, columns, rows)
    shown = [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]
    return made if _least_width(*shown) <= console.width else _listed(*shown)


def hanging(head: str, text: str) -> Table:
    """`text` after `head`; the lines it goes on in begin below its own first one."""
    made = Table.grid()
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    made.add_row(head, text)
    return made


def _least_width(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """How wide a table must be to break no word and no figure; what is longer than a word may be broken."""
    widths = len(columns) * 2 - 2  # a column has a blank to its right, and another stands between two
    for place, column in enumerate(columns):
        cells = [column.title, *(row[place] for row in rows)]
        if column.justify == "right":
            widths += max(map(cell_len, cells))
        else:
            words = [min(cell_len(word), _WORD) for cell in cells for word in cell.split()]
            widths += max(words, default=0)
    return widths


def _listed(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """The rows one below the other, a line for each figure: for where no table fits."""
    made = Table.grid()
    made.add_column(overflow="fold")
    for number, row in enumerate(rows):
        if number:
            made.add_row("")
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if cell:
                made.add_row(f"{column.title}: {cell}", style=None if place else "bold")
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

"""Long lists a page at a time, sorted by what their heads say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from troth.errors import UsageError
from troth.texts import _
from troth.web.frame.filters import Filters

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """Some rows of a list.

    `total`: rows in all. `page`, `size`: which of them these are. `sort`: the column, with `-` before it when
    the greatest comes first; None in the order that the list has by itself.
    """

    rows: tuple[Row, ...]
    total: int
    page: int
    size: int
    sort: str | None = None

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row that is shown, from 1; 0 where there is none."""
        return (self.page - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row that is shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def listed(
    rows: Iterable[Row], filters: Filters, sorts: Mapping[str, Callable[[Row], object]]
) -> Listed[Row]:
    """The page of `rows` that `filters` asks for, sorted by one of `sorts`.

    Raises:
        UsageError: `sort-unknown`.
    """
    found = in_order(rows, filters, sorts)
    sort = filters.sort
    start = (filters.page - 1) * filters.size
    return Listed(tuple(found[start : start + filters.size]), len(found), filters.page, filters.size, sort)


def in_order(
    rows: Iterable[Row], filters: Filters, sorts: Mapping[str, Callable[[Row], object]]
) -> list[Row]:
    """All of the rows, sorted as `filters` asks for by one of `sorts`; else as they come.

    Raises:
        UsageError: `sort-unknown`.
    """
    found = list(rows)
    sort = checked_sort(filters, sorts)
    if sort is not None:
        key = sorts[sort.removeprefix("-")]
        found.sort(key=lambda row: _comparable(key(row)), reverse=sort.startswith("-"))
    return found


def checked_sort(filters: Filters, allowed: Iterable[str], default: str | None = None) -> str | None:
    """The order that is asked for.

    Raises:
        UsageError: `sort-unknown`.
    """
    names = list(allowed)
    sort = filters.sort or default
    if sort is not None and sort.removeprefix("-") not in names:
        raise UsageError(
            "sort-unknown",
            _("This list cannot be sorted by “%(name)s”.") % {"name": sort.removeprefix("-")},
            allowed=names,
            where="sort",
        )
    return sort


def _comparable(value: object) -> tuple[bool, object]:
    """Nothing comes before everything."""
    return value is not None, value if value is not None else 0

"""What a page is: one description from which its HTML, its JSON twin and its place in the menu come.

A page is a folder in `web/pages`: `__init__.py` with `PAGES`, `query.py` that reads, `page.html` that draws.
What `query` gives is all that the page shows, and its twin is that, as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from troth.blueprint.schema import Blueprint
from troth.texts import Lazy
from troth.web.access.rights import Right, Visitor
from troth.web.frame.addresses import address_of, with_query
from troth.web.frame.filters import Filters
from troth.workspace import Workspace
from troth.workspace.live import Live

API = "/api/v1"

FilterName = Literal["period", "until", "segment", "touchpoint", "mechanism", "search"]
"""A field of the filter bar: `period` is first and last day, `until` only the last."""

_OF_FIELD: Mapping[str, tuple[str, ...]] = {"period": ("at", "since"), "until": ("at",)}

Value = str | int | float | bool | None
"""What a cell of a table may hold; days and times as ISO 8601."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a page: who asks, for which part of the data, which thing, by which blueprint.

    `path`: the values of the address's parts, such as `{"touchpoint": "delivery"}`. `address`: the page's
    own, without what is behind the question mark. `parameters`: what may stand there for its files.
    """

    visitor: Visitor
    filters: Filters
    blueprint: Blueprint
    path: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    parameters: Collection[str] = tuple(Filters.model_fields)

    def with_changes(self, **changes: object) -> str:
        """This page's address with other choices; None takes one away. The list begins anew."""
        return with_query(self.address, self.filters.as_query() | {"page": None} | changes)

    def file(self, ending: str, table: str = "") -> str:
        """Where a table of this page is as a file, whole, with the same choices."""
        place = f"{API}{self.address}/{table}" if table else f"{API}{self.address}"
        given = {name: value for name, value in self.filters.as_query().items() if name in self.parameters}
        return with_query(f"{place}.{ending}", given | {"page": None, "size": None})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page, which is served as CSV and Parquet, too.

    Attributes:
        columns: Names and types of its columns, in their order; none: those of the first row.
        rows: Gives the rows of an answer.
        name: Part of its address, `<address>/<name>.csv`; empty is the page's main table, `<address>.csv`.
    """

    columns: Mapping[str, type[str | int | float | bool]]
    rows: Callable[[Any], Sequence[Mapping[str, Value]]]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its twin.

    Attributes:
        name: Its id, in kebab case; the twin is `/api/v1/<address>`.
        address: Where it is: `/journey/{touchpoint}`; in braces what `path` holds.
        title: In the menu and in the window's title.
        answer: The dataclass that `query` gives: the twin's schema.
        query: Reads what is shown, from the workspace as it is at this moment.
        package: Whose `page.html` draws it.
        summary: What the twin gives, in one line of English, for the API's description.
        right: What one must be allowed to.
        menu: Its place in the menu; None for a page that is reached from another.
        under: The address of the menu's page that it belongs to, where its own does not begin with that.
        filters: The fields of its filter bar, if it has one.
        takes: What else may stand behind the question mark: the choices that mean something to it.
        tables: What is served as CSV and Parquet.
        rows: Short for one table whose columns are those of its first row.
        context: Words and drawings for the template that are in no twin.
        heading: The window's title where it depends on the answer.
        about_person: The part of `path` that names a person: every look is noted in the trail.
        noted: Gives what an answer is noted with in the trail as a look at records; None where it shows none.
        keeps: Whether a reader may keep the answer until the ledger or the office's notes change.
        warms: Whether it is asked once after the start, so that what it rests on stands ready.
        template: The file in `package` that draws it.
    """

    name: str
    address: str
    title: Lazy
    answer: type
    query: Callable[[Live, Workspace, Asked], Any]
    package: str
    summary: str = ""
    right: Right = Right.SEE
    menu: int | None = None
    under: str = ""
    filters: tuple[FilterName, ...] = ()
    takes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    rows: Callable[[Any], Sequence[Mapping[str, Value]]] | None = None
    context: Callable[[Any, Asked], dict[str, Any]] | None = None
    heading: Callable[[Any], str] | None = None
    about_person: str | None = None
    noted: Callable[[Any, Asked], str | None] | None = None
    keeps: bool = False
    warms: bool = False
    template: str = "page.html"

    @property
    def files(self) -> tuple[Table, ...]:
        """All of its tables."""
        return (*self.tables, *([Table({}, self.rows)] if self.rows else []))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The choices that mean something to it."""
        of_bar = (_OF_FIELD.get(name, (name,)) for name in self.filters)
        return (*(name for names in of_bar for name in names), *self.takes)

    def at(self, path: Mapping[str, str]) -> str:
        """Its address for these parts."""
        return address_of(self.address, path)

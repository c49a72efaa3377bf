"""What a page is: one description from which its HTML, its JSON twin and its place in the menu come.

A page is a folder in `web/pages`: `__init__.py` with `PAGES`, `query.py` that reads, `page.html` that draws.
What `query` gives is all that the page shows, and its twin is that, as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from troth.blueprint.schema import Blueprint
from troth.texts import Lazy
from troth.web.access.rights import Right, Visitor
from troth.web.frame.filters import Filters
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a page: who asks, for which part of the data, which thing, by which blueprint.

    `path`: the values of the address's parts, such as `{"touchpoint": "delivery"}`.
    """

    visitor: Visitor
    filters: Filters
    blueprint: Blueprint
    path: Mapping[str, str] = field(default_factory=dict)


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
        right: What one must be allowed to.
        menu: Its place in the menu; None for a page that is reached from another.
        rows: Gives the rows of its table for CSV and Parquet, where it has one.
        context: Words and drawings for the template that are in no twin.
        about_person: The part of `path` that names a person: every look is noted in the trail.
    """

    name: str
    address: str
    title: Lazy
    answer: type
    query: Callable[[Live, Workspace, Asked], Any]
    package: str
    right: Right = Right.SEE
    menu: int | None = None
    rows: Callable[[Any], list[dict[str, Any]]] | None = None
    context: Callable[[Any, Asked], dict[str, Any]] | None = None
    about_person: str | None = None

"""The grid touchpoint × mechanism, and what was lived in each of its cells."""

from troth.texts import lazy
from troth.web.frame.page import Page
from troth.web.pages.grid import cell
from troth.web.pages.grid.query import GridAnswer, grid
from troth.web.pages.grid.view import TABLES, view

PAGES = (
    Page(
        name="grid",
        address="/grid",
        title=lazy("Grid"),
        summary="Which mechanism carries or breaks trust at which touchpoint",
        answer=GridAnswer,
        query=grid,
        package=__name__,
        menu=30,
        filters=("until", "segment"),
        takes=("sort", "page", "size"),
        tables=TABLES,
        context=view,
        keeps=True,
    ),
    Page(
        name="cell",
        address="/grid/{touchpoint}/{mechanism}",
        title=lazy("Cell of the grid"),
        summary="What was lived at a touchpoint with a mechanism, and which records say so",
        answer=cell.CellAnswer,
        query=cell.cell,
        package=__name__,
        filters=("period", "segment"),
        takes=("sort", "page", "size"),
        tables=cell.TABLES,
        context=cell.view,
        heading=cell.heading,
        noted=cell.noted,
        template="cell.html",
    ),
)

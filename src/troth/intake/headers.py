"""Which header of a source belongs to which declared column."""

import re
from collections.abc import Sequence

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.errors import UsageError, nearest
from troth.intake.names import squeezed
from troth.intake.personal import own_customer
from troth.texts import _

_DATA = re.compile(r"[+-]?\d+([.,:/-]\d+)*([ T].*)?|true|false|", re.IGNORECASE)
"""What a header hardly ever is: a number, a date, a truth value, nothing."""


def match(
    blueprint: Blueprint, name: str, kind: RecordKind, headers: Sequence[str], where: str
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The position of each declared column's header, and notes on columns that the source does not have.

    Raises:
        UsageError: `header-missing` (the first row is data), `column-missing` (a key or customer column, or
        all of them), `header-twice` (a wanted header that two fields share).
    """
    found: dict[str, int] = {}
    missing: dict[str, str] = {}
    for column_name, column in kind.columns.items():
        wanted = column.source or column_name
        places = places_of(wanted, headers)
        if len(places) > 1:
            raise UsageError(
                "header-twice",
                _("The header “%(header)s” stands %(count)d times in the source.")
                % {"header": wanted, "count": len(places)},
                _("Rename one of them."),
                where=where,
            )
        if places:
            found[column_name] = places[0]
        else:
            missing[column_name] = wanted
    if not found and looks_like_data(headers):
        raise no_header(where)
    needed = {*(kind.columns if kind.key == ("*",) and not found else kind.key), own_customer(kind)}
    for column_name, wanted in missing.items():
        if column_name in needed or not found:
            raise _missing(blueprint, kind, (name, column_name), wanted, headers, where)
    notes = (
        _("The source has no column “%(column)s”; it stays empty in these rows.") % {"column": wanted}
        for wanted in missing.values()
    )
    return found, tuple(notes)


def places_of(wanted: str, headers: Sequence[str]) -> list[int]:
    """Where `wanted` stands: an exact match goes before one without case, that before one without blanks."""
    for form in (str.strip, str.casefold, squeezed):
        places = [
            place for place, header in enumerate(headers) if form(header.strip()) == form(wanted.strip())
        ]
        if places:
            return places
    return []


def looks_like_data(headers: Sequence[str]) -> bool:
    """Whether what should be headers are rather values: most are numbers, dates, truth values or nothing."""
    return 2 * sum(bool(_DATA.fullmatch(header)) for header in headers) > len(headers)


def no_header(where: str) -> UsageError:
    """The error for a source whose first row is data already."""
    return UsageError(
        "header-missing",
        _("The first row holds values, not the names of the columns."),
        _("Put a row with the columns' names on top."),
        where=where,
    )


def _missing(
    blueprint: Blueprint,
    kind: RecordKind,
    path: tuple[str, str],
    wanted: str,
    headers: Sequence[str],
    where: str,
) -> UsageError:
    near = nearest(wanted, headers)
    values = {"near": near, "column": path[1]}
    if path[0] == READY_MADE:  # it is not declared, so there is no place to mend in the blueprint
        hint = _("Ready-made experiences have the headers %(headers)s.")
        values["headers"] = ", ".join(kind.columns)
    else:
        declared_at = blueprint.where("records", path[0], "columns", path[1])
        values["place"] = f" ({declared_at})" if declared_at else ""
        hint = (
            _("Did you mean “%(near)s”? Name it as `source` of the column “%(column)s”%(place)s.")
            if near
            else _("Name the right header as `source` of the column “%(column)s”%(place)s.")
        )
    return UsageError(
        "column-missing",
        _("The source has no column “%(column)s”.") % {"column": wanted},
        hint % values,
        allowed=[header for header in headers if header],
        where=where,
    )

"""The checks of record kinds: keys, customers, links, zones and formats refer to something that exists."""

import re
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from troth.blueprint.document import Path
from troth.blueprint.expressions import RECORD
from troth.blueprint.faults import did_you_mean
from troth.blueprint.found import Found
from troth.blueprint.schema import Blueprint, Column, RecordKind
from troth.blueprint.unknown import unknown_column, unknown_link, unknown_record_kind
from troth.errors import nearest
from troth.texts import _

READY_MADE = "experiences"
"""The record kind whose rows are experiences already; it needs no declaration."""

ALL_COLUMNS = "*"

_DIRECTIVE = re.compile(r"%(-?.?)")
_DIRECTIVES = set("aAwdbBmyYHIpMSfzZjgnGuVUWcxX%") | {"-d", "-m", "-y", "-H", "-I", "-M", "-S", "-j"}
_DATE_PARTS = ({"Y", "y", "-y", "c", "x", "G"}, {"m", "-m", "b", "B", "j", "-j", "c", "x", "V", "U", "W"})


def check_records(blueprint: Blueprint) -> Iterator[Found]:
    """Every fault of every record kind."""
    for name, kind in blueprint.records.items():
        here: Path = ("records", name)
        if name == READY_MADE:
            yield Found(
                here,
                _("The record kind “experiences” is kept for ready-made experiences."),
                _("Their columns are fixed; import them without declaring them."),
            )
        for check in (_key, _version, _zone, _columns, _comments, _ids, _keep):
            yield from _below(here, check(kind))
        yield from _below(here, _links(blueprint, kind))
        yield from _below(here, _customer(blueprint, kind))


def _below(here: Path, found: Iterator[Found]) -> Iterator[Found]:
    for one in found:
        yield one._replace(path=(*here, *one.path))


def _key(kind: RecordKind) -> Iterator[Found]:
    if kind.key == (ALL_COLUMNS,):
        return
    for name in kind.key:
        if name not in kind.columns:
            yield Found(("key",), *unknown_column(name, kind.columns))
    if len(set(kind.key)) < len(kind.key):
        yield Found(("key",), _("A column stands twice in the key."))


def _version(kind: RecordKind) -> Iterator[Found]:
    if kind.version is not None and kind.version not in kind.columns:
        yield Found(("version",), *unknown_column(kind.version, kind.columns))


def _ids(kind: RecordKind) -> Iterator[Found]:
    for place, name in enumerate(kind.ids):
        column = kind.columns.get(name)
        if column is None:
            yield Found(("ids", place), *unknown_column(name, kind.columns))
        elif column.type not in {"text", "integer"}:
            message = _("A customer's id is a text or an integer, not %(type)s.") % {"type": column.type}
            yield Found(("ids", place), message)


def _keep(kind: RecordKind) -> Iterator[Found]:
    if kind.keep is not None and kind.keep < timedelta(days=1):
        yield Found(("keep",), _("Records are kept for a day at least."), _("Write it like 730d."))
    if kind.keep_from is None:
        return
    column = kind.columns.get(kind.keep_from)
    if kind.keep is None:
        yield Found(("keep_from",), _("It says from when, but not how long."), _("Write `keep`, too."))
    elif column is None:
        yield Found(("keep_from",), *unknown_column(kind.keep_from, kind.columns))
    elif column.type not in {"date", "time"}:
        message = _("Time is counted from a date or a time, not from %(type)s.") % {"type": column.type}
        yield Found(("keep_from",), message)


def _comments(kind: RecordKind) -> Iterator[Found]:
    """A comment is masked and read, so nothing may be looked up by it."""
    comments = {name for name, column in kind.columns.items() if column.type == "comment"}
    places: list[tuple[Path, str | None]] = [(("version",), kind.version)]
    places += [(("key",), name) for name in (kind.columns if kind.key == (ALL_COLUMNS,) else kind.key)]
    places += [(("links", name, "by"), link.by) for name, link in kind.links.items()]
    for path, name in places:
        if name in comments:
            message = _("The comment “%(column)s” cannot stand here: personal data in it are masked.")
            yield Found(path, message % {"column": name}, _("Take a column that is no comment."))


def _zone(kind: RecordKind) -> Iterator[Found]:
    try:
        ZoneInfo(kind.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = _("There is no time zone “%(name)s”.") % {"name": kind.zone}
        near = did_you_mean(kind.zone, available_timezones())
        yield Found(("zone",), message, near or _("Write it as Europe/Berlin."))


def _columns(kind: RecordKind) -> Iterator[Found]:
    headers: dict[str, str] = {}
    for name, column in kind.columns.items():
        header = (column.source or name).strip().casefold()
        if header in headers:
            message = _("The columns “%(first)s” and “%(second)s” read the same header.")
            yield Found(("columns", name), message % {"first": headers[header], "second": name})
        headers[header] = name
        if name == "rowid":
            yield Found(
                ("columns", name),
                _("The column name “rowid” is kept for the ledger."),
                _("Give it another name, and write “source: rowid” for the header."),
            )
        yield from _below(("columns", name), _format(column))
        if column.decimal is not None and column.type != "number":
            yield Found(("columns", name, "decimal"), _("Only a number has a decimal mark."))


def _format(column: Column) -> Iterator[Found]:
    if column.format is None:
        return
    if column.type not in {"date", "time"}:
        yield Found(("format",), _("Only a date or a time has a format."))
        return
    found = set(_DIRECTIVE.findall(column.format.replace("%%", "")))
    unknown = sorted(f"%{name}" for name in found - _DIRECTIVES)
    if unknown:
        message = _("“%(names)s” means nothing in a format.") % {"names": " ".join(unknown)}
        yield Found(("format",), message, _("Write it like %%d-%%m-%%Y %%H:%%M.") % {})
    elif not all(found & part for part in _DATE_PARTS):
        yield Found(
            ("format",),
            _("The format has no year or no month."),
            _("Write it like %%d-%%m-%%Y %%H:%%M.") % {},
        )


def _links(blueprint: Blueprint, kind: RecordKind) -> Iterator[Found]:
    for name, link in kind.links.items():
        if name == RECORD:
            yield Found(("links", name), _("The name “record” is kept for the record itself."))
        by = kind.columns.get(link.by)
        if by is None:
            yield Found(("links", name, "by"), *unknown_column(link.by, kind.columns))
        target = blueprint.records.get(link.to)
        if target is None:
            yield Found(("links", name, "to"), *unknown_record_kind(link.to, blueprint.records))
            continue
        key = target.columns.get(target.key[0]) if len(target.key) == 1 else None
        if target.key == (ALL_COLUMNS,) or len(target.key) > 1:
            message = _("“%(kind)s” has no single column as key, so nothing can link to it.")
            yield Found(("links", name, "to"), message % {"kind": link.to})
        elif by and key and by.type != key.type:
            message = _("“%(by)s” is %(type)s, but the key of “%(kind)s” is %(other)s.")
            values = {"by": link.by, "type": by.type, "kind": link.to, "other": key.type}
            yield Found(("links", name, "by"), message % values, _("Give both the same type."))


def _customer(blueprint: Blueprint, kind: RecordKind) -> Iterator[Found]:
    link_name, dot, column_name = kind.customer.rpartition(".")
    columns = kind.columns
    if dot:
        link = kind.links.get(link_name)
        if link is None:
            yield Found(("customer",), *unknown_link(link_name, kind.links))
        if link is None or link.to not in blueprint.records:
            return
        columns = blueprint.records[link.to].columns
    column = columns.get(column_name)
    if column is None:
        yield Found(
            ("customer",), *unknown_column(kind.customer, columns, near=nearest(column_name, columns))
        )
    elif column.type not in {"text", "integer"}:
        message = _("A customer's id is a text or an integer, not %(type)s.") % {"type": column.type}
        yield Found(("customer",), message)

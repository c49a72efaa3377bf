"""Rules about record kinds and what is kept of them."""

import re
from collections.abc import Iterator

from troth.blueprint.checks import parts
from troth.blueprint.expressions import RECORD
from troth.blueprint.found import Found
from troth.blueprint.lint.case import Case, rule
from troth.texts import _

_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|telephone|mobile|((first|last|given|family|full|sur)_?)?name|street|address|postcode"
    r"|zip|birth(day|date)?|iban|ip)(_|$)"
)


@rule("TB301", "warning")
def unused_record_kind(case: Case) -> Iterator[Found]:
    """A record kind that nothing uses.

    What it checks: Every record kind is the source of a rule, promise, segment or outcome, or is linked to.

    Why it matters: What nobody looks at should not be kept: it costs space and needs a reason.

    How to repair: Write a rule over it, or take it out.

    Example:
        records:
          visits: …   # and no rule `from: visits`
    """
    for name in case.blueprint.records:
        if name not in _used_kinds(case):
            yield Found(
                ("records", name),
                _("Nothing uses the record kind “%(name)s”.") % {"name": name},
                _("Write a rule over it, or take it out."),
            )


@rule("TB302", "info")
def unused_column(case: Case) -> Iterator[Found]:
    """A column that nothing uses.

    What it checks: Every column stands in the key, customer, ids, version, keep_from, a link, a rating or an
    expression. Comments have a rule of their own, TB307.

    Why it matters: Only declared columns are kept, so leaving one out is the simplest protection of data.

    How to repair: Take it out; it can come back with the next import.

    Example:
        columns: {order_id: text, discount_code: text}   # and no expression with discount_code
    """
    for kind, column in _unused(case):
        if not _personal(case, kind, column):
            yield Found(
                ("records", kind, "columns", column),
                _("Nothing uses the column “%(name)s” of “%(kind)s”.") % {"name": column, "kind": kind},
                _("Take it out; it can come back with the next import."),
            )


@rule("TB303", "warning")
def personal_data_kept_unused(case: Case) -> Iterator[Found]:
    """A column that looks like personal data and that nothing uses.

    What it checks: No column whose name sounds like a name, address, phone, e-mail, birthday or account
    number is kept without an expression that needs it.

    Why it matters: Data may be kept only as far as the purpose needs it, and an unused column has no purpose.

    How to repair: Take it out. If it is the customer's id, turn on `privacy: pseudonymise: true`.

    Example:
        columns: {order_id: text, customer_id: text, email: text}

    Source: Regulation (EU) 2016/679, article 5(1)(c), data minimisation.
    """
    for kind, column in _unused(case):
        if _personal(case, kind, column):
            yield Found(
                ("records", kind, "columns", column),
                _("The column “%(name)s” of “%(kind)s” looks like personal data, and nothing uses it.")
                % {"name": column, "kind": kind},
                _("Take it out: data may be kept only as far as the purpose needs it."),
            )


def _personal(case: Case, kind: str, column: str) -> bool:
    header = case.blueprint.records[kind].columns[column].source or ""
    return any(_PERSONAL.search(re.sub(r"\W+", "_", name.lower())) for name in (column, header))


def _used_kinds(case: Case) -> set[str]:
    linked = {link.to for kind in case.blueprint.records.values() for link in kind.links.values()}
    return linked | {part.source for _section, _index, part in parts(case.blueprint)}


def _unused(case: Case) -> Iterator[tuple[str, str]]:
    """The columns of used kinds that nothing names, as (kind, column); of comments see TB307."""
    records = case.blueprint.records
    used: set[tuple[str, str]] = set()
    for name, kind in records.items():
        link, dot, column = kind.customer.rpartition(".")
        used |= {(name, key) for key in kind.key} | {(name, other.by) for other in kind.links.values()}
        used |= {(name, other) for other in (*kind.ids, kind.keep_from or "")}
        used |= {(name, kind.version or ""), (kind.links[link].to if dot else name, column)}
    sources = {(section, i): part.source for section, i, part in parts(case.blueprint)}
    for path, compiled in case.compiled.items():
        source = sources[str(path[0]), int(path[1])]
        for table, column in compiled.columns:
            used.add((source if table == RECORD else records[source].links[table].to, column))
    for part in case.blueprint.rules:
        used |= {(part.source, part.read or ""), (part.source, part.rating.column if part.rating else "")}
    for name, kind in records.items():
        if name in _used_kinds(case) and kind.key != ("*",):
            free = (column for column, declared in kind.columns.items() if declared.type != "comment")
            yield from ((name, column) for column in free if (name, column) not in used)

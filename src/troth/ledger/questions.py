"""From what a caller asks (`by`, `only`) to a question of evidence; what cannot be asked is a clear error."""

from collections.abc import Mapping, Sequence
from typing import get_args

import duckdb

from troth.errors import UsageError, nearest
from troth.ledger.answers import Dimension, Moment, Only
from troth.ledger.dictionaries import known_numbers
from troth.ledger.evidence import Key, Question
from troth.ledger.sql import literal
from troth.ledger.standing.state import read_standing
from troth.store.tables import hashed
from troth.texts import _
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS, MECHANISMS, PRECONDITION_IDS

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


def dimensions(by: Sequence[str]) -> tuple[Dimension, ...]:
    """`by`, checked.

    Raises:
        UsageError: `dimension-unknown`, `dimension-twice`.
    """
    for name in by:
        if name not in DIMENSIONS:
            near = nearest(name, DIMENSIONS)
            raise UsageError(
                "dimension-unknown",
                _("Trust cannot be read out by “%(name)s”.") % {"name": name},
                _("Did you mean %(near)s?") % {"near": near} if near else "",
                allowed=DIMENSIONS,
            )
        if list(by).count(name) > 1:
            raise UsageError("dimension-twice", _("“%(name)s” is named twice.") % {"name": name})
    return tuple(name for name in DIMENSIONS if name in by)


def question(
    connection: duckdb.DuckDBPyConnection, by: Sequence[str], at: Moment, only: Only | None = None
) -> Question:
    """The evidence that rows by `by` need: conditions in SQL, names looked up.

    Raises:
        UsageError: `dimension-unknown` and its like, `filter-unknown` for a value that the ledger does not
            know.
    """
    keys: dict[Dimension, Key] = {
        "touchpoint": "touchpoint",
        "customer": "customer",
        "segment": "segment",
        "day": "day",
    }
    wanted = tuple(keys[name] for name in dimensions(by) if name in keys)
    conditions = _conditions(connection, only or {})
    standing = read_standing(connection)
    return Question(
        wanted,
        at,
        tuple(conditions.values()),
        from_experience=not {"customer", "segment"}.isdisjoint(conditions),
        named=tuple(conditions),
        segment=_single_segment((only or {}).get("segment")),
        recent_from=standing.day if standing else None,
        segment_cube=standing is not None,
    )


def _conditions(connection: duckdb.DuckDBPyConnection, only: Only) -> dict[str, str]:
    conditions: dict[str, str] = {}
    for name, given in only.items():
        values = [given] if isinstance(given, str) else list(given)
        if name == "touchpoint":
            numbers = _numbers(name, values, known_numbers(connection).touchpoint)
            conditions[name] = _is_in("e.touchpoint_no", numbers)
        elif name == "mechanism":
            numbers = _numbers(name, values, {m.id: m.no for m in MECHANISMS})
            conditions[name] = _is_in("e.mechanism_no", numbers)
        elif name == "precondition":
            _numbers(name, values, {id_: no for no, id_ in enumerate(PRECONDITION_IDS)})
            members = [
                MECHANISM_BY_ID[id_].no
                for id_ in MECHANISM_IDS
                if MECHANISM_BY_ID[id_].precondition in values
            ]
            conditions[name] = _is_in("e.mechanism_no", members)
        elif name == "customer":
            conditions[name] = _is_in("e.customer_no", _customer_numbers(connection, values))
        elif name == "segment":
            conditions[name] = _segments(connection, values)
        else:
            allowed = [dimension for dimension in DIMENSIONS if dimension != "day"]
            raise UsageError(
                "filter-unknown", _("One cannot filter by “%(name)s”.") % {"name": name}, allowed=allowed
            )
    return conditions


def customer_no(connection: duckdb.DuckDBPyConnection, customer: str) -> int:
    """The number of a customer; `UsageError` when the ledger has no experience of that customer."""
    return _customer_numbers(connection, [customer])[0]


def _customer_numbers(connection: duckdb.DuckDBPyConnection, customers: Sequence[str]) -> list[int]:
    """The numbers of customers, in their order; one look for all of them."""
    known = ", ".join("?" * len(customers)) or "NULL"
    hashes = ", ".join([hashed("?")] * len(customers)) or "NULL"  # found without reading all ids
    rows = connection.execute(
        f"SELECT customer, customer_no FROM customer WHERE hash IN ({hashes}) AND customer IN ({known})",
        [*customers, *customers],
    ).fetchall()
    found = {str(customer): int(number) for customer, number in rows}
    for customer in customers:
        if customer not in found:
            raise UsageError(
                "customer-unknown",
                _("The ledger knows no customer “%(customer)s”.") % {"customer": customer},
                _("Write the id as it stands in the records; where ids are pseudonymised, give the key too."),
            )
    return [found[customer] for customer in customers]


def _numbers(dimension: str, values: Sequence[str], known: Mapping[str, int]) -> list[int]:
    for value in values:
        if value not in known:
            near = nearest(value, known)
            raise UsageError(
                "filter-unknown",
                _("There is no %(dimension)s “%(value)s” in the ledger.")
                % {"dimension": dimension, "value": value},
                _("Did you mean %(near)s?") % {"near": near} if near else "",
                allowed=known,
            )
    return [known[value] for value in values]


def _segments(connection: duckdb.DuckDBPyConnection, values: Sequence[str]) -> str:
    either = []
    for given in values:
        segment, _equals, value = given.partition("=")
        either.append(f"(segment = {literal(segment)} AND value = {literal(value)})")
        there = f"SELECT 1 FROM customer_segment WHERE {either[-1]} LIMIT 1"
        if not connection.execute(there).fetchall():
            known = connection.execute("SELECT DISTINCT segment, value FROM customer_segment ORDER BY 1, 2")
            _numbers("segment", [given], {f"{s}={v}": no for no, (s, v) in enumerate(known.fetchall())})
    return f"e.customer_no IN (SELECT customer_no FROM customer_segment WHERE {' OR '.join(either)})"


def _single_segment(given: str | Sequence[str] | None) -> tuple[str, tuple[str, ...]] | None:
    """The segment and its values, when all that are given are of one."""
    values = [given] if isinstance(given, str) else list(given or ())
    names = {value.partition("=")[0] for value in values}
    if len(names) != 1:
        return None
    return names.pop(), tuple(dict.fromkeys(value.partition("=")[2] for value in values))


def _is_in(column: str, numbers: Sequence[int]) -> str:
    return f"{column} IN ({', '.join(map(str, numbers))})" if numbers else "FALSE"

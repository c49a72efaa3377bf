"""Which columns of a record kind hold customers' ids, and which hold ids at all."""

from troth.blueprint.schema import Blueprint, Link, RecordKind


def own_customer(kind: RecordKind) -> str | None:
    """The kind's own customer column; None where a link leads to the customer."""
    return kind.customer if "." not in kind.customer else None


def own_ids(kind: RecordKind) -> tuple[str, ...]:
    """The kind's own columns with ids of its customer: the customer column first, then the further ids."""
    customer = own_customer(kind)
    return tuple(dict.fromkeys((*((customer,) if customer else ()), *kind.ids)))


def by_link(kind: RecordKind) -> Link | None:
    """The link by which the kind's records reach their customer; None where they name the customer."""
    link, dot, _column = kind.customer.partition(".")
    return kind.links[link] if dot else None


def personal_columns(blueprint: Blueprint, kind: RecordKind) -> set[str]:
    """The columns that hold a customer's id.

    The kind's own, its further ids, and those that link to a kind keyed by its customers.
    """
    found = {link.by for link in kind.links.values() if _keyed_by_customer(blueprint, link.to)}
    return found | set(own_ids(kind))


def identifying_columns(kind: RecordKind) -> set[str]:
    """The columns whose values are ids, read without blanks around them.

    Key, customer, further ids, and what links go by.
    """
    names = {*kind.key, *(link.by for link in kind.links.values()), *own_ids(kind)}
    return names & kind.columns.keys()


def _keyed_by_customer(blueprint: Blueprint, kind_name: str) -> bool:
    kind = blueprint.records.get(kind_name)
    return kind is not None and kind.key == (own_customer(kind),)

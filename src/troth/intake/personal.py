"""Which columns of a record kind hold customers' ids, and which hold ids at all."""

from troth.blueprint.schema import Blueprint, RecordKind


def own_customer(kind: RecordKind) -> str | None:
    """The kind's own customer column; None where a link leads to the customer."""
    return kind.customer if "." not in kind.customer else None


def personal_columns(blueprint: Blueprint, kind: RecordKind) -> set[str]:
    """The columns that hold a customer's id.

    The kind's own, and those that link to a kind keyed by its customers.
    """
    found = {link.by for link in kind.links.values() if _keyed_by_customer(blueprint, link.to)}
    customer = own_customer(kind)
    return found | {customer} if customer else found


def identifying_columns(kind: RecordKind) -> set[str]:
    """The columns whose values are ids, read without blanks around them.

    Key, customer, and what links go by.
    """
    customer = own_customer(kind)
    names = {*kind.key, *(link.by for link in kind.links.values()), *([customer] if customer else [])}
    return names & kind.columns.keys()


def _keyed_by_customer(blueprint: Blueprint, kind_name: str) -> bool:
    kind = blueprint.records.get(kind_name)
    return kind is not None and kind.key == (own_customer(kind),)

"""The customers of a segment's values, and of which things the number may be told for one of them."""

from dataclasses import dataclass

import numpy as np

from troth.insight.voices.places import Spoken
from troth.ledger.said import Flags, Ints
from troth.store import Store


@dataclass(frozen=True, slots=True)
class Crowd:
    """The customers in groups of which none may be told that is small.

    Attributes:
        least: So many customers a group must have.
        value: The number of each customer's value of the segment, 0 without one, [customers].
        values: How many numbers there are.
        viewed: The number of the value that is looked at.
    """

    least: int
    value: Ints
    values: int
    viewed: int

    def enough(self, lines: Ints, who: Ints, count: int) -> Flags:
        """Of which of `count` things the number may be told for the value that is looked at, [count].

        Not where it is a few customers', nor where it is the smallest of those that could be told and the
        others are a few: all customers minus what is told would be theirs.

        Args:
            lines: Of what each customer in `who` says something, [pairs]; in their order.
            who: The customers, of each thing in their order; one may stand there several times.
            count: How many things there are.
        """
        line, customer = once(lines, who)
        found = np.bincount(line * self.values + self.value[customer], minlength=count * self.values)
        customers = found.reshape(count, self.values)
        many = customers >= self.least
        many[:, 0] = False
        few = np.where(many, 0, customers).sum(axis=1)
        smallest = np.where(many, customers, np.iinfo(np.int64).max).argmin(axis=1)
        given_away = (few > 0) & (few < self.least) & (smallest == self.viewed)
        own = customers[:, self.viewed]
        return np.asarray((own == 0) | ((own >= self.least) & ~given_away))

    def customers(self, lines: Ints, who: Ints, count: int) -> Ints:
        """How many customers each of `count` things is said by, [count]; in the same order."""
        line, _customer = once(lines, who)
        return np.bincount(line, minlength=count)

    def all_enough(self, who: Ints) -> bool:
        """Whether it may be told how many things these customers did."""
        return bool(self.enough(np.zeros_like(who), np.sort(who), 1)[0])


def once(lines: Ints, who: Ints) -> tuple[Ints, Ints]:
    """Each thing and customer once; they are in order."""
    new = differing(lines, who)
    return lines[new], who[new]


def differing(*sorted_by: Ints) -> Flags:
    """Where any of these differs from what stands before."""
    new = np.ones(len(sorted_by[0]), np.bool_)
    new[1:] = np.logical_or.reduce([one[1:] != one[:-1] for one in sorted_by])
    return new


def crowd(store: Store, spoken: Spoken, segment: str | None, least: int) -> Crowd:
    """The customers by the values of the segment of `segment` (`segment=value`); all alike without one."""
    people = int(spoken.said.customer.max()) + 1 if len(spoken.said.customer) else 1
    if segment is None:
        return Crowd(least, np.ones(people, np.int64), 2, 1)
    rows = store.connection.execute(
        """
        SELECT customer_no, segment || '=' || value AS value FROM customer_segment
        WHERE segment IN (SELECT segment FROM customer_segment WHERE segment || '=' || value = $chosen)
        """,
        {"chosen": segment},
    ).fetchnumpy()
    names, number = np.unique(np.asarray(rows["value"], np.str_), return_inverse=True)
    value = np.zeros(people, np.int64)
    customers = np.asarray(rows["customer_no"], np.int64)
    wrote = customers < people
    value[customers[wrote]] = 1 + number[wrote]
    viewed = names.tolist().index(segment) if segment in names else len(names)
    return Crowd(least, value, len(names) + 2, 1 + viewed)

"""Which groups of customers are large enough to be shown where nobody may be seen alone."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def shown(customers: Mapping[T, int], least: int, hidden: int = 0) -> frozenset[T]:
    """The groups of one division of the customers that may be shown; `hidden` others are left out already.

    Those with at least `least` customers; and so many of the smallest of them are left out, too, that all
    that is left out together has at least `least`: else the whole minus what is shown would give it away.

    >>> sorted(shown({"nl": 900, "de": 60, "be": 40, "fr": 5}, 20))
    ['de', 'nl']
    """
    ascending = sorted((group for group, n in customers.items() if n > 0), key=lambda group: customers[group])
    for place, group in enumerate(ascending):
        if customers[group] >= least and (hidden == 0 or hidden >= least):
            return frozenset(ascending[place:])
        hidden += customers[group]
    return frozenset()


Group = tuple[str, str]
"""A segment and one of its values."""


def told_apart(
    sizes: Mapping[Group, int], common: Mapping[tuple[Group, Group], int], least: int
) -> frozenset[Group]:
    """The groups of several divisions of the same customers that may be shown beside each other.

    Left out is a group that is another one, or some of another division, but for a few customers: its figures
    minus theirs would be those of the few. `common`: how many customers two groups share, both ways round.

    >>> nl, benelux = ("country", "nl"), ("region", "benelux")
    >>> told_apart({nl: 50, benelux: 53}, {(nl, benelux): 50, (benelux, nl): 50}, 20)
    frozenset({('country', 'nl')})
    """
    kept = set(sizes)
    for group in sorted(sizes, key=lambda one: (-sizes[one], one)):
        others = [other for other in kept if other[0] != group[0]]
        few = any(
            0 < sizes[group] + sizes[other] - 2 * common.get((group, other), 0) < least for other in others
        )
        inside: dict[str, int] = {}
        for other in others:
            if common.get((group, other), 0) == sizes[other]:
                inside[other[0]] = inside.get(other[0], 0) + sizes[other]
        if few or any(0 < sizes[group] - n < least for n in inside.values()):
            kept.remove(group)
    return frozenset(kept)

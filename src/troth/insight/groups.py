"""Which groups of customers are large enough to be shown where nobody may be seen alone."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def shown(customers: Mapping[T, int], least: int) -> frozenset[T]:
    """The groups of one division of the customers that may be shown.

    Those with at least `least` customers; and so many of the smallest of them are left out, too, that all
    that is left out together has at least `least`: else the whole minus what is shown would give it away.

    >>> sorted(shown({"nl": 900, "de": 60, "be": 40, "fr": 5}, 20))
    ['de', 'nl']
    """
    ascending = sorted((group for group, n in customers.items() if n > 0), key=lambda group: customers[group])
    hidden = 0
    for place, group in enumerate(ascending):
        if customers[group] >= least and (hidden == 0 or hidden >= least):
            return frozenset(ascending[place:])
        hidden += customers[group]
    return frozenset()

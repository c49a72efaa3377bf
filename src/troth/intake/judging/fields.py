"""Which part of a JSON object belongs to which declared column.

A column is found by its own name, else by its `source`; the first of these that the object has is taken: the
member itself, the place that a dotted path leads to (`customer.id`; in `line_items.0.sku` the number is a
place in a list), the member that differs only in case, blanks, hyphens and underscores.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from troth.blueprint.schema import RecordKind
from troth.intake.names import squeezed

Object = Mapping[str, object]
_Way = tuple[str, tuple[str, ...]]
_MISSING = object()
_MOST_PLANS, _LONGEST_PLAN = 100, 20_000
"""How many sets of members are remembered, and the characters of each: senders repeat them."""


class Fields:
    """Picks the declared columns out of objects; `paths` names other places than the declaration does."""

    def __init__(self, kind: RecordKind, paths: Mapping[str, str] | None = None) -> None:
        self._names = {
            name: ((paths[name],) if paths and name in paths else _both(name, column.source))
            for name, column in kind.columns.items()
        }
        self._plans: dict[frozenset[str], tuple[Mapping[str, Sequence[_Way]], frozenset[str]]] = {}

    def picked(self, objects: Sequence[Object]) -> tuple[dict[str, list[object]], dict[str, int]]:
        """The values of every column, and how often each member came that no column is made of."""
        ways, left = self._plan(frozenset(chain.from_iterable(objects)))
        return {column: _values(objects, several) for column, several in ways.items()}, {
            member: count for member in sorted(left) if (count := sum(member in one for one in objects))
        }

    def _plan(self, members: frozenset[str]) -> tuple[Mapping[str, Sequence[_Way]], frozenset[str]]:
        """The ways to every column in objects with these members, and the members that none leads by."""
        known = self._plans.get(members)
        if known is not None:
            return known
        spelt: dict[str, list[str]] = {}
        for member in sorted(members):
            spelt.setdefault(squeezed(member), []).append(member)
        ways = {column: tuple(_ways(names, members, spelt)) for column, names in self._names.items()}
        left = members - {root for several in ways.values() for root, _steps in several}
        if sum(map(len, members)) <= _LONGEST_PLAN:
            if len(self._plans) >= _MOST_PLANS:
                self._plans = {}  # threads that look at the old one meanwhile are not disturbed
            self._plans[members] = ways, left
        return ways, left


def _both(name: str, source: str | None) -> tuple[str, ...]:
    return (name,) if source in (None, name) else (name, str(source))


def _ways(
    names: Sequence[str], members: Collection[str], spelt: Mapping[str, Sequence[str]]
) -> Iterable[_Way]:
    for name in names:
        if name in members:
            yield name, ()
    for name in names:
        root, *steps = name.split(".")
        if steps and root in members:
            yield root, tuple(steps)
    for name in names:
        for member in spelt.get(squeezed(name), ()):
            if member not in names:
                yield member, ()


def _values(objects: Sequence[Object], ways: Sequence[_Way]) -> list[object]:
    if not ways:
        return [None] * len(objects)
    if len(ways) == 1 and not ways[0][1]:
        [(name, _steps)] = ways
        return [found.get(name) for found in objects]
    return [
        next((value for way in ways if (value := _followed(found, way)) is not _MISSING), None)
        for found in objects
    ]


def _followed(found: Object, way: _Way) -> object:
    root, steps = way
    place: object = found.get(root, _MISSING)
    for step in steps:
        if isinstance(place, dict):
            place = place.get(step, _MISSING)
        elif isinstance(place, list) and step.isdecimal() and int(step) < len(place):
            place = place[int(step)]
        else:
            return _MISSING
    return place

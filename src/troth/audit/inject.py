"""Facts by name: a function's parameters say which facts it needs, and it is handed just these."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

Function = Callable[..., Any]


class Facts:
    """Facts worked out when they are first asked for, once.

    A fact is a function of other facts, named by its parameters; `given` are those that are there from the
    beginning. What a function raises is raised again for everyone who asks for its fact.

    >>> facts = Facts({"price": lambda page: page * 2}, {"page": 21})
    >>> facts.call(lambda price: price)
    42
    """

    def __init__(self, functions: Mapping[str, Function], given: Mapping[str, Any]) -> None:
        self._functions = functions
        self._known = dict(given)
        self._faults: dict[str, Exception] = {}

    def call(self, function: Function) -> Any:  # noqa: ANN401 - whatever the function returns
        """`function`, handed the facts that its parameters name. Raises KeyError for an unknown fact."""
        return function(**{name: self._fact(name) for name in needs(function)})

    def _fact(self, name: str) -> Any:  # noqa: ANN401 - whatever the fact is
        if name in self._faults:
            raise self._faults[name]
        if name not in self._known:
            try:
                self._known[name] = self.call(self._functions[name])
            except Exception as fault:
                self._faults[name] = fault
                raise
        return self._known[name]


@cache
def needs(function: Function) -> tuple[str, ...]:
    """The names of the facts that `function` asks for."""
    return tuple(inspect.signature(function).parameters)

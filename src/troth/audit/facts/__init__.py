"""What is derived from the artifacts: pure functions, one subject a file, each named by the fact it gives.

A module lists its functions in `FACTS`. A function asks for other facts by the names of its parameters;
`artifacts` is there from the beginning. What a fact found is a frozen dataclass with quotes and page ids, so
that a rule can show its proof.
"""

from functools import cache

from troth.audit import facts
from troth.audit.discovery import modules
from troth.audit.inject import Function


@cache
def functions() -> dict[str, Function]:
    """Every fact's function by the name of the fact."""
    found = [function for module in modules(facts) for function in module.FACTS]
    return {function.__name__: function for function in found}

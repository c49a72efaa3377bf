"""Troth makes customer trust measurable: from raw records to a trust report.

`Workspace` is the way in for programs; `TrothError` is what it raises.
"""

TYPE_CHECKING = False  # what type checkers take for true, without loading `typing`

if TYPE_CHECKING:
    from troth.errors import TrothError as TrothError
    from troth.workspace import Workspace as Workspace

__version__ = "0.1.0"

__all__ = ["TrothError", "Workspace", "__version__"]

_PLACES = {"TrothError": "troth.errors", "Workspace": "troth.workspace"}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)

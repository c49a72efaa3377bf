"""Finding what stands one a file in a package: facts and rules."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Every module below `package`, by name."""
    for found in sorted(walk_packages(package.__path__, f"{package.__name__}."), key=lambda m: m.name):
        if not found.ispkg:
            yield import_module(found.name)

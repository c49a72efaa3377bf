"""The pages: a folder each, found by its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from troth.web.frame.action import Action
from troth.web.frame.page import Page


def _modules() -> list[ModuleType]:
    return [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]


@cache
def pages() -> tuple[Page, ...]:
    """All pages, those of the menu in its order first."""
    found = [page for module in _modules() for page in module.PAGES]
    return tuple(sorted(found, key=lambda page: (page.menu is None, page.menu or 0, page.name)))


@cache
def actions() -> tuple[Action, ...]:
    """What the pages let one do: of each folder that has any, its `ACTIONS`."""
    return tuple(action for module in _modules() for action in getattr(module, "ACTIONS", ()))

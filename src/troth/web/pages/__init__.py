"""The pages: a folder each, found by its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from troth.web.frame.page import Page


@cache
def pages() -> tuple[Page, ...]:
    """All pages, those of the menu in its order first."""
    found = [
        page for module in iter_modules(__path__) for page in import_module(f"{__name__}.{module.name}").PAGES
    ]
    return tuple(sorted(found, key=lambda page: (page.menu is None, page.menu or 0, page.name)))

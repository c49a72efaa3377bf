"""Pages for rules that read no page's look: nothing in them but what a test puts there."""

from dataclasses import replace
from typing import Any

from tests.shop.site import HEADERS
from tests.support.gathered import SHOP, TAKEN_AT_MS

from troth.audit.artifacts.page import Layout, Seen
from troth.audit.artifacts.shape import Page

GOOD_HEADERS = {name.lower(): value for name, value in HEADERS}
EMPTY = Seen(
    "", "en", "", "", (), (), (), (), (), (), (), (), (), Layout(1280, 720, 0, 0, 0, (), 0), {}, {}, (), None
)


def home(**changes: Any) -> Page:  # noqa: ANN401 - as the fields are
    """The front page; `changes` are fields of `Page`."""
    page = Page("first-home", "first", "home", SHOP, SHOP, 200, TAKEN_AT_MS, GOOD_HEADERS, EMPTY)
    return replace(page, **changes)

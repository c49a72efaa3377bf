"""Long lists a page at a time."""

import pytest

from troth.errors import UsageError
from troth.web.frame.filters import Filters
from troth.web.frame.lists import listed

SORTS = {"n": lambda n: n, "last": lambda n: n % 10 or None}


def test_pages_add_up_to_the_whole() -> None:
    pages = [listed(range(7), Filters(page=page, size=3), SORTS) for page in (1, 2, 3, 4)]
    assert [page.rows for page in pages] == [(0, 1, 2), (3, 4, 5), (6,), ()]
    assert [(page.first, page.last, page.total, page.pages) for page in pages] == [
        (1, 3, 7, 3), (4, 6, 7, 3), (7, 7, 7, 3), (0, 0, 7, 3),
    ]  # fmt: skip


def test_the_head_decides_the_order_and_nothing_comes_first() -> None:
    assert listed([13, 20, 11], Filters(sort="last"), SORTS).rows == (20, 11, 13)
    assert listed([13, 20, 11], Filters(sort="-last"), SORTS).rows == (13, 11, 20)


def test_an_order_that_there_is_not() -> None:
    with pytest.raises(UsageError) as caught:
        listed([1], Filters(sort="colour"), SORTS)
    assert caught.value.allowed == ("n", "last")


def test_a_list_without_rows_has_one_page() -> None:
    found = listed([], Filters(), SORTS)
    assert (found.pages, found.first, found.last) == (1, 0, 0)

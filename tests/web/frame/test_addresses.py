"""Addresses: whatever a part holds comes back, and no link leads away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.web.frame.addresses import address_of, local, read, with_query, written


@given(st.text(min_size=1))
def test_a_part_comes_back_as_it_was(part: str) -> None:
    from urllib.parse import unquote

    encoded = written(part.encode("utf-8", "ignore").decode())
    assert "/" not in encoded
    assert read(unquote(encoded)) == part.encode("utf-8", "ignore").decode()


def test_an_address_is_filled_in() -> None:
    assert address_of("/grid/{touchpoint}/{mechanism}", {"touchpoint": "a/b", "mechanism": "x y"}) == (
        "/grid/a~1b/x%20y"
    )
    assert with_query("/grid", {"at": "2026-01-01", "segment": None, "search": "a&b"}) == (
        "/grid?at=2026-01-01&search=a%26b"
    )


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org", "/\\example.org", "javascript:x", "", "/a\nb"]
)
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert local(address) == "/"


def test_own_addresses_stay() -> None:
    assert local("/grid?at=2026-01-01#x") == "/grid?at=2026-01-01#x"

"""Parts that add up exactly as printed."""

from hypothesis import given
from hypothesis import strategies as st

from troth.report.page.words import apportioned

parts = st.lists(st.integers(-(10**24), 10**24), max_size=40)


@given(parts=parts, unit=st.integers(1, 10**21), digits=st.integers(0, 4))
def test_rounded_parts_add_up_to_the_rounded_sum(parts: list[int], unit: int, digits: int) -> None:
    rounded = apportioned(parts, unit, digits)
    exact = sum(parts) * 10**digits
    assert abs(sum(rounded) * unit - exact) * 2 <= unit
    assert all(abs(one * unit - part * 10**digits) < unit for one, part in zip(rounded, parts, strict=True))


def test_the_largest_remainder_gets_the_rest() -> None:
    assert apportioned([1, 1, 1], 3, digits=1) == [4, 3, 3]
    assert apportioned([-5, 2], 4, digits=0) == [-1, 0]
    assert apportioned([], 7, digits=3) == []

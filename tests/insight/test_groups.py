from hypothesis import given
from hypothesis import strategies as st

from troth.insight.groups import shown

counts = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 200), max_size=8)


@given(counts, st.integers(2, 60))
def test_what_is_shown_is_large_and_what_is_hidden_is_none_or_large_together(
    customers: dict[str, int], least: int
) -> None:
    found = shown(customers, least)
    hidden = sum(n for group, n in customers.items() if group not in found)
    assert all(customers[group] >= least for group in found)
    assert hidden == 0 or hidden >= least or not found


@given(counts, st.integers(2, 60))
def test_no_more_is_hidden_than_must_be(customers: dict[str, int], least: int) -> None:
    found = shown(customers, least)
    small = sum(n for n in customers.values() if n < least)
    if small == 0 or small >= least:
        assert found == {group for group, n in customers.items() if n >= least}
    else:  # one group more, and the smallest one, is enough: it is large itself
        large = sorted(n for n in customers.values() if n >= least)
        assert sorted(customers[group] for group in found) == large[1:]


def test_one_small_group_takes_the_smallest_large_one_with_it() -> None:
    assert shown({"nl": 60, "de": 40, "be": 22, "lu": 3}, 20) == {"nl", "de"}
    assert shown({"nl": 60, None: 3}, 20) == frozenset()

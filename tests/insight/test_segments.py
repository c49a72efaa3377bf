"""Segments: a planted difference is found, chance is not, small groups are named and not compared."""

from collections.abc import Callable

import numpy as np
import pytest
from tests.insight.conftest import Ledger, Lived

from troth.insight.company import company_index
from troth.insight.holm import holm
from troth.insight.segments import SegmentValue, segments

DAY = 20_000
REGIONS = ("north", "south", "west")


def customers(late: dict[str, float], each: int = 250) -> tuple[list[Lived], dict[str, str]]:
    """Four deliveries for each customer, late at the region's rate; and every customer's region."""
    generator = np.random.default_rng(8)
    regions = {f"{region}{i}": region for region in late for i in range(each)}
    rows = [
        Lived(customer, "delivery", "reliability", -1000 if generator.uniform() < late[region] else 1000, DAY)
        for customer, region in regions.items()
        for _ in range(4)
    ]
    return rows, regions


def values(lived: Ledger) -> dict[str | None, SegmentValue]:
    [region] = segments(lived.basis(DAY))
    assert region.segment == "region"
    return {value.value: value for value in region.values}


def test_a_planted_difference_is_found(ledger: Callable[..., Ledger]) -> None:
    rows, regions = customers({"north": 0.3, "south": 0.15, "west": 0.15})
    found = values(ledger().live(rows).divide("region", regions))
    assert next(iter(found)) == "north"
    north = found["north"]
    assert north.flagged
    assert north.customers == 250
    assert north.p_value is not None
    assert north.p_value < 1e-6
    assert north.difference is not None
    assert north.trust.index is not None
    alone = [row for row in rows if regions[row.customer] == "north"]
    rest = [row for row in rows if regions[row.customer] != "north"]
    indices = [company_index(ledger().live(some).basis(DAY)).trust.index for some in (alone, rest)]
    assert indices[0] is not None
    assert indices[1] is not None
    assert north.trust.index.value == pytest.approx(indices[0].value)
    assert north.difference.value == pytest.approx(indices[0].value - indices[1].value)


def test_chance_is_not_flagged(ledger: Callable[..., Ledger]) -> None:
    rows, regions = customers(dict.fromkeys(REGIONS, 0.2))
    found = values(ledger().live(rows).divide("region", regions))
    assert not any(value.flagged for value in found.values())
    assert all(value.difference is not None for value in found.values())


def test_small_groups_are_named_and_not_compared(ledger: Callable[..., Ledger]) -> None:
    rows, regions = customers({"north": 0.2, "south": 0.2})
    islands, there = customers({"islands": 0.9}, each=29)
    found = values(ledger().live(rows + islands).divide("region", regions | there))
    small = found["islands"]
    assert list(found)[-1] == "islands"
    assert (small.small, small.flagged, small.difference, small.p_value) == (True, False, None, None)
    assert small.trust.index is not None


@pytest.mark.parametrize("others", [0, 3])
def test_a_group_of_nearly_all_has_nobody_to_be_compared_with(
    ledger: Callable[..., Ledger], others: int
) -> None:
    """Sums over three touchpoints round otherwise than the sum of all: no leftover is anybody's trust."""
    generator = np.random.default_rng(3)
    regions = {f"customer{i}": "north" if i >= others else "south" for i in range(300)}
    rows = [
        Lived(customer, touchpoint, "reliability", int(generator.integers(-999, 999)) * 2 + 1, DAY - day)
        for customer in regions
        for touchpoint in ("shop", "delivery", "support")
        for day in (0, 17, 40)
    ]
    found = values(ledger().live(rows).divide("region", regions))
    assert (found["north"].customers, found["north"].small) == (300 - others, False)
    assert (found["north"].difference, found["north"].p_value) == (None, None)
    assert None not in found


def test_customers_without_a_value_are_a_group_of_their_own(ledger: Callable[..., Ledger]) -> None:
    rows, regions = customers(dict.fromkeys(REGIONS, 0.2), each=50)
    known = {customer: region for customer, region in regions.items() if region != "west"}
    found = values(ledger().live(rows).divide("region", known))
    assert set(found) == {"north", "south", None}
    assert sum(value.customers for value in found.values()) == 150
    assert sum(value.trust.evidence.experiences for value in found.values()) == len(rows)
    whole = values(ledger().live(rows).divide("region", regions))["west"]
    assert found[None].trust.evidence == whole.trust.evidence


def test_holm_against_known_values() -> None:
    """Worked example of R's p.adjust(method = "holm")."""
    p_values = np.array([0.01, 0.02, 0.03, 0.04, 0.05])
    assert holm(p_values) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm(p_values[::-1]) == pytest.approx([0.09, 0.09, 0.09, 0.08, 0.05])
    assert holm(np.array([0.4, 0.9])) == pytest.approx([0.8, 0.9])
    assert holm(np.array([0.7, 0.9])).max() == 1
    assert len(holm(np.array([]))) == 0

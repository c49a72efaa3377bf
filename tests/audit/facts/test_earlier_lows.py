"""The low of the 30 days before a reduction, from prices that earlier audits saw."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.gathered import TAKEN_AT_MS

from troth.audit.artifacts.price import CLOSE_MS, DAY_MS, SeenPrice, joined
from troth.audit.artifacts.shape import Artifacts
from troth.audit.facts.earlier_lows import EarlierLow, earlier_lows, low
from troth.audit.facts.reductions import Reduction
from troth.audit.facts.sightings import Sighting, Sightings

MONTH_MS = 30 * DAY_MS
NOW = SeenPrice(
    "https://shop.example/p/pot", "Pot", "page", "P1", Decimal("59.90"), "EUR", Decimal(79), "59,90 €",
    TAKEN_AT_MS, TAKEN_AT_MS,
)  # fmt: skip
STRUCK = Reduction("first-product", Decimal(79), None, is_list=False, quote="statt 79,00 €", selector="s")


def ago(days: float, value: float, struck: float | None = None, **more: object) -> SeenPrice:
    """What was asked so many days before now."""
    at_ms = TAKEN_AT_MS - round(days * DAY_MS)
    was = None if struck is None else Decimal(str(struck))
    price = replace(NOW, value=Decimal(str(value)), struck=was, first_ms=at_ms, last_ms=at_ms)
    return replace(price, **more)  # type: ignore[arg-type]


def found(*before: SeenPrice, reduction: Reduction = STRUCK, now: SeenPrice = NOW) -> EarlierLow | None:
    """The low by way of the fact, as a rule gets it."""
    artifacts = Artifacts(
        "troth-artifacts/1", "https://shop.example/", TAKEN_AT_MS, "", "", (), (), earlier_prices=before
    )
    lows = earlier_lows(artifacts, Sightings((Sighting(now, (reduction,)),))).all
    return lows[0] if lows else None


def daily(first: int, last: int, value: float, struck: float | None = None) -> list[SeenPrice]:
    return [ago(day, value, struck) for day in range(first, last, -1)]


def test_a_month_at_the_struck_price_is_watched_and_not_lower() -> None:
    said = found(*daily(32, 0, 79))
    assert said is not None
    assert (said.watched, said.is_lower) == (True, False)
    assert said.lowest is not None
    assert said.lowest.value == 79


@pytest.mark.parametrize(("late_ms", "counts"), [(0, True), (1, True), (-1, False)])
def test_exactly_thirty_days_before_counts_and_a_millisecond_earlier_does_not(
    late_ms: int, counts: bool
) -> None:
    at_ms = TAKEN_AT_MS - MONTH_MS + late_ms
    said = found(replace(ago(30, 65), first_ms=at_ms, last_ms=at_ms), *daily(29, 0, 79))
    assert said is not None
    assert said.is_lower is counts
    assert said.watched is counts  # a lower price at the edge leaves the first hours open


def test_one_lower_price_says_more_than_many_others() -> None:
    said = found(*daily(25, 12, 79), ago(11.5, 65), *daily(11, 0, 79))
    assert said is not None
    assert said.lowest is not None
    assert (said.is_lower, said.lowest.value, said.lowest.last_ms) == (True, 65, ago(11.5, 0).last_ms)


@pytest.mark.parametrize(
    ("before", "watched"),
    [
        (daily(26, 0, 79), False),
        (daily(27, 0, 79), True),
        ([ago(day, 79) for day in (28, 21, 14, 7)], True),
        ([ago(day, 79) for day in (28, 14, 7)], False),
        ([ago(day, 79) for day in (28, 21, 14, 8.01)], False),
        ([ago(day, 79) for day in (32, 24, 16, 8)], True),
        ([ago(30, 79)], False),
        ([*daily(60, 30, 79), *daily(20, 0, 79)], False),
    ],
)
def test_silence_says_something_only_where_the_month_was_watched(
    before: list[SeenPrice], watched: bool
) -> None:
    said = found(*before)
    assert said is not None
    assert (said.watched, said.is_lower) == (watched, False)


@pytest.mark.parametrize(
    "other",
    [
        {"currency": "CHF"},
        {"currency": ""},
        {"sku": "P1-SMALL"},
        {"name": "Pot, small"},
        {"place": "card"},
        {"product": "https://shop.example/p/pot?size=s"},
    ],
)
def test_another_currency_variant_or_place_is_not_compared(other: dict[str, str]) -> None:
    cheap = [replace(price, **other) for price in daily(32, 0, 9)]  # type: ignore[arg-type]
    assert found(*cheap) is None
    said = found(*cheap, *daily(32, 0, 79))
    assert said is not None
    assert (said.watched, said.is_lower) == (True, False)


def test_a_product_gone_for_a_while_is_not_watched_but_a_lower_price_stays_one() -> None:
    gone = found(*daily(40, 25, 79), *daily(5, 0, 79))
    assert gone is not None
    assert (gone.watched, gone.is_lower) == (False, False)
    lower = found(*daily(40, 25, 65), *daily(5, 0, 79))
    assert lower is not None
    assert lower.is_lower
    assert found() is None


def test_what_a_clock_set_back_left_in_the_future_is_not_earlier() -> None:
    assert found(*daily(0, -20, 9)) is None
    said = found(ago(-1, 9), *daily(32, 0, 79), ago(-90, 9))
    assert said is not None
    assert (said.watched, said.is_lower) == (True, False)


def test_a_reduction_that_runs_is_judged_by_the_month_before_it_began() -> None:
    running = [*daily(100, 60, 79), *daily(60, 20, 69, 79), *daily(20, 0, 59.90, 79)]
    said = found(*running)
    assert said is not None
    assert said.since_ms == ago(60, 0).last_ms
    assert (said.watched, said.is_lower) == (True, False)
    unseen = found(*running[40:])
    assert unseen is not None
    assert (unseen.lowest, unseen.watched) == (None, False)


def test_a_higher_struck_price_begins_a_new_reduction() -> None:
    said = found(*daily(90, 40, 69), *daily(40, 0, 59.90, 69))
    assert said is not None
    assert said.lowest is not None
    assert (said.since_ms, said.is_lower, said.lowest.value) == (TAKEN_AT_MS, True, Decimal("59.90"))


def test_a_sale_that_ended_less_than_a_month_ago_counts() -> None:
    said = found(*daily(60, 20, 79), *daily(20, 10, 65, 79), *daily(10, 0, 79))
    assert said is not None
    assert said.lowest is not None
    assert (said.is_lower, said.lowest.value) == (True, 65)


def test_one_page_seen_too_early_is_no_end_of_the_reduction() -> None:
    month, sale = daily(50, 10, 79), daily(10, 0, 59.90, 79)
    once = found(*month, *sale[:4], replace(sale[4], struck=None), *sale[5:])
    assert once is not None
    assert (once.watched, once.is_lower) == (True, False)
    twice = found(*month, *sale[:4], *(replace(price, struck=None) for price in sale[4:6]), *sale[6:])
    assert twice is not None
    assert twice.is_lower  # the price was asked without a reduction, then struck at 79


def test_a_reduction_unseen_for_a_while_proves_nothing_about_its_begin() -> None:
    said = found(*daily(90, 40, 79), ago(40, 59.90, 79))
    assert said is not None
    assert (said.lowest, said.watched) == (None, False)
    near = found(*daily(90, 20, 79), ago(20, 59.90, 79))
    assert near is not None
    assert (near.watched, near.is_lower) == (False, False)


def test_the_named_lowest_is_what_is_reckoned_from() -> None:
    named = replace(STRUCK, lowest=Decimal(70))
    for cheapest, lower in ((70, False), (69.99, True)):
        said = found(*daily(32, 5, 79), *daily(5, 0, cheapest), reduction=named)
        assert said is not None
        assert said.is_lower is lower


@st.composite
def moments(draw: st.DrawFn) -> list[tuple[int, int, bool]]:
    """Hours before now, seldom more than eight days apart, with a price and whether it is reduced."""
    steps = st.tuples(st.integers(1, 200), st.sampled_from([60, 65, 79, 85]), st.booleans())
    hours, found = 0, []
    for step, value, reduced in draw(
        st.lists(steps, min_size=draw(st.sampled_from([0, 8, 20])), max_size=40)
    ):
        hours += step
        found.append((hours, value, reduced))
    return found


@given(moments(), st.integers(0, 40 * 24))
def test_the_low_is_that_of_every_single_sighting(seen: list[tuple[int, int, bool]], sale_hours: int) -> None:
    """However audits lie in time: the low of the joined prices is the least of the single ones."""
    points = sorted(
        (ago(hours / 24, value, 79 if hours <= sale_hours else None) for hours, value, _flag in seen),
        key=lambda price: price.first_ms,
    )
    said = low(STRUCK, NOW, joined(points))
    since = said.since_ms
    assert since in {TAKEN_AT_MS, *(price.first_ms for price in points if price.struck)}
    within = [p.value for p in points if since - MONTH_MS <= p.first_ms < since]
    assert (said.lowest.value if said.lowest else None) == min(within, default=None)
    if said.watched:
        times = [p.first_ms for p in points if p.first_ms < since] + [since]
        near = [(one, two) for one, two in pairwise(times) if two > since - 27 * DAY_MS]
        assert near
        assert near[0][0] <= since - 27 * DAY_MS
        assert all(two - one <= CLOSE_MS for one, two in near)


@given(moments(), st.randoms())
def test_joining_forgets_no_price_and_does_not_mind_the_order(
    seen: list[tuple[int, int, bool]], chance: Random
) -> None:
    points = [ago(hours / 24, value, 79 if flag else None) for hours, value, flag in seen]
    once = joined(points)
    assert joined(once) == once
    chance.shuffle(points)
    assert joined(points) == once
    for point in points:
        held = [one for one in once if one.first_ms <= point.first_ms <= one.last_ms]
        assert [(one.value, one.struck) for one in held] == [(point.value, point.struck)]
    assert len(once) <= len(points)


def test_hundreds_of_audits_of_hundreds_of_products_are_judged_in_a_moment() -> None:
    every_six_hours = [
        replace(ago(quarter / 4, 79 + number % 7), product=f"https://shop.example/p/{number}")
        for quarter in range(1, 501)
        for number in range(100)
    ]
    now = [Sighting(replace(NOW, product=f"https://shop.example/p/{n}"), (STRUCK,)) for n in range(100)]
    began = process_time()
    known = joined(every_six_hours)
    artifacts = Artifacts("troth-artifacts/1", "", TAKEN_AT_MS, "", "", (), (), earlier_prices=known)
    lows = earlier_lows(artifacts, Sightings(tuple(now))).all
    assert process_time() - began < 5
    assert len(known) == 100
    assert [one.watched for one in lows] == [True] * 100

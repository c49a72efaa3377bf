"""Where nobody is shown alone: what an outsider can work out by taking one figure from another."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from tests.insight.voices.written import (
    BLUEPRINT,
    DELIVERY,
    LAST,
    LATE,
    QUICK,
    SETTINGS,
    Row,
    ask,
    said,
    write,
)  # fmt: skip

from troth.insight.voices import Voices, listening
from troth.insight.voices.sheltering import STEP
from troth.store import Store

LEAST = 20
GOOD, BROKEN = "Het product werkt perfect.", "Het product is kapot."
PLAIN, PUZZLING = "Het product is duidelijk beschreven.", "Het product is onduidelijk beschreven."
UNCLEAR, KIND = "De levering was onduidelijk.", "De bezorger was vriendelijk."
SENTENCES = (LATE, QUICK, GOOD, BROKEN, PLAIN, UNCLEAR, KIND, PUZZLING)
SILENT = "Wanneer komt het?"


def told(store: Store, **asked: Any) -> Voices:  # noqa: ANN401 - what the question has
    return ask(store, least_group=LEAST, quotes=False, **asked)


def places(found: Voices) -> dict[tuple[str | None, str | None], int | None]:
    return {(one.touchpoint, one.mechanism): one.texts for one in found.places}


def country(number: int, name: str, text: str, who: str) -> list[Row]:
    """So many customers of a country write the same."""
    begin, end = {"NL": ("n", "0"), "DE": ("d", "1"), "BE": ("be", "1")}[name]
    return [(f"{begin}{who}{n}{end}", 1, text, None) for n in range(number)]


def rest(whole: int | None, parts: Iterable[int | None]) -> int | None:
    """The whole minus what is told of its parts; None where the whole is not told."""
    return None if whole is None else whole - sum(part or 0 for part in parts)


@pytest.mark.parametrize("place", [(None, None), ("delivery", None)])
def test_a_place_of_a_few_is_not_the_whole_minus_the_others(
    store: Store, place: tuple[str | None, str | None]
) -> None:
    rows = [*said(40, LATE), *said(30, UNCLEAR, who="d"), *said(60, GOOD, who="p")]
    write(store, [*rows, *said(5, KIND, who="few"), *said(40, SILENT, who="s")])
    found = told(store, place=place)
    assert found.together is not None
    assert ("delivery", "benevolence") not in places(found)
    left = rest(found.together.texts, places(found).values())
    assert left is None or left >= LEAST, "the five and at least one other place"
    assert found.hidden >= 2
    everything = ask(store, place=place)
    assert everything.together is not None
    assert rest(everything.together.texts, places(everything).values()) == 5, "whose figures are few"


def test_a_touchpoint_of_a_few_is_not_all_minus_the_other_touchpoints(store: Store) -> None:
    write(
        store,
        [*said(40, LATE), *said(30, KIND, who="k"), *said(5, GOOD, who="few"), *said(40, SILENT, who="s")],
    )
    whole = told(store).together
    assert whole is not None
    assert whole.texts == 75
    parts = [told(store, place=(name, None)).together for name in ("delivery", "product")]
    assert [part and part.texts for part in parts] == [None, None]
    by_mechanism = told(store, place=(None, "ability")).together
    assert by_mechanism is not None
    assert by_mechanism.texts is None


def test_the_bad_ones_of_a_few_are_not_all_bad_ones_minus_the_others(store: Store) -> None:
    rows = [
        *said(60, GOOD),
        *said(25, BROKEN, who="b"),
        *said(40, PLAIN, who="p"),
        *said(40, SILENT, who="s"),
    ]
    write(store, rows)
    bad = {one.mechanism: one.bad_texts for one in told(store).places}
    assert bad == {"ability": 25, "clarity": 0}
    write(store, [*rows, *said(3, PUZZLING, who="few")])
    found = told(store, place=("product", None))
    assert places(found) == {("product", "ability"): 85, ("product", "clarity"): 45}
    assert found.together is not None
    assert found.together.bad_texts == 30
    assert [(one.bad_texts, one.bad) for one in found.places] == [(None, None)] * 2
    assert [one.bad_texts for one in ask(store).places] == [25, 3], "whose figures are few"


def test_the_largest_place_by_far_is_not_hidden_where_its_total_can_be(store: Store) -> None:
    rows = [*said(300, GOOD), *said(45, LATE, who="d"), *said(40, KIND, who="k"), *said(30, PLAIN, who="p")]
    few = [*said(6, "De bezorger was vakkundig.", who="few"), *said(40, SILENT, who="s")]
    write(store, [*rows, *few])
    exact = places(ask(store))
    assert exact["product", "ability"] == 300
    assert exact["delivery", "ability"] is None, "six are a few"
    found = told(store)
    assert places(found)["product", "ability"] == 300
    ability, everything = told(store, place=(None, "ability")).together, found.together
    assert ability is not None
    assert ability.texts is None, "it minus the largest would be the six"
    assert everything is not None
    left = rest(everything.texts, places(found).values())
    assert left is None or left >= LEAST
    others = [told(store, place=(None, name)).together for name in ("reliability", "benevolence", "clarity")]
    beside = rest(everything.texts, [one.texts for one in others if one] + [300])
    assert beside is None or beside >= LEAST, "nor all minus the other mechanisms minus the largest"


@pytest.mark.parametrize("seed", range(6))
def test_all_minus_lines_and_places_that_are_told_is_of_nobody_or_many(store: Store, seed: int) -> None:
    draw = np.random.default_rng(100 + seed)
    rows: list[Row] = [*said(400, GOOD, who="most")]
    for number in range(24):
        text = str(draw.choice(SENTENCES))
        rows += said(int(draw.choice([1, 3, 9, 26])), text, who=f"w{number}-")
    write(store, [*rows, *said(40, SILENT, who="s")])
    spoken = listening(store, BLUEPRINT, SETTINGS).spoken
    named = [spoken.places.named(place) for place in spoken.place]
    found = told(store)
    assert found.together is not None
    shown = {(one.touchpoint, one.mechanism) for one in found.places if not one.few}
    for axis in (0, 1):
        lines = {one[axis] for one in named}
        asked = {one: told(store, place=((one, None), (None, one))[axis]).together for one in lines}
        told_of = {one for one, whole in asked.items() if whole is not None and whole.texts is not None}
        for known in (told_of, set()):
            free = [n for n, one in enumerate(named) if one not in shown and one[axis] not in known]
            covered = {int(spoken.text[n]) for n, one in enumerate(named) if n not in set(free)}
            few = {int(spoken.said.customer[spoken.text[n]]) for n in free if spoken.text[n] not in covered}
            if found.together.texts is not None:
                assert not 0 < len(few) < LEAST, (axis, sorted(known))


@pytest.mark.parametrize("seed", range(6))
def test_no_total_minus_what_is_told_of_it_is_of_a_few(store: Store, seed: int) -> None:
    """Every touchpoint, mechanism and all, of texts that speak of one place or two, drawn at random."""
    draw = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(60):
        first, second = draw.choice(SENTENCES, 2)
        text = first if draw.random() < 0.6 else f"{first} {second}"
        rows += said(int(draw.choice([1, 3, 9, 26])), text, who=f"w{number}-")
    write(store, rows)
    spoken = listening(store, BLUEPRINT, SETTINGS).spoken
    named = [spoken.places.named(place) for place in spoken.place]
    wholes = [(None, None), ("product", None), ("delivery", None), (None, "reliability"), (None, "ability")]
    totals = 0
    for place in wholes:
        found = told(store, place=place)
        for bad in (None, True, False):
            whole, shown = found.together, {one for one in found.places if not one.few}
            if whole is None or whole.texts is None or (bad is not None and whole.bad_texts is None):
                continue
            totals += 1
            covered = {
                (one.touchpoint, one.mechanism) for one in shown if bad is None or one.bad_texts is not None
            }
            there = [n for n, one in enumerate(named) if matches(one, place)]
            first_of = {int(spoken.text[n]): n for n in reversed(there)}
            left = {text for text, n in first_of.items() if bad is None or spoken.bad[n] == bad}
            left -= {
                int(spoken.text[n])
                for n in there
                if named[n] in covered and (bad is None or spoken.bad[n] == bad)
            }
            few = {int(spoken.said.customer[text]) for text in left}
            assert not 0 < len(few) < LEAST, (place, bad)
    assert totals, "something is told"


def matches(one: tuple[str, str], place: tuple[str | None, str | None]) -> bool:
    return all(wanted in {None, name} for name, wanted in zip(one, place, strict=True))


def test_a_month_in_which_few_wrote_has_no_number(store: Store) -> None:
    write(store, [*said(40, LATE, 1), *said(5, QUICK, 40, "d"), *said(35, LATE, 70, "e")])
    assert sorted(month.read for month in ask(store).months if month.read) == [5, 35, 40]
    months = told(store).months
    assert sorted(month.read for month in months if month.read) == [35, 40]
    assert [month.texts for month in months if month.read is None] == [None]


def test_a_month_of_a_segment_is_not_told_where_the_others_are_few(store: Store) -> None:
    write(store, [*country(40, "NL", LATE, "a"), *country(5, "DE", LATE, "b")])
    assert [month.read for month in told(store).months] == [45]
    found = told(store, segment="country=NL")
    assert (found.missing, found.heard.read, found.heard.texts) == ("few-customers", None, None)
    assert (found.together, found.months, found.places, found.terms) == (None, (), (), ())


def test_one_country_is_not_all_minus_the_other_two(store: Store) -> None:
    rows = [*country(60, "NL", GOOD, "g"), *country(60, "DE", GOOD, "g"), *country(60, "BE", GOOD, "g")]
    rows += [*country(40, "NL", LATE, "a"), *country(30, "DE", LATE, "a"), *country(5, "BE", LATE, "a")]
    for name in ("NL", "DE", "BE"):
        rows += country(30, name, SILENT, "s")
    write(store, rows)
    whole = places(told(store))[DELIVERY]
    parts = [places(told(store, segment=f"country={name}")).get(DELIVERY) for name in ("NL", "DE", "BE")]
    assert whole == 75
    assert parts == [40, None, None]


def test_the_rest_of_a_segment_that_is_too_small_is_not_given_away(store: Store) -> None:
    rows = [*country(40, "NL", QUICK, "a"), *country(60, "NL", GOOD, "p"), *country(60, "DE", GOOD, "p")]
    rows += [*country(30, "NL", SILENT, "s"), *country(30, "DE", SILENT, "s")]
    write(store, [*rows, *country(5, "DE", QUICK, "a")])
    for place in ((None, None), ("delivery", None), DELIVERY):
        found = told(store, segment="country=NL", place=place)
        assert DELIVERY not in places(found)
    assert found.together is not None
    assert (found.together.few, found.together.texts, found.together.mentions) == (True, None, None)
    assert [(month.texts, month.bad) for month in found.months] == [(None, None)]
    alone = ask(store, segment="country=NL", place=DELIVERY).together
    assert alone is not None
    assert alone.texts == 40, "where people are shown nothing is hidden"


def test_the_bad_ones_of_a_segment_do_not_tell_of_the_few_bad_ones_of_the_others(store: Store) -> None:
    rows = [*country(25, "NL", LATE, "b"), *country(25, "NL", QUICK, "g"), *country(30, "DE", QUICK, "g")]
    rows += [*country(30, "NL", SILENT, "s"), *country(30, "DE", SILENT, "s")]
    write(store, rows)
    [place] = told(store, segment="country=NL").places
    assert place.bad_texts == 25, "all others are on one side"
    write(store, [*rows, *country(1, "DE", LATE, "b")])
    [place] = told(store, segment="country=NL").places
    assert (place.texts, place.bad_texts, place.bad) == (50, None, None)


def test_a_change_does_not_tell_what_a_few_said_before(store: Store) -> None:
    now = [*said(40, LATE), *said(40, "Goed product.", who="p")]
    before = [*said(57, "Goed product.", 100, "q"), *said(30, PLAIN, 100, "r")]
    write(store, [*now, *before])
    [place] = [one for one in told(store).places if one.touchpoint == "delivery"]
    assert place.mentions_differ, "that nobody said it before tells of nobody"
    write(store, [*now, *before, *said(3, LATE, 100, "few")])
    [place] = [one for one in told(store).places if one.touchpoint == "delivery"]
    assert (place.texts, place.mentions_change, place.mentions_differ) == (40, None, False)


def test_terms_stand_without_numbers_and_only_those_of_many(store: Store) -> None:
    rows = [*said(40, "De koerier belde niet aan.", 1), *said(60, QUICK, 1, "d"), *said(100, QUICK, 100, "f")]
    write(store, [*rows, *said(2, "De koerier kwam.", 100, "few")])
    [found] = told(store).terms
    assert (found.texts, found.texts_before) == (None, None)
    assert {one.term for one in found.risen} & {"koerier", "koerier belde"}
    assert {
        (one.now, one.before, one.per_thousand, one.per_thousand_before, one.z) for one in found.risen
    } == {(None,) * 5}
    assert ask(store, least_group=41).terms[0].risen == ()


def test_texts_that_were_not_read_or_say_nothing_are_no_difference_of_two_numbers(store: Store) -> None:
    french = "Le colis est arrivé beaucoup trop tard et abîmé, je suis déçu."
    write(
        store,
        [*said(50, LATE), *said(40, GOOD, who="p"), *said(6, french, who="f"), *said(4, SILENT, who="s")],
    )
    heard = told(store).heard
    assert (heard.texts, heard.read, heard.telling, heard.unread) == (None, 95, None, ())
    whole = told(store).together
    assert whole is not None
    assert whole.texts is None, "as many as say something"
    write(
        store,
        [*said(50, LATE), *said(40, GOOD, who="p"), *said(26, french, who="f"), *said(24, SILENT, who="s")],
    )
    heard = told(store).heard
    assert (heard.texts, heard.read, heard.telling, heard.unread[0].texts) == (140, 115, 90, 25)


def test_numbers_are_rounded_and_shares_are_of_rounded_ones(store: Store) -> None:
    write(store, [*said(43, LATE), *said(58, GOOD, who="p"), *said(31, SILENT, who="s")])
    found = told(store)
    assert {one.texts for one in found.places} == {45, 60}
    assert (found.heard.read, found.heard.telling) == (130, 100)
    shares = [one.mentions.value for one in found.places if one.mentions]
    assert shares == pytest.approx([100 * 60 / 130, 100 * 45 / 130])
    assert all(
        number % STEP == 0
        for number in (found.heard.texts or 0, *(month.read or 0 for month in found.months))
    )
    exact = ask(store).places[0].mentions
    assert exact is not None
    assert exact.value == pytest.approx(100 * 58 / 132)


def test_how_many_were_read_wrongly_cannot_be_counted(store: Store) -> None:
    right = [*said(40, LATE, stars=1), *said(40, QUICK, who="d", stars=5), *said(40, SILENT, who="s")]
    write(store, [*right, *said(2, LATE, who="few", stars=5)])
    exact, errors = ask(store).errors, told(store).errors
    assert exact is not None
    assert errors is not None
    assert (exact.starred, errors.starred) == (82, 80)
    assert exact.specificity < 95
    assert (errors.sensitivity, errors.specificity) == (100, 95)


def test_a_period_of_few_customers_is_not_compared_with(store: Store) -> None:
    write(store, [*said(50, LATE), *said(40, GOOD, who="p"), *said(40, SILENT, who="s")])
    assert told(store).before.read == 0
    write(store, [*said(90, LATE), *[("one", 100 + n, LATE, None) for n in range(35)]])
    found = told(store)
    assert (found.before.read, found.before.texts) == (None, None)
    assert found.together is not None
    assert (found.together.mentions_change, found.together.bad_change) == (None, None)
    day = dt.date(1970, 1, 1) + dt.timedelta(LAST)
    write(store, [*said(90, LATE), *said(35, LATE, 0, "few")[:3]])
    assert told(store, since=day).missing == "few-customers"

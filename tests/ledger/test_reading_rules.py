"""From what a comment says to experiences: whole numbers that add up, divided as the reading says."""

from fractions import Fraction
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import Ledger, Make

from troth.intake.comments import reading_fingerprint
from troth.ledger import verify
from troth.ledger.heard import CONTRADICTING
from troth.ledger.reading_rules import LEAST, SLIGHT, STARS_WEIGHT, STRONG
from troth.reading import Reading, Statement, encoded, fusing
from troth.store import Store
from troth.vocabulary import MECHANISM_IDS

BLUEPRINT = """
records:
  reviews:
    key: id
    customer: who
    columns: {{id: integer, who: text, at: time, stars: number, comment: comment}}
rules:
  - {{id: said, from: reviews, touchpoint: service, mechanism: {mechanism}, at: at, read: comment{rating}}}
parameters: {{mechanisms: {{clarity: {{severity: {{S2: 1700}}}}}}}}
"""
RATED = ", rating: {column: stars, worst: 1, best: 5}"
NOON = "2026-01-05 12:00:00"
ABILITY, RELIABILITY, CLARITY = 5, 6, 9
SEVERITY = {ABILITY: (300, 1000, 3000), RELIABILITY: (300, 1000, 3000), CLARITY: (300, 1700, 3000)}


def said(*statements: tuple[str, str, float, float, float]) -> str:
    """A reading of statements (topic, mechanism, valence, share, confidence)."""
    return encoded(Reading("nl", "", 0.0, 0.0, 0, tuple(Statement(*one) for one in statements)))


def made(ledger: Make, *, rating: bool = False, mechanism: str = "ability") -> Ledger:
    return ledger(BLUEPRINT.format(rating=RATED if rating else "", mechanism=mechanism))


def experiences(
    ledger: Ledger, reading: str | None, stars: float | None = None, who: str | None = "anna"
) -> list[tuple[Any, ...]]:
    """(touchpoint, mechanism, severity, weight) of one review."""
    connection = ledger.store.connection
    connection.execute("DELETE FROM record.reviews")
    ledger.put("reviews", (1, who, NOON, stars, None if reading is None else "words"))
    connection.execute("UPDATE record.reviews SET _read_comment = ?", [reading])
    ledger.store.set_setting("read:reviews.comment", str(reading_fingerprint(ledger.store, ledger.blueprint)))
    ledger.refresh()
    return connection.execute("""
        SELECT touchpoint, mechanism_no, severity, weight
        FROM experience JOIN touchpoint USING (touchpoint_no) ORDER BY ALL""").fetchall()


def test_stars_weigh_in_the_ledger_what_they_weigh_for_the_reader() -> None:
    assert 1000 * fusing.STARS_WEIGHT == STARS_WEIGHT
    assert 1000 * fusing.CONTRADICTING == CONTRADICTING


def test_topic_and_mechanism_say_where_and_what(ledger: Make) -> None:
    reading = said(("delivery", "reliability", -0.5, 0.75, 0.5), ("", "", 0.6, 0.25, 0.5))
    assert experiences(made(ledger), reading) == [
        ("delivery", RELIABILITY, 2, -750),
        ("service", ABILITY, 0, 150),
    ]


@pytest.mark.parametrize(
    ("valence", "severity", "weight"),
    [
        (1.0, 0, 1000), (0.3, 0, 300), (0.05, 0, 50), (0.049, None, None), (0.0, None, None),
        (-0.049, None, None), (-0.05, 1, -300), (-0.399, 1, -300), (-0.4, 2, -1000), (-0.899, 2, -1000),
        (-0.9, 3, -3000), (-1.0, 3, -3000),
    ],
)  # fmt: skip
def test_how_good_or_bad_says_how_much(
    ledger: Make, valence: float, severity: int | None, weight: int | None
) -> None:
    expected = [] if severity is None else [("service", ABILITY, severity, weight)]
    assert experiences(made(ledger), said(("", "ability", valence, 1.0, 0.5))) == expected


def test_a_severity_weighs_what_it_weighs_for_the_mechanism(ledger: Make) -> None:
    assert experiences(made(ledger), said(("", "clarity", -0.5, 1.0, 0.5))) == [
        ("service", CLARITY, 2, -1700)
    ]


def test_what_names_no_mechanism_is_divided_among_the_rules(ledger: Make) -> None:
    split = made(ledger, mechanism="{reliability: 0.5, ability: 0.5}")
    reading = said(("", "", 0.333, 0.501, 0.5), ("", "clarity", 0.333, 0.499, 0.5))
    found = experiences(split, reading)
    assert {(mechanism, severity) for _t, mechanism, severity, _w in found} == {
        (ABILITY, 0), (RELIABILITY, 0), (CLARITY, 0),
    }  # fmt: skip
    assert sum(weight for *_rest, weight in found) == 333


def test_a_rules_own_word_goes_before_what_is_supposed(ledger: Make) -> None:
    split = made(ledger, mechanism="{reliability: 0.5, clarity: 0.5}")
    statements = (
        Statement("delivery", "ability", 0.4, 0.5, 0.5, (), ("mechanism",)),
        Statement("delivery", "ability", 0.4, 0.5, 0.5, (), ("topic",)),
    )
    assert experiences(split, encoded(Reading("nl", "", 0.0, 0.0, 0, statements))) == [
        ("delivery", RELIABILITY, 0, 100),
        ("delivery", CLARITY, 0, 100),
        ("service", ABILITY, 0, 200),
    ]


def test_two_statements_of_one_cell_are_one_experience(ledger: Make) -> None:
    reading = said(*[("", "ability", -0.5, 0.5, 0.5)] * 2)
    assert experiences(made(ledger), reading) == [("service", ABILITY, 2, -1000)]


@pytest.mark.parametrize(
    ("stars", "expected"),
    [
        (5.0, [("service", ABILITY, 0, 1000)]), (4.0, [("service", ABILITY, 0, 500)]), (3.0, []), (None, []),
        (2.0, [("service", ABILITY, 2, -1000)]), (1.0, [("service", ABILITY, 2, -1000)]),
        (2.5, [("service", ABILITY, 1, -300)]), (99.0, []), (0.0, []), (float("nan"), []),
    ],
)  # fmt: skip
def test_stars_alone_speak_where_nothing_is_said(
    ledger: Make, stars: float | None, expected: list[Any]
) -> None:
    rated = made(ledger, rating=True)
    assert experiences(rated, None, stars) == expected
    assert experiences(rated, encoded(Reading("fr", "language", 0.0, 0.0, 0)), stars) == expected


def test_stars_and_words_that_agree_are_one_experience(ledger: Make) -> None:
    reading = said(("delivery", "reliability", 0.4, 1.0, 0.5))
    [(touchpoint, mechanism, severity, weight)] = experiences(made(ledger, rating=True), reading, 5.0)
    assert (touchpoint, mechanism, severity) == ("delivery", RELIABILITY, 0)
    assert weight == (2 * 1000 + 0.5 * 400) / 2.5


def test_words_against_the_stars_keep_their_part_only(ledger: Make) -> None:
    reading = said(("delivery", "reliability", -0.5, 1.0, 0.5))
    assert experiences(made(ledger, rating=True), reading, 5.0) == [
        ("delivery", RELIABILITY, 2, -200),
        ("service", ABILITY, 0, 800),
    ]


def test_stars_alone_are_never_serious(ledger: Make) -> None:
    rated, mild, grave = made(ledger, rating=True), -0.6, -0.95
    assert experiences(rated, said(("", "ability", mild, 1.0, 0.9)), 1.0) == [("service", ABILITY, 2, -1000)]
    assert experiences(rated, said(("", "ability", grave, 1.0, 0.9)), 1.0) == [("service", ABILITY, 3, -3000)]


def test_a_record_without_customer_is_left_out_once(ledger: Make) -> None:
    split = made(ledger, rating=True, mechanism="{reliability: 0.5, ability: 0.5}")
    reading = said(("delivery", "clarity", -0.5, 0.5, 0.5), ("", "", 0.5, 0.5, 0.5))
    assert experiences(split, reading, 5.0, who=None) == []
    assert [(lost.reason, lost.records) for lost in split.refresh().left_out] == [("no-customer", 1)]


class Part(NamedTuple):
    """A stretch of the record's whole: where, which mechanism, how good or bad, its words, its size."""

    touchpoint: str
    mechanism: int
    valence: int
    words: int | None
    size: int


def worked_out(statements: list[tuple[str, str, int, int, int]], stars: int | None) -> dict[Any, Fraction]:
    """What `reading_rules` says, in exact fractions: weight by touchpoint, mechanism and sign."""
    parts: list[Part] = []
    against = 0
    for topic, mechanism, valence, share, sure in statements:
        where = "delivery" if topic == "delivery" else "service"
        what = MECHANISM_IDS.index(mechanism) if mechanism else ABILITY
        size, fused = share * 1000, valence
        if stars is not None and stars * valence < 0:
            size = share * 1000 * sure // (STARS_WEIGHT + sure)
            against += 1
        elif stars is not None:
            mean = (STARS_WEIGHT * abs(stars) + sure * abs(valence)) // (STARS_WEIGHT + sure)
            fused = mean if valence > 0 else -mean if valence < 0 else 0
        parts.append(Part(where, what, fused, valence, size))
    if stars and against == len(statements):
        left = sum(1000 * one[3] for one in statements) - sum(part.size for part in parts)
        parts.append(Part("service", ABILITY, stars, None, left or 1))
    whole = sum(part.size for part in parts)
    found: dict[Any, Fraction] = {}
    for part in parts:
        if abs(part.valence) < LEAST or not whole:
            continue
        if part.valence > 0:
            weight = part.valence
        else:
            grave = part.valence <= -STRONG and part.words is not None and part.words <= -STRONG
            level = 2 if grave else 0 if part.valence > -SLIGHT else 1
            weight = -SEVERITY.get(part.mechanism, (300, 1000, 3000))[level]
        cell = part.touchpoint, part.mechanism, weight < 0
        found[cell] = found.get(cell, Fraction(0)) + Fraction(weight * part.size, whole)
    return found


_STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from(["", "delivery", "price"]),
        st.sampled_from(["", "reliability", "clarity"]),
        st.integers(-1000, 1000),
        st.integers(1, 1000),
        st.integers(0, 1000),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STATEMENTS, st.none() | st.integers(0, 40))
def test_it_is_what_the_method_says(
    statements: list[tuple[str, str, int, int, int]], tenths: int | None
) -> None:
    """Within one milli-unit a cut, of which every statement has two."""
    with TemporaryDirectory() as folder, Store.open(folder, create=True) as store:
        rated = Ledger(store, BLUEPRINT.format(rating=RATED, mechanism="ability"))
        reading = said(*[(t, m, v / 1000, s / 1000, c / 1000) for t, m, v, s, c in statements])
        stars = None if tenths is None else 1 + tenths / 10
        found = {
            (touchpoint, mechanism, weight < 0): weight
            for touchpoint, mechanism, _severity, weight in experiences(rated, reading, stars)
        }
        expected = worked_out(statements, None if tenths is None else tenths * 50 - 1000)
        for cell in found.keys() | expected.keys():
            assert abs(found.get(cell, 0) - expected.get(cell, 0)) <= 1 + len(statements), cell
        assert sum(weight for weight in found.values() if weight > 0) <= 1000
        assert all(weight > -3_001 for weight in found.values())
        assert {difference.table for difference in verify(store, rated.blueprint, rated.settings)} <= {
            "record.reviews"
        }

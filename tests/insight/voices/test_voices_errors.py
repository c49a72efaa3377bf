"""The reader's errors: what labelled texts count for, and how few of them are shrunk."""

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from troth.blueprint import parse
from troth.insight.voices.errors import FEWEST_STARRED, Reliability
from troth.insight.voices.labelled import FILE, Labelled, Verdict, judged, packaged
from troth.insight.voices.places import Places, places
from troth.reading import Reading, Statement, encoded
from troth.reading.labels import Said

ROOT = Path(__file__).parents[3]
BLUEPRINT = parse("""
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: product, phase: use, name: Product}, {id: delivery, phase: use, name: Delivery}]
records:
  reviews: {key: id, customer: who, columns: {id: integer, who: text, at: time, comment: comment}}
rules:
  - {id: review, from: reviews, touchpoint: product, mechanism: ability, at: at, read: comment}
""")
LATE = ("delivery", "reliability")


@pytest.fixture
def where() -> Places:
    return places(BLUEPRINT, ["review"])


def reading(*said: tuple[str, str, float]) -> str:
    statements = tuple(Statement(topic, mechanism, value, 0.5, 0.5) for topic, mechanism, value in said)
    return encoded(Reading("nl", "", 0.1, 0.5, 1, statements))


def text(read: Sequence[tuple[str, str, float]], *verdicts: tuple[Sequence[str], Sequence[str]]) -> Labelled:
    return Labelled(
        reading(*read),
        tuple(
            Verdict(None, tuple(Said(m[:-1], 1 if m[-1] == "+" else -1) for m in mechanisms), tuple(topics))
            for mechanisms, topics in verdicts
        ),
    )


def test_what_both_people_say_is_true_and_what_one_says_counts_for_nothing(where: Places) -> None:
    late = ("delivery", "reliability", -0.5)
    both = (["reliability-"], ["delivery"])
    nothing: tuple[list[str], list[str]] = ([], [])
    found = judged(
        [
            text([late], both, both), text([], both, both), text([late], nothing, nothing),
            text([], nothing, nothing), text([late], both, nothing),
        ],
        where, 0,
    ).mentions(where.chosen(LATE))  # fmt: skip
    assert found.tolist() == [1, 1, 1, 1]


def test_of_several_topics_nobody_knows_to_which_a_mechanism_belongs(where: Places) -> None:
    one = text([("delivery", "reliability", -0.5)], (["reliability-"], ["delivery", "product"]))
    found = judged([one], where, 0)
    assert found.mentions(where.chosen(LATE)).tolist() == [0, 0, 0, 0]
    assert found.mentions(where.chosen((None, "reliability"))).tolist() == [1, 0, 0, 0]
    assert found.mentions(where.chosen((None, "clarity"))).tolist() == [0, 0, 1, 0]


def test_what_the_reader_supposes_is_the_rules_own(where: Places) -> None:
    supposed = Statement("delivery", "reliability", -0.5, 1.0, 0.5, (), ("mechanism",))
    one = Labelled(
        encoded(Reading("nl", "", -0.5, 0.5, -1, (supposed,))),
        (Verdict("negative", (Said("reliability", -1),), ("delivery",)),),
    )
    found = judged([one], where, 0)
    assert found.mentions(where.chosen(LATE)).tolist() == [0, 1, 0, 0]
    assert found.mentions(where.chosen(("delivery", "ability"))).tolist() == [0, 0, 0, 1]


def test_the_weightiest_remark_says_on_which_side_a_text_is(where: Places) -> None:
    worse = [("delivery", "reliability", -0.8), ("delivery", "reliability", 0.3)]
    bad, good = (["reliability-"], ["delivery"]), (["reliability+"], ["delivery"])
    mixed = (["reliability-", "reliability+"], ["delivery"])
    some = [text(worse, bad), text(worse[::-1], bad), text(worse, good), text(worse, mixed)]
    assert judged(some, where, 0).sides(where.chosen(LATE)).tolist() == [2, 1, 0, 1]


def test_texts_in_other_languages_are_not_counted(where: Places) -> None:
    unread = Labelled(encoded(Reading("fr", "language", 0, 0, 0)), (Verdict("negative", (), ()),))
    assert judged([unread], where, 0).texts == 0


def test_few_labels_are_drawn_to_those_of_the_mechanism(where: Places) -> None:
    late, both = [("delivery", "reliability", -0.5)], (["reliability-"], ["delivery"])
    poor = (["reliability-"], ["product"])
    some = [text(late, both)] * 40 + [text([], both)] * 10 + [text([], poor)] * 2
    some += [text([], ([], []))] * 60
    found = Reliability([judged(some, where, 0)], [1.0], where)
    known, unknown = found.mention(LATE), found.mention(("product", "reliability"))
    assert known.sensitivity.mean == pytest.approx(0.8, abs=0.05)
    assert known.texts == 50
    assert 0.2 < unknown.sensitivity.mean < 0.8, "two that were missed, and fifty elsewhere of which few were"
    assert known.specificity.mean > 0.95


def test_what_no_label_tells_of_is_not_made_certain(where: Places) -> None:
    found = Reliability([judged(packaged(), where, 0)], [1.0], where)
    errors = found.mention(("delivery", "reputation"))
    sensitivity, _specificity = errors.draws((1,))
    assert errors.texts < 3
    assert np.quantile(sensitivity, 0.95) - np.quantile(sensitivity, 0.05) > 0.2


def test_enough_stars_of_ones_own_say_how_good_and_bad_are_told_apart(where: Places) -> None:
    mine = [judged(packaged(), where, 0)]
    many, few = np.array([270.0, 30.0, 980.0, 20.0]), np.array([FEWEST_STARRED - 1.0, 0.0, 980.0, 20.0])
    found, other = (Reliability(mine, [1.0], where, starred) for starred in (many, few))
    assert found.starred == 1300
    assert found.side(LATE).sensitivity.mean == pytest.approx(0.9, abs=0.01)
    assert found.side(LATE).specificity.mean == pytest.approx(0.98, abs=0.01)
    assert other.starred == 0
    assert other.side(LATE) == Reliability(mine, [1.0], where).side(LATE)


def test_rules_count_by_how_many_texts_they_read(where: Places) -> None:
    late, both = [("delivery", "reliability", -0.5)], (["reliability-"], ["delivery"])
    hits, misses = (judged([one] * 50, where, 0) for one in (text(late, both), text([], both)))
    found = [
        Reliability([hits, misses], weights, where).mention(LATE).sensitivity.mean
        for weights in ([9.0, 1.0], [1.0, 9.0])
    ]
    assert found[0] > 0.7
    assert found[1] < 0.3


def test_the_readings_that_ship_are_those_of_this_reader() -> None:
    """Else: python tools/reader_errors.py."""
    path = ROOT / "tools" / "reader_errors.py"
    spec = importlib.util.spec_from_file_location("reader_errors", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = ROOT / "src" / "troth" / "insight" / "voices" / FILE
    assert kept.read_text("utf-8") == "".join(tool.lines())
    lines = kept.read_text("utf-8").splitlines()
    assert all(set(json.loads(line)) == {"id", "reading", "labels"} for line in lines), "and no text"

"""What a blueprint may say of comments, and what is wrong with what it says."""

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.blueprint import BlueprintError, lint, parse
from troth.blueprint.types import TopicId
from troth.reading import Reader
from troth.reading.own import own_words
from troth.vocabulary import TOPICS

SOUND = """\
journey: {name: Shop, phases: [{id: buy, name: Buy}]}
touchpoints:
  - {id: product, phase: buy, name: Product}
  - {id: parcel, phase: buy, name: Parcel, topics: [delivery, order]}
records:
  reviews:
    key: id
    customer: who
    columns:
      id: text
      who: text
      at: time
      stars: integer
      note: text
      comment: comment
rules:
  - id: review
    from: reviews
    touchpoint: product
    mechanism: ability
    at: at
    read: comment
    rating: {column: stars, worst: 1, best: 5}
words:
  nl:
    polarity: {"+2": [reuzefijn], -1: ["sip*"]}
    mechanisms: {reliability: {bad: [{flopte*: 3}], topic: [bezorgbelofte]}}
    topics: {delivery: ["zoef … bus", "*koerier"]}
"""

Faults = Callable[[str], list[str]]


def test_a_sound_one() -> None:
    blueprint = parse(SOUND)
    assert blueprint.rules[0].weight is None
    assert [touchpoint.spoken_of for touchpoint in blueprint.touchpoints] == [
        ("product",),
        ("delivery", "order"),
    ]
    assert {finding.code for finding in lint(blueprint)} <= {"TB001", "TB003", "TB004", "TB302"}


def test_topics_are_those_of_the_vocabulary() -> None:
    from typing import get_args

    assert get_args(TopicId) == TOPICS


def test_own_words_are_read() -> None:
    reader = Reader(own_words(parse(SOUND).words))
    [said] = reader.read("De bezorging flopte bij ons helemaal.").statements
    assert (said.mechanism, said.valence < 0) == ("reliability", True)
    assert reader.read("Het was reuzefijn").valence > 0 == Reader().read("Het was reuzefijn").valence


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    read: comment\n", "", "17:5: “weight” is missing. Write how much it counts"),
        ("    read: comment\n", "    read: comment\n    weight: GOOD\n", "22:11: A rule has either “weight”"),
        ("    read: comment\n", "    weight: GOOD\n", "23:13: A rating belongs to the comment"),
        ("read: comment", "read: note", "22:11: “note” is text; only a comment can be read. "),
        ("read: comment", "read: coment", "22:11: “reviews” has no column “coment”. Did you mean “comment”?"),
        ("column: stars", "column: star", "23:22: “reviews” has no column “star”. Did you mean “stars”?"),
        ("column: stars", "column: note", "23:22: A rating is a number or an integer, not text."),
        ("best: 5", "best: 1", "23:45: The best rating must differ from the worst."),
        ("best: 5", "", "23:13: “best” is missing."),
        ("topics: [delivery, order]", "topics: [delivry]", "4:53: “delivry” is not known here."),
        ("[delivery, order]", "[order, order]", "4:60: The topic “order” stands twice."),
        ("key: id", "key: [id, comment]", "7:10: The comment “comment” cannot stand here"),
        ("key: id", 'key: "*"', "7:10: The comment “comment” cannot stand here"),
        ("customer: who", "customer: who\n    version: comment", "9:14: The comment “comment” cannot stand"),
        ("customer: who", "customer: comment", "8:15: A customer's id is a text or an integer, not comment."),
        ("[reuzefijn]", "[Reuzefijn]", "26:23: “Reuzefijn”: entries are written in lower case."),
        ('"sip*"', "reuzefijn", "26:40: The entry “reuzefijn” stands twice."),
        ("topic: [bezorgbelofte]", 'good: ["flopte*"]', "27:38: The entry “flopte*” stands twice."),
        ('"*koerier"', '"zoef  …  bus"', "28:39: The entry “zoef  …  bus” stands twice."),
        ('"sip*"', '"si*p"', "26:40: “si*p” can never match: “si*p” is no word."),
        ('"zoef … bus"', '"zoef …"', "28:25: “zoef …” must begin and end with a word."),
        ('"sip*"', '"*a*"', "“*a*” stands for too many words: beside * at least 3 letters are needed."),
        ('"sip*"', '"a* *b"', "26:40: “a* *b” stands for too many words"),
        ('"sip*"', "réüzefijn", "26:40: The entry “réüzefijn” is “reuzefijn” in another spelling"),
        ('"*koerier"', '"zoef ... bus"', "28:39: The entry “zoef ... bus” is “zoef … bus” in"),
        ('"+2": [', "2: [", "26:16: “2” is not known here. Did you mean “+2”? [TB409]"),
        ("flopte*: 3", "flopte*: 4", "27:48: 4 must be at most 3."),
        ("  nl:", "  fr:", "25:3: “fr” is not known here."),
        ("topics: {delivery", "topics: {deliverance", "28:14: “deliverance” is not known here."),
        ("at: at\n", "at: at\n    when: _read_comment IS NULL\n", "“reviews” has no column “_read_comment”."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(faults: Faults, old: str, new: str, expected: str) -> None:
    assert old in SOUND
    found = faults(SOUND.replace(old, new, 1))
    assert [fault for fault in found if expected in fault], found
    assert len(found) <= 1 + ("read: comment" in old)


def test_an_expression_takes_a_comment_for_a_text() -> None:
    parse(SOUND.replace("at: at\n", "at: at\n    when: lower(comment) LIKE '%x%' OR comment IS NULL\n"))


WEIGHT = "weight: CASE WHEN stars > 3 THEN GOOD ELSE S2 END"
STARS = f"""\
  - id: stars
    from: reviews
    touchpoint: product
    mechanism: integrity
    at: at
    {WEIGHT}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    read: comment\n", "    weight: GOOD\n", ["TB307"]),
        ("words:", STARS + "words:", ["TB107"]),
        ("words:", STARS + "    when: comment IS NULL\nwords:", []),
        ("words:", STARS.replace("stars >", "length(note) >") + "words:", []),
        ("words:", STARS.replace(WEIGHT, "read: comment") + "words:", ["TB107"]),
        ("id: product, phase: buy, name: Product", "id: delivery, phase: buy, name: D", ["TB007"]),
        ("id: product, phase: buy, name: Product", "id: delivery, phase: buy, name: D, topics: []", []),
    ],
)  # fmt: skip
def test_what_is_odd_is_found(old: str, new: str, expected: list[str]) -> None:
    text = SOUND.replace(old, new, 1)
    if "touchpoint: product" in text and "id: product" not in text:
        text = text.replace("touchpoint: product", "touchpoint: delivery")
    if "weight: GOOD" in text:
        text = text.replace("    rating: {column: stars, worst: 1, best: 5}\n", "")
    assert [
        finding.code for finding in lint(parse(text)) if finding.code in {"TB007", "TB107", "TB307"}
    ] == expected


ENTRIES = st.lists(
    st.text(alphabet="aeouäöüßéè’'- …*", min_size=1, max_size=8)
    | st.sampled_from(
        ["groß*", "gross*", "café", "cafe", "über … bord", "ueber ... bord", "’t was", "'t was"]
    ),
    min_size=1,
    max_size=6,
)


@given(ENTRIES, st.sampled_from(["nl", "de", "en"]))
def test_what_passes_the_check_is_read_by_the_reader(entries: list[str], language: str) -> None:
    words = json.dumps({language: {"polarity": {"+1": entries[:3], "-2": entries[3:]}}}, ensure_ascii=False)
    text = SOUND[: SOUND.index("words:")] + f"words: {words}\n"
    with suppress(BlueprintError):
        own_words(parse(text).words)


def test_entries_with_few_letters_stand_where_no_wildcard_is() -> None:
    parse(SOUND.replace('"sip*"', '"ok", "te a*", "zo goed *"'))

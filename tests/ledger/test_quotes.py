"""The words behind an experience, and how many texts there are without any."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from troth.blueprint import parse
from troth.blueprint.parameters import resolve
from troth.ledger import Moment, Quote, carry, explain
from troth.ledger.heard import Unread, heard
from troth.ledger.quotes import MOST_CHARACTERS
from troth.ledger.sql import DAY_MS
from troth.store import Store

BLUEPRINT = parse("""
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: product, phase: use, name: Product}, {id: delivery, phase: use, name: Delivery}]
records:
  reviews:
    key: id
    customer: who
    columns: {id: integer, who: text, at: time, stars: number, comment: comment}
rules:
  - {id: review, from: reviews, touchpoint: product, mechanism: ability, at: at, read: comment,
     rating: {column: stars, worst: 1, best: 5}}
  - {id: any, from: reviews, touchpoint: product, mechanism: familiarity, at: at, weight: "1"}
""")
SETTINGS = resolve(BLUEPRINT.parameters)
DAY = dt.datetime.fromisoformat("2025-01-02")
AT = Moment(20_200 * DAY_MS - 1, 20_199, "given")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as opened:
        yield opened


def write(store: Store, *reviews: tuple[float | None, str | None]) -> None:
    columns: dict[str, Any] = {
        "id": range(len(reviews)),
        "who": ["anna"] * len(reviews),
        "at": pa.array([DAY] * len(reviews), pa.timestamp("us")),
        "stars": [stars for stars, _text in reviews],
        "comment": pa.array([text for _stars, text in reviews], pa.string()),
    }
    carry(store, BLUEPRINT, SETTINGS, {"reviews": pa.table(columns)})


def quoted(store: Store) -> dict[tuple[str, str, bool], Quote]:
    found = explain(store, SETTINGS, "anna", AT, BLUEPRINT).experiences
    return {(one.touchpoint, one.mechanism, one.severity > 0): one.quote for one in found if one.quote}


def test_the_sentence_that_proves_stands_beside_what_was_lived(store: Store) -> None:
    write(store, (None, "Vorige week besteld. De levering kwam veel te laat. Het product werkt perfect!"))
    found = quoted(store)
    late = found["delivery", "reliability", True]
    assert late.text == "De levering kwam veel te laat."
    assert "te laat" in " ".join(late.text[begin:end] for begin, end in late.marks)
    assert found["product", "ability", False].text == "Het product werkt perfect!"
    assert ("product", "familiarity", False) not in found


def test_what_is_only_supposed_is_quoted_where_the_rule_has_it(store: Store) -> None:
    write(store, (None, "The delivery was awful."))
    assert quoted(store)["delivery", "ability", True].text == "The delivery was awful."


def test_without_the_blueprint_there_are_no_quotes(store: Store) -> None:
    write(store, (None, "De levering kwam veel te laat."))
    assert all(one.quote is None for one in explain(store, SETTINGS, "anna", AT).experiences)


def test_stars_alone_have_no_words_and_a_contradiction_is_told(store: Store) -> None:
    write(store, (5.0, "De levering kwam veel te laat."))
    found = quoted(store)
    assert found["product", "ability", False] == Quote("", (), contradicts=True)
    assert found["delivery", "reliability", True].contradicts


def test_a_long_sentence_is_shortened_around_its_words(store: Store) -> None:
    filler = "en toen nog iets heel anders " * 30
    write(store, (None, f"Ik schrijf {filler} dat de levering te laat was {filler} tot ziens"))
    quote = quoted(store)["delivery", "reliability", True]
    assert len(quote.text) <= MOST_CHARACTERS + 2
    assert quote.text.startswith("…")
    assert quote.text.endswith("…")
    assert "te laat" in "".join(quote.text[begin:end] + " " for begin, end in quote.marks)
    assert set(quote.text.strip("…").split()) <= set(f"{filler} schrijf dat de levering te laat was".split())


def test_every_mark_lies_on_a_whole_word(store: Store) -> None:
    write(store, (None, "  Nou... De   levering\nwas <b>erg</b> traag! Slechte service, zeg."))
    for quote in quoted(store).values():
        for begin, end in quote.marks:
            assert 0 <= begin < end <= len(quote.text)
            assert quote.text[begin:end].strip() == quote.text[begin:end]


def test_texts_are_counted_by_what_became_of_them(store: Store) -> None:
    write(
        store,
        (5.0, "De levering kwam veel te laat."),
        (5.0, "Prima product, snelle levering."),
        (1.0, None),
        (None, "Le colis est arrivé beaucoup trop tard et personne ne m'a prévenu."),
        (None, "12345"),
        (None, "Ik heb het vorige week besteld."),
    )
    [found] = heard(store, BLUEPRINT)
    assert (found.kind, found.column) == ("reviews", "comment")
    assert (found.texts, found.read, found.telling, found.contradicting) == (5, 3, 2, 1)
    assert found.unread == (Unread("language", "fr", 1), Unread("wordless", "", 1))


def test_nothing_is_heard_before_anything_is_stored(store: Store) -> None:
    assert heard(store, BLUEPRINT) == ()

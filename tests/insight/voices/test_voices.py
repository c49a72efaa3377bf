"""What customers say, from the texts in the ledger to figures, terms and quotes."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.insight.voices.written import (
    AT,
    BLUEPRINT,
    DELIVERY,
    LAST,
    LATE,
    QUICK,
    SETTINGS,
    TEXT,
    ask,
    said,
    write,
)  # fmt: skip

from troth.blueprint import parse
from troth.insight.voices import LEAST_TEXTS, Question, listening, voices
from troth.insight.voices.counting import by_place
from troth.reading.labels import Label, Said, digest, keep
from troth.reading.training.storing import ACCEPTED, FOLDER
from troth.report.page.voices import errors_told
from troth.store import Store


def test_how_many_speak_of_a_place_and_how_many_of_them_badly(store: Store) -> None:
    write(store, [*said(20, LATE), *said(60, QUICK, who="d"), *said(20, "Wanneer komt het?", who="e")])
    found = ask(store)
    assert (found.heard.texts, found.heard.read, found.heard.telling) == (100, 100, 80)
    [place] = found.places
    assert (place.touchpoint, place.mechanism) == DELIVERY
    assert (place.texts, place.bad_texts) == (80, 20)
    assert place.mentions is not None
    assert place.mentions.value == pytest.approx(80)
    assert place.mentions_change is None, "nothing was written before"
    assert place.said is None, "without labels of one's own nobody knows how much is missed"
    assert found.errors is not None
    assert (found.errors.labelled > 250, found.errors.own, found.errors.starred) == (True, 0, 0)


def test_stars_of_ones_own_make_the_correction_fit_the_texts(store: Store) -> None:
    rows = [*said(35, LATE, stars=1), *said(60, QUICK, who="d", stars=5), *said(5, LATE, who="e", stars=5)]
    write(store, rows)
    found = ask(store)
    assert found.errors is not None
    assert found.errors.starred == 100
    [place] = found.places
    assert place.bad is not None
    assert place.bad.low < 35 < place.bad.high
    assert place.bad.value < 40, "some that read as bad are not"


def test_under_thirty_texts_there_are_quotes_and_no_figure(store: Store) -> None:
    write(store, said(LEAST_TEXTS - 1, LATE))
    found = ask(store)
    assert found.few
    assert found.together is None
    assert (found.months, found.terms) == ((), ())
    [place] = found.places
    assert place.few
    assert [place.texts, place.bad_texts, place.mentions, place.bad] == [None] * 4
    assert found.quotes is not None
    assert [quote.text for quote in found.quotes] == [LATE]
    write(store, said(LEAST_TEXTS, LATE))
    [place] = ask(store).places
    assert place.texts == LEAST_TEXTS


def test_a_place_of_few_texts_has_no_figure_beside_one_of_many(store: Store) -> None:
    write(store, [*said(40, QUICK), *said(29, "Het product werkt perfect.", who="d")])
    found = ask(store)
    assert [(place.touchpoint, place.few) for place in found.places] == [
        ("delivery", False),
        ("product", True),
    ]
    assert found.quotes is not None
    assert {quote.touchpoint for quote in found.quotes} == {"delivery", "product"}


def test_a_change_is_clear_or_it_is_not(store: Store) -> None:
    rows = [*said(45, LATE), *said(55, QUICK, who="d"), *said(15, LATE, 100, "e"), *said(85, QUICK, 100, "f")]
    rows = [(who, ago, text, 1 if text == LATE else 5) for who, ago, text, _stars in rows]
    write(store, rows)
    [place] = ask(store).places
    assert place.bad_change is not None
    assert place.bad_change.low > 0
    assert place.bad_differs
    assert not place.mentions_differ, "as many speak of it as before"
    now, before = rows[:100], [(who, ago, LATE, 1) for who, ago, _text, _stars in rows[100:140]]
    write(store, [*now, *before, *rows[140:]])
    [place] = ask(store).places
    assert place.bad_change is not None
    assert place.bad_change.low < 0 < place.bad_change.high
    assert not place.bad_differs


def test_the_period_before_is_as_long_and_ends_the_day_before(store: Store) -> None:
    write(
        store,
        [*said(30, LATE, 0), *said(31, LATE, 9, "d"), *said(32, LATE, 10, "e"), *said(3, LATE, 20, "f")],
    )
    since = dt.date(1970, 1, 1) + dt.timedelta(LAST - 9)
    found = ask(store, since=since)
    assert (found.heard.texts, found.before.texts) == (61, 32)
    assert found.before.last_day == since - dt.timedelta(1)
    assert (found.before.last_day - found.before.first_day).days == 9


def test_a_period_from_before_all_times_is_one_from_the_first(store: Store) -> None:
    write(store, said(40, LATE))
    found = ask(store, since=dt.date.min)
    assert (found.heard.texts, found.before.texts) == (40, 0)
    assert found.heard.first_day == dt.date(1970, 1, 1)


def test_several_texts_of_one_customer_are_worth_less(store: Store) -> None:
    write(store, [*[("one", day, LATE, None) for day in range(30)], *said(60, QUICK)])
    found = listening(store, BLUEPRINT, SETTINGS)
    counts = by_place(found.spoken, found.days(0, LAST))
    place = int(counts.texts.argmax())
    assert counts.customers[place] == 61
    assert counts.worth_bad[place] < 10
    assert counts.worth_texts[place] == pytest.approx(90), "all of them speak of it"


def test_a_segment_is_asked_for_alone(store: Store) -> None:
    write(store, [*said(100, LATE), *said(100, QUICK, who="d")])
    assert ask(store, segment="country=NL").heard.texts == 20
    assert ask(store, segment="country=XX").heard.texts == 0


def test_a_place_can_be_chosen(store: Store) -> None:
    write(store, [*said(40, LATE), *said(50, "Het product werkt perfect.", who="d")])
    found = ask(store, place=("delivery", None))
    assert [place.touchpoint for place in found.places] == ["delivery"]
    assert found.together is not None
    assert (found.together.touchpoint, found.together.mechanism, found.together.texts) == (
        "delivery",
        None,
        40,
    )
    assert found.heard.telling == 90, "the base stays all texts"


def test_what_was_not_read_is_said_with_its_reason(store: Store) -> None:
    write(
        store, [*said(3, "Le colis est arrivé beaucoup trop tard et abîmé, je suis déçu."), *said(2, "12345")]
    )
    found = ask(store)
    assert found.missing == "not-read"
    assert {(one.reason, one.language, one.texts) for one in found.heard.unread} == {
        ("language", "fr", 3), ("wordless", "", 2),
    }  # fmt: skip


def test_why_there_is_nothing(store: Store) -> None:
    write(store, said(3, LATE, 200))
    assert ask(store).missing == "none"
    plain = parse(TEXT.replace("comment: comment", "comment: text").partition("rules:")[0])
    unruled = parse(TEXT.partition("rules:")[0])
    for blueprint, reason in ((plain, "no-comments"), (unruled, "no-rule")):
        found = voices(store, blueprint, SETTINGS, listening(store, blueprint, SETTINGS), Question(AT))
        assert found.missing == reason
        assert found.places == ()


def test_quotes_are_masked_marked_and_of_both_sides(store: Store) -> None:
    late = "Bel mij op 06-12345678. De levering kwam veel te laat."
    write(store, [*said(30, QUICK, 2), *said(10, late, 3, "d")])
    quotes = ask(store, place=DELIVERY).quotes
    assert quotes is not None
    assert {quote.bad for quote in quotes} == {True, False}
    assert "06-12345678" not in str(quotes)
    for quote in quotes:
        begin, end = quote.marks[0]
        assert quote.text[begin:end].lower() in {"levering", "te", "laat", "veel"}
    assert ask(store, quotes=False).quotes is None


def test_the_newest_quotes_come_first_whichever_side_they_are_on(store: Store) -> None:
    write(store, [*said(30, QUICK, 3), *said(10, LATE, 2, "d")])
    quotes = ask(store, place=DELIVERY).quotes
    assert quotes is not None
    assert [quote.bad for quote in quotes] == [True, False]


def test_terms_that_rose_and_none_that_few_use(store: Store) -> None:
    rows = [*said(40, "De koerier belde niet aan.", 1), *said(60, QUICK, 1, "d")]
    rows += [("lonely", day, "Het hek klemt weer.", None) for day in range(30)]
    rows += said(100, QUICK, 100, "f")
    write(store, rows)
    [found] = ask(store).terms
    assert found.language == "nl"
    assert not found.sampled
    words = {one.term for one in found.risen}
    assert words & {"koerier", "koerier belde"}
    assert not words & {"hek", "hek klemt"}


def test_months_go_back_a_year_and_leave_out_those_of_few(store: Store) -> None:
    write(
        store,
        [*said(40, LATE, 1), *said(5, LATE, 40, "d"), *said(35, LATE, 70, "e"), *said(99, LATE, 500, "f")],
    )
    months = ask(store).months
    assert sorted(month.texts for month in months if month.texts is not None) == [35, 40]
    assert all(month.texts is None or month.texts >= LEAST_TEXTS for month in months)
    assert sum(month.read for month in months) == 80


def own_label(number: int, *, drawn: bool) -> Label:
    text = f"De levering kwam veel te laat, {number} dagen."
    return Label(digest(text), text, "negative", (Said("reliability", -1),), ("delivery",), "nl", drawn)


def test_labels_of_ones_own_count_from_thirty_on(store: Store) -> None:
    write(store, [*said(40, LATE), *said(60, QUICK, who="d")])
    folder, now = store.path.parent, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for number in range(30):
        if number == 29:
            few = ask(store)
        keep(folder, own_label(number, drawn=True), now)
    found = ask(store)
    assert few.errors is not None
    assert found.errors is not None
    assert (few.errors.own, found.errors.own) == (0, 30)
    assert found.errors.labelled == few.errors.labelled + 30
    assert few.places[0].said is None
    said_of = found.places[0].said
    assert said_of is not None, "the reader finds it well enough in these texts"
    assert said_of.low < 100


def test_labels_of_texts_that_were_picked_do_not_count(store: Store) -> None:
    write(store, [*said(40, LATE), *said(60, QUICK, who="d")])
    folder, now = store.path.parent, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for number in range(40):
        keep(folder, own_label(number, drawn=False), now)
    found = ask(store)
    assert found.errors is not None
    assert found.errors.own == 0
    assert found.places[0].said is None
    for number in range(30):
        keep(folder, own_label(number, drawn=True), now)
    keep(folder, own_label(3, drawn=False), now)  # corrected later: it was drawn all the same
    errors = ask(store).errors
    assert errors is not None
    assert errors.own == 30


def test_it_is_said_where_the_errors_are_not_those_of_the_reader_in_use(store: Store) -> None:
    write(store, [*said(40, LATE), *said(60, QUICK, who="d")])
    errors = ask(store).errors
    assert errors is not None
    assert (errors.trained, errors.starless) == (False, ("reviews",))
    assert "word lists" not in errors_told(errors)
    assert "From 30 labels" in errors_told(errors)
    (store.path.parent / FOLDER).mkdir()
    (store.path.parent / FOLDER / ACCEPTED).write_text('{"fingerprint": "0", "report": {}}', "utf-8")
    errors = ask(store, quotes=False).errors
    assert errors is not None
    assert errors.trained
    assert "a trained model reads here" in errors_told(errors)
    assert "From 30 labels" not in errors_told(errors), "which would be left aside"
    starred = replace(errors, starred=99, starless=("tickets",))
    assert "may have learnt from these very texts" in errors_told(starred)
    assert "Texts without stars (tickets)" in errors_told(starred)


def test_the_order_of_the_records_changes_nothing(tmp_path: Path) -> None:
    rows = [
        *said(40, LATE, 1),
        *said(50, QUICK, 5, "d"),
        *said(45, LATE, 100, "e"),
        *said(30, QUICK, 95, "f"),
    ]
    found = []
    for name, some in (("one", rows), ("other", rows[::-1])):
        with Store.open(tmp_path / f"{name}.duckdb", create=True) as store:
            write(store, some)
            found.append(replace(ask(store), quotes=None))
    assert found[0] == found[1]

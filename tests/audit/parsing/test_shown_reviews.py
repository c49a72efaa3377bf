"""Reviews and averages as pages write them."""

from datetime import date

import pytest

from troth.audit.parsing.shown_reviews import averages, day_of, shown_reviews, within

LONG = "This is what a customer has written about the kettle."


@pytest.mark.parametrize(
    ("stars", "value"),
    [
        ('<span aria-label="4 out of 5 stars"></span>', 4),
        ('<span title="3,5 von 5 Sternen"></span>', 3.5),
        ('<img alt="4 van de 5 sterren">', 4),
        ('<img alt="8 / 10">', 4),
        ('<span aria-label="2 sterren"></span>', 2),
        ('<meta itemprop="ratingValue" content="5">', 5),
        ('<div data-rating="3"></div>', 3),
        ('<div class="rating-result" style="width:80%"></div>', 4),
        ("<b>★★★☆☆</b>", 3),
    ],
)
def test_stars_are_read_however_they_are_drawn(stars: str, value: float) -> None:
    [review] = shown_reviews(f'<li class="review-item">{stars}<p>{LONG}</p></li>')
    assert (review.stars, review.text) == (value, LONG)


def test_the_innermost_part_is_the_review() -> None:
    items = "".join(
        f'<div class="review"><div class="review__stars">★★★★☆</div>'
        f'<p class="review__text">{LONG} {n}</p></div>'
        for n in range(3)
    )
    found = shown_reviews(f'<section class="reviews"><div class="review-list">{items}</div></section>')
    assert [review.text for review in found] == [f"{LONG} {n}" for n in range(3)]


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="review"><p>{LONG}</p></div>', '<div class="review">★★★★☆</div>', "",
        f'<script class="review">★★★★☆ {LONG}</script>',
    ],
)  # fmt: skip
def test_what_has_no_stars_or_no_words_is_none(html: str) -> None:
    assert shown_reviews(html) == ()


def test_author_and_day_are_read() -> None:
    [review] = shown_reviews(
        f'<li class="review">★★★★★<span class="review-author">Customer</span>'
        f'<span class="review-date">3. März 2026</span><p>{LONG}</p></li>'
    )
    assert (review.author, review.day) == ("Customer", date(2026, 3, 3))


@pytest.mark.parametrize(
    ("text", "value", "count"),
    [
        ("4,1 von 5 (10 Bewertungen)", 4.1, 10),
        ("4.5 out of 5 stars, 1,204 ratings", 4.5, 1204),
        ("9,2 / 10 gebaseerd op 312 beoordelingen", 4.6, 312),
        ("4,8 (1.204 klantbeoordelingen)", 4.8, 1204),
        ("4.7/5 based on 1 review", 4.7, 1),
    ],
)
def test_averages_with_their_number(text: str, value: float, count: int) -> None:
    [found] = averages(text)
    assert (found.value, found.count) == (pytest.approx(value), count)


@pytest.mark.parametrize(
    "text", ["2 von 5 Kunden", "10 reviews", "3 (12 reviews)", "7,5 (10 Bewertungen)", "1.5 l (3 colours)"]
)
def test_no_average(text: str) -> None:
    assert averages(text) == ()


def test_rounding() -> None:
    assert [within(value) for value in (4.0, 4.5, 4.3, 4.27)] == [0.5, 0.25, 0.05, 0.005]


@pytest.mark.parametrize(
    "text", ["2026-03-09", "2026-03-09T10:00:00Z", "9 maart 2026", "9 March 2026", "09.03.2026"]
)
def test_days(text: str) -> None:
    assert day_of(text) == date(2026, 3, 9)


@pytest.mark.parametrize("text", ["", "yesterday-ish", "2026-13-45"])
def test_no_day(text: str) -> None:
    assert day_of(text) is None

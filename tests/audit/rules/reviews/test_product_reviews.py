"""Reviews on products' pages, by structured data and by plain HTML, through the real collector."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page, Request, Step
from troth.audit.verdict import Verdict

PRESENT, NOTICE = "reviews.reviews_present", "reviews.review_authenticity_notice"
SUMS, SPREAD, COPIES = "reviews.review_arithmetic", "reviews.review_spread", "reviews.review_duplicates"
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]
Told = tuple[int, str, str]

WORDS = [
    "The kettle boils faster than my old pan ever did and looks lovely on the stove.",
    "Lid a bit tight at first, after a week of use it came off without any trouble.",
    "Heavier than expected, so I need both hands when it is filled to the brim.",
    "Gave it to my sister for her new home, she has used it every morning since then.",
    "Arrived with a chip on the rim; the replacement took ten days to get here.",
    "No rust after a year of hard water, descaling with vinegar works as described.",
    "The handle stays cool and the spout does not drip, what more could one want.",
    "Nice colour, though darker than in the picture that made me order this one.",
    "Works on induction, only the whistle is missing, which I knew beforehand.",
    "Fair price for solid goods; the cardboard box could have been a bit prettier.",
]
STARS = [5, 4, 3, 5, 2, 5, 4, 4, 5, 4]
DAYS = [f"2026-{month:02}-1{month % 9}" for month in range(9, 0, -1)] + ["2025-11-03"]


def told(
    stars: Sequence[int] = STARS, days: Sequence[str] = DAYS, words: Sequence[str] = WORDS
) -> list[Told]:
    return list(zip(stars, days, words, strict=False))


def marked(reviews: Sequence[Told], average: float | None = None, count: int | None = None) -> str:
    """The reviews as JSON-LD and as text."""
    data = {
        "@type": "Product",
        "name": "Kettle",
        "review": [
            {
                "@type": "Review", "author": f"Customer {place}", "datePublished": day, "reviewBody": text,
                "reviewRating": {"ratingValue": stars},
            }
            for place, (stars, day, text) in enumerate(reviews)
        ],
    }  # fmt: skip
    if average is not None:
        data["aggregateRating"] = {"ratingValue": average, "reviewCount": count or len(reviews)}
    shown = "".join(f"<p>{text}</p>" for _stars, _day, text in reviews)
    return f'<script type="application/ld+json">{json.dumps(data)}</script><h1>Kettle</h1>{shown}'


def plain(reviews: Sequence[Told], head: str = "") -> str:
    """The reviews as HTML without any structured data."""
    items = "".join(
        f"<article class='review'><h3><span role=img aria-label='{stars} out of 5 stars'>"
        f"{'★' * stars}{'☆' * (5 - stars)}</span> <time datetime={day}>{day}</time></h3>"
        f"<p>{text}</p></article>"
        for stars, day, text in reviews
    )
    return f"<h1>Kettle</h1><section class='reviews'><p>{head}</p>{items}</section>"


@pytest.fixture
def judge(page: Show, artifacts: Bring) -> Callable[..., Verdict]:
    def judged(rule: str, html: str, *others: Page, **more: object) -> Verdict:
        language = more.pop("language", "en")
        shown = page("product", f"<html lang={language}><body>{html}", **more)
        return verdict(rule, artifacts(shown, *others))

    return judged


Judge = Callable[..., Verdict]


@pytest.mark.browser
class TestReviewsPresent:
    @pytest.mark.parametrize("write", [marked, plain])
    def test_five_and_more_pass(self, judge: Judge, write: Callable[..., str]) -> None:
        found = judge(PRESENT, write(told()[:5]))
        assert (found.state, found.reason) == ("passed", "The product shows 5 reviews.")
        assert found.proofs[0].quote == WORDS[0]

    @pytest.mark.parametrize("write", [marked, plain])
    def test_a_few_are_only_told_of(self, judge: Judge, write: Callable[..., str]) -> None:
        found = judge(PRESENT, write(told()[:2]))
        assert (found.state, found.reason) == (
            "informative", "The product shows 2 reviews. From five on they help to decide.",
        )  # fmt: skip

    def test_reviews_that_only_machines_are_told_do_not_count(self, judge: Judge) -> None:
        hidden = marked(told(), 4.1).partition("<h1>")[0] + "<h1>Kettle</h1>"
        assert judge(PRESENT, hidden).state == "review"

    @pytest.mark.parametrize(
        "said",
        ["4,1 van 5 (12 beoordelingen)", "4,1 von 5 Sternen · 12 Bewertungen", "4.1 out of 5 (12 reviews)"],
    )
    def test_a_number_that_people_are_told_counts(self, judge: Judge, said: str) -> None:
        assert judge(PRESENT, f"<h1>Kettle</h1><p>{said}</p>").state == "passed"

    @pytest.mark.parametrize(
        "said",
        [
            "Er zijn nog geen beoordelingen.", "Schrijf de eerste review", "Noch keine Bewertungen vorhanden",
            "There are no reviews yet.", "Be the first to review this kettle", "Reviews (0)",
        ],
    )  # fmt: skip
    def test_a_product_that_says_there_are_none_is_not_judged(self, judge: Judge, said: str) -> None:
        assert judge(PRESENT, f"<h1>Kettle</h1><p>{said}</p>").state == "not-applicable"

    def test_none_at_all_fails(self, judge: Judge) -> None:
        assert judge(PRESENT, "<h1>Kettle</h1><p>Buy it.</p>").state == "failed"

    def test_a_providers_part_wants_a_look(self, judge: Judge) -> None:
        calls = (Request("https://widget.trustpilot.com/a.js", "GET", "script", 200),)
        found = judge(PRESENT, "<h1>Kettle</h1>", requests=calls)
        assert (found.state, found.proofs[0].quote) == ("review", "Trustpilot")

    def test_says_where_the_walk_stopped(self, page: Show, artifacts: Bring) -> None:
        walk = (Step("home", reached=True), Step("category", reached=False, note="No list."))
        found = verdict(PRESENT, artifacts(page("home", "<p>Hello"), walk=walk))
        assert (found.state, found.reason) == ("not-applicable", "The walk stopped at: category (No list).")


@pytest.mark.browser
class TestReviewAuthenticityNotice:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "Hoe wij de echtheid van beoordelingen controleren"),
            ("nl", "Alle beoordelingen komen van klanten die het product bij ons hebben gekocht."),
            ("nl", "Geverifieerde aankoop"),
            ("nl", "Wij controleren niet of beoordelingen van kopers komen."),
            ("de", "So prüfen wir Bewertungen"),
            ("de", "Die Echtheit der Bewertungen wird nicht überprüft."),
            ("de", "Verifizierter Kauf"),
            ("en", "How we check reviews"),
            ("en", "Verified buyer"),
            ("en", "Reviews are not verified."),
        ],
    )
    def test_words_on_it_pass(self, judge: Judge, language: str, said: str) -> None:
        found = judge(NOTICE, plain(told()[:3], said), language=language)
        assert found.state == "passed"
        assert found.proofs[0].quote in said

    @pytest.mark.parametrize("language", ["nl", "de", "en"])
    def test_reviews_without_a_word_fail(self, judge: Judge, language: str) -> None:
        assert judge(NOTICE, plain(told()[:3], "Reviews Bewertungen"), language=language).state == "failed"

    def test_a_page_on_it_is_as_good(self, judge: Judge, page: Show) -> None:
        other = page("reviews", "<h1>How we check reviews</h1>")
        assert judge(NOTICE, plain(told()[:3]), other).proofs[0].page == "first-reviews"

    def test_without_reviews_there_is_nothing_to_say(self, judge: Judge) -> None:
        assert judge(NOTICE, "<h1>Kettle</h1>").state == "not-applicable"

    def test_where_a_provider_shows_them_a_person_looks(self, judge: Judge) -> None:
        calls = (Request("https://widget.trustpilot.com/a.js", "GET", "script", 200),)
        assert judge(NOTICE, plain(told()[:3]), requests=calls).state == "review"

    def test_other_languages_and_earlier_days_are_not_judged(self, judge: Judge) -> None:
        assert judge(NOTICE, plain(told()[:3]), language="fr").state == "not-applicable"
        assert judge(NOTICE, plain(told()[:3]), taken_at_ms=1_650_000_000_000).state == "not-applicable"


@pytest.mark.browser
class TestReviewArithmetic:
    def test_the_mean_passes_and_a_better_one_fails(self, judge: Judge) -> None:
        assert judge(SUMS, marked(told(), 4.1)).state == "passed"
        found = judge(SUMS, marked(told(), 4.9))
        assert (found.state, found.confidence) == ("failed", "proved")
        assert found.proofs[0].note == "Stated: 4.9. The reviews allow 4.10."

    @pytest.mark.parametrize("average", [4.0, 4.5])
    def test_rounding_to_halves_is_allowed(self, judge: Judge, average: float) -> None:
        stars = [5, 4, 3, 5, 2, 5, 4, 5, 5, 4]
        assert judge(SUMS, marked(told(stars), average)).state == "passed"

    def test_of_a_part_only_what_is_impossible_fails(self, judge: Judge) -> None:
        assert judge(SUMS, marked(told(), 4.8, 100)).state == "passed"
        assert judge(SUMS, marked(told(), 4.8, 12)).state == "failed"
        assert judge(SUMS, marked(told(), 1.3, 100)).state == "passed"
        assert judge(SUMS, marked(told(), 1.3, 60)).state == "failed"

    def test_people_and_machines_are_told_the_same(self, judge: Judge) -> None:
        assert judge(SUMS, marked(told(), 4.1) + "<p>4,1 von 5 (10 Bewertungen)</p>").state == "passed"
        found = judge(SUMS, marked(told(), 4.1) + "<p>4,9 von 5 (10 Bewertungen)</p>")
        assert (found.state, found.proofs[0].quote) == ("failed", "4,9 von 5 (10 Bewertungen")

    def test_another_number_of_reviews_is_another_matter(self, judge: Judge) -> None:
        assert judge(SUMS, marked(told(), 4.1) + "<p>4.9 out of 5 (8,214 reviews)</p>").state == "passed"

    def test_without_structured_data_the_text_is_held_against_the_list(self, judge: Judge) -> None:
        assert judge(SUMS, plain(told(), "4.1 out of 5 (10 reviews)")).state == "passed"
        assert judge(SUMS, plain(told(), "4.9 out of 5 (10 reviews)")).state == "failed"

    def test_without_an_average_there_is_nothing_to_compare(self, judge: Judge) -> None:
        assert judge(SUMS, plain(told())).state == "not-applicable"
        assert judge(SUMS, marked((), 4.7, 30)).state == "not-applicable"


@pytest.mark.browser
class TestReviewSpread:
    @pytest.mark.parametrize("write", [marked, plain])
    def test_a_natural_spread_passes(self, judge: Judge, write: Callable[..., str]) -> None:
        assert judge(SPREAD, write(told())).score == 1

    def test_all_with_five_stars_lose_half(self, judge: Judge) -> None:
        found = judge(SPREAD, marked(told([5] * 10)))
        assert (found.state, found.score) == ("failed", 0.5)
        assert found.proofs[0].note == "With five stars: 100%"

    def test_all_from_three_days_lose_half(self, judge: Judge) -> None:
        days = ["2026-08-01", "2026-08-02", "2026-08-03"] * 4
        assert judge(SPREAD, marked(told(days=days))).score == 0.5

    def test_of_a_part_the_average_tells_and_days_do_not(self, judge: Judge) -> None:
        days = ["2026-08-01"] * 10
        assert judge(SPREAD, marked(told([5] * 10, days), 4.6, 900) + "4.6 (900 reviews)").score == 1

    def test_few_are_only_told_of(self, judge: Judge) -> None:
        assert judge(SPREAD, marked(told([5] * 9))).state == "informative"
        assert judge(SPREAD, "<h1>Kettle</h1>").state == "not-applicable"


@pytest.mark.browser
class TestReviewDuplicates:
    @pytest.mark.parametrize("write", [marked, plain])
    def test_nearly_the_same_words_fail(self, judge: Judge, write: Callable[..., str]) -> None:
        copy = WORDS[0].replace("lovely", "pretty")
        found = judge(COPIES, write(told(words=[*WORDS[:4], copy])))
        assert (found.state, [proof.quote for proof in found.proofs]) == ("failed", [copy])

    @pytest.mark.parametrize("write", [marked, plain])
    def test_different_words_pass(self, judge: Judge, write: Callable[..., str]) -> None:
        assert judge(COPIES, write(told())).state == "passed"

    def test_copies_on_two_products_are_found(self, judge: Judge, page: Show) -> None:
        other = replace(page("product", plain([(5, "2026-01-01", WORDS[3])])), id="first-product-2")
        assert judge(COPIES, plain(told()), other).state == "failed"

    def test_a_review_that_is_shown_twice_is_one(self, judge: Judge, page: Show) -> None:
        other = replace(page("product", plain(told()[:3])), id="first-product-2")
        assert judge(COPIES, plain(told()), other).state == "passed"

    def test_short_praise_may_repeat(self, judge: Judge) -> None:
        assert (
            judge(COPIES, plain(told(words=["Great kettle, fast delivery!"] * 5))).state == "not-applicable"
        )

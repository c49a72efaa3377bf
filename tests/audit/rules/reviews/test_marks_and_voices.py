"""Trust marks and quotations, through the real collector."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page, Request

SEAL, VOICES = "reviews.seal_verifiable", "reviews.testimonial_source"
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]
PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"


def mark(alt: str, link: str = "", source: str = PICTURE, size: int = 64) -> str:
    image = f'<img alt="{alt}" src="{source}" width="{size}" height="{size}">'
    return f'<footer><a href="{link}">{image}</a></footer>' if link else f"<footer>{image}</footer>"


@pytest.mark.browser
class TestSealVerifiable:
    @pytest.mark.parametrize(
        ("alt", "link"),
        [
            ("Thuiswinkel Waarborg", "https://www.thuiswinkel.org/leden/example/certificaat"),
            ("Trusted Shops Gütesiegel", "https://www.trustedshops.de/bewertung/info_X12345.html"),
            ("Händlerbund Mitglied", "https://www.haendlerbund.de/de/mitglied/12345"),
            ("Trustpilot", "https://www.trustpilot.com/review/shop.example"),
            ("Trustpilot", "https://de.trustpilot.com/review/www.shop.example"),
            ("Kiyoh", "https://www.kiyoh.com/reviews/1042/shop"),
        ],
    )
    def test_a_mark_that_leads_to_the_shops_page_passes(
        self, page: Show, artifacts: Bring, alt: str, link: str
    ) -> None:
        found = verdict(SEAL, artifacts(page("home", mark(alt, link))))
        assert (found.state, found.proofs[0].quote) == ("passed", link)

    @pytest.mark.parametrize(
        ("link", "note"),
        [
            ("", "Trusted Shops: the mark leads nowhere."),
            ("#", "Trusted Shops: the mark leads nowhere."),
            (
                "https://www.trustedshops.de/",
                "Trusted Shops: the mark leads to the issuer's front page only.",
            ),
            (
                "https://www.trustedshops.com/de/",
                "Trusted Shops: the mark leads to the issuer's front page only.",
            ),
            ("https://elsewhere.test/seal", "Trusted Shops: the mark leads to someone else."),
        ],
    )
    def test_a_mere_picture_fails(self, page: Show, artifacts: Bring, link: str, note: str) -> None:
        found = verdict(SEAL, artifacts(page("home", mark("Trusted Shops", link))))
        assert (found.state, [proof.note for proof in found.proofs]) == ("failed", [note])

    @pytest.mark.parametrize(
        "source", ["/img/thuiswinkel-waarborg.svg", "https://www.thuiswinkel.org/x/seal.svg"]
    )
    def test_a_mark_is_known_by_its_file_and_host(self, page: Show, artifacts: Bring, source: str) -> None:
        found = verdict(SEAL, artifacts(page("home", mark("", source=source))))
        assert found.state == "failed"

    def test_the_issuers_own_script_is_as_good(self, page: Show, artifacts: Bring) -> None:
        calls = (Request("https://widgets.trustedshops.com/js/X.js", "GET", "script", 200),)
        shown = page("home", mark("Trusted Shops"), requests=calls)
        assert verdict(SEAL, artifacts(shown)).state == "passed"

    def test_another_mark_of_the_same_issuer_that_is_linked_is_enough(
        self, page: Show, artifacts: Bring
    ) -> None:
        linked = mark("Trusted Shops", "https://www.trustedshops.de/bewertung/info_X12345.html")
        assert verdict(SEAL, artifacts(page("home", mark("Trusted Shops") + linked))).state == "passed"

    def test_another_shops_profile_wants_a_look(self, page: Show, artifacts: Bring) -> None:
        link = "https://www.trustpilot.com/review/other-shop.com"
        assert verdict(SEAL, artifacts(page("home", mark("Trustpilot", link)))).state == "review"

    def test_the_way_over_a_page_of_the_shops_own(self, page: Show, artifacts: Bring) -> None:
        home = page("home", mark("Kiyoh", "/reviews-about-us"))
        assert verdict(SEAL, artifacts(home)).state == "review"
        about = page("about", "<a href='https://www.kiyoh.com/reviews/1042/shop'>All reviews</a>")
        assert verdict(SEAL, artifacts(home, about)).state == "passed"

    @pytest.mark.parametrize(
        "other",
        [
            mark("Visa"), mark("Thuiswinkel Awards 2026"), mark("Kettle"), "<p>Trusted Shops",
            mark("Trusted Shops", size=1), f"<div hidden>{mark('Trusted Shops')}</div>",
        ],
    )  # fmt: skip
    def test_other_pictures_are_no_marks(self, page: Show, artifacts: Bring, other: str) -> None:
        assert verdict(SEAL, artifacts(page("home", other))).state == "not-applicable"

    def test_unseen_pages_say_nothing(self, page: Show, artifacts: Bring) -> None:
        blind = page("home", "<p>x", visit="second")
        assert verdict(SEAL, artifacts(blind)).state == "not-applicable"


@pytest.mark.browser
class TestTestimonialSource:
    SAID = "De ketel staat al maanden elke ochtend op het fornuis."

    @pytest.mark.parametrize(
        "html",
        [
            "<blockquote><p>{}</p><footer>Klant uit Zwolle, 3 maart 2026</footer></blockquote>",
            (
                "<figure><blockquote>{}</blockquote>"
                "<figcaption>Kundin aus Hamburg, <time datetime=2026-03-01>März</time></figcaption></figure>"
            ),
            "<div class=testimonial><p>{}</p><span class=author>Customer from Cork</span> 12/03/2026</div>",
            (
                "<div class=testimonial-item><p>{}</p><p class=testimonial-author>A customer</p>"
                "<a href='https://www.trustpilot.com/reviews/1'>Read it there</a></div>"
            ),
        ],
    )
    def test_who_and_when_pass(self, page: Show, artifacts: Bring, html: str) -> None:
        found = verdict(VOICES, artifacts(page("home", html.format(self.SAID))))
        assert (found.state, found.score) == ("passed", 1.0)

    @pytest.mark.parametrize(
        ("html", "score", "note"),
        [
            ("<blockquote><p>{}</p></blockquote>", 0.0, "It lacks a name."),
            ("<div class=testimonial>{} – Kundin aus Hamburg</div>", 0.5, "It lacks a date."),
            ("<blockquote>{} <time datetime=2026-03-01>maart</time></blockquote>", 0.5, "It lacks a name."),
        ],
    )
    def test_what_is_missing_is_named(
        self, page: Show, artifacts: Bring, html: str, score: float, note: str
    ) -> None:
        found = verdict(VOICES, artifacts(page("home", html.format(self.SAID))))
        assert (found.state, found.score) == ("failed", score)
        assert [proof.note for proof in found.proofs] == [note]

    def test_a_list_of_them_counts_each_once(self, page: Show, artifacts: Bring) -> None:
        items = "".join(f"<li class=testimonial><p>{self.SAID} {n}</p></li>" for n in range(3))
        found = verdict(VOICES, artifacts(page("home", f"<ul class=testimonials>{items}</ul>")))
        assert len(found.proofs) == 3

    def test_hidden_ones_and_none_at_all_say_nothing(self, page: Show, artifacts: Bring) -> None:
        hidden = f"<blockquote hidden>{self.SAID}</blockquote>"
        assert verdict(VOICES, artifacts(page("home", hidden))).state == "not-applicable"
        assert verdict(VOICES, artifacts(page("product", "<p>Kettle"))).state == "not-applicable"

"""What customers say of the products: reviews that are shown, averages stated, and how they are checked."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.facts.structured import Structured
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.parsing.shown_reviews import Average, Shown, averages, day_of, shown_reviews, within
from troth.audit.parsing.things import Rating, Review
from troth.audit.words import words


@dataclass(frozen=True, slots=True)
class Stated:
    """An average and how many stand behind it; `marked`: told to machines, else written for people."""

    average: Average
    marked: bool


@dataclass(frozen=True, slots=True)
class ProductReviews:
    """One product's page. `none_yet`: the words that say there are none, empty without them.

    `providers`: who else shows reviews on the page (a frame or script of theirs), by name.
    """

    page: str
    listed: tuple[Shown, ...]
    stated: tuple[Stated, ...]
    none_yet: str
    providers: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many reviews the page shows or tells of to people as well as machines."""
        told = [one.average.count for one in self.stated if one.marked]
        written = [one.average.count for one in self.stated if not one.marked]
        both = [count for count in told if count in written]
        return max([len(self.listed), *both, *(written if len(written) == 1 else [])])


@dataclass(frozen=True, slots=True)
class Notice:
    """Words that say whether or how reviews are checked."""

    page: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """The products' pages of the first visit, and what is said about reviews on any page."""

    products: tuple[ProductReviews, ...]
    notices: tuple[Notice, ...]

    @property
    def shown(self) -> bool:
        """Whether any product shows reviews or an average."""
        return any(product.listed or product.stated for product in self.products)

    @property
    def providers(self) -> tuple[str, ...]:
        """Who else shows reviews on products' pages."""
        return tuple(dict.fromkeys(name for product in self.products for name in product.providers))


def reviews(site: Site, structured: Structured, third_parties: ThirdParties) -> Reviews:
    """The reviews that a visitor meets."""
    parties = third_parties.of("reviews")
    return Reviews(
        products=tuple(
            _product(
                page,
                structured,
                tuple(dict.fromkeys(party.entity for party in parties if page.id in party.pages)),
            )
            for page in site.of("product")
        ),
        notices=tuple(notice for page in site.pages if (notice := _notice(page))),
    )


def _product(page: Page, structured: Structured, providers: tuple[str, ...]) -> ProductReviews:
    if page.seen is None:
        return ProductReviews(page.id, (), (), "", providers)
    product = next(iter(structured.of(page.id).products), None)
    marked = tuple(map(_shown, product.reviews)) if product else ()
    there = _plain(page.seen.html) if marked else ""
    visible = tuple(one for one in marked if one.text and _plain(one.text)[:60] in there)
    parsed = shown_reviews(page.seen.html)
    none = words("reviews_none").find(page.seen.text)
    told = [_stated(product.rating)] if product and product.rating else []
    return ProductReviews(
        page=page.id,
        listed=visible if len(visible) >= len(parsed) else parsed,
        stated=(
            *(one for one in told if one),
            *(Stated(one, marked=False) for one in averages(page.seen.text)),
        ),
        none_yet=none.quote if none else "",
        providers=providers,
    )


def _shown(review: Review) -> Shown:
    stars = None if review.rating is None or review.best <= 0 else review.rating * 5 / review.best
    return Shown(review.author, day_of(review.date), stars, " ".join(review.text.split()))


def _stated(rating: Rating) -> Stated | None:
    if rating.value is None or rating.best <= 0:
        return None
    count = max(rating.count or 0, rating.ratings or 0)
    scale = 5 / rating.best
    quote = f"{rating.value:g} / {rating.best:g} ({count})"
    return Stated(Average(rating.value * scale, within(rating.value) * scale, count, quote), marked=True)


def _plain(html: str) -> str:
    """The letters and figures alone, so that tags, entities and spaces make no difference."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in tree.css("script,style,template"):
        node.decompose()
    text = tree.body.text(separator=" ") if tree.body else html
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _notice(page: Page) -> Notice | None:
    found = words("review_check").find(page.seen.text) if page.seen else None
    return Notice(page.id, found.quote) if found else None


FACTS = (reviews,)

"""What the shop sells, in figures that no language changes; the words stand in `texts`."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Product:
    """A product; prices in cents. `reviews`: stars and how many days ago, one a review text."""

    id: str
    category: str
    shape: str
    price: int
    was: int
    colours: tuple[str, str, str]
    reviews: tuple[tuple[int, int], ...]


PRODUCTS = (
    Product("kettle", "pots", "kettle", 39_90, 44_90, ("#2f5d62", "#a44a3f", "#c9a227"),
            ((5, 9), (4, 31), (5, 58), (3, 77), (4, 120), (5, 149), (2, 188), (4, 236), (5, 301), (4, 377))),
    Product("jug", "pots", "jug", 24_90, 0, ("#6b7a8f", "#87a96b", "#8c5e58"),
            ((4, 14), (5, 42), (3, 66), (5, 97), (4, 133), (1, 170), (5, 221), (4, 262), (5, 318), (4, 402))),
    Product("cups", "cups", "cup", 29_50, 0, ("#394867", "#b56576", "#55828b"),
            ((5, 11), (5, 36), (4, 71), (2, 90), (5, 128), (4, 176), (4, 205), (3, 259), (5, 333), (5, 391))),
)  # fmt: skip
CATEGORIES = ("pots", "cups")

SHIPPING = 4_90
FREE_FROM = 60_00
SERVICE_FEE = 3_90
INSURANCE = 2_90
VAT_PERCENT = {"de": 19, "nl": 21, "en": 23}


@dataclass(frozen=True, slots=True)
class Review:
    """A review as shown."""

    stars: int
    day: date
    author: str
    text: str


def find(id_: str) -> Product:
    """The product with this id. Raises StopIteration where there is none."""
    return next(product for product in PRODUCTS if product.id == id_)


def reviews(
    product: Product,
    words: list[dict[str, str]],
    today: date,
    faults: frozenset[str],
    awkward: frozenset[str],
) -> list[Review]:
    """The reviews of a product, newest first."""
    if "reviews-present" in faults:
        return []
    made = [
        Review(stars, today - timedelta(days=days), word["author"], word["text"])
        for (stars, days), word in zip(product.reviews, words, strict=True)
    ]
    if "few-reviews" in awkward:
        return made[:2] if product.id == "kettle" else []
    if "review-spread" in faults:
        made = [
            Review(5, today - timedelta(days=20 + index % 3), review.author, review.text)
            for index, review in enumerate(made)
        ]
    if "review-duplicates" in faults:
        copied = made[0].text
        made = [
            Review(review.stars, review.day, review.author, copied if index in {0, 3, 6} else review.text)
            for index, review in enumerate(made)
        ]
    return made


def average(reviews: list[Review], faults: frozenset[str]) -> float:
    """The average that the shop shows, to one decimal; 0 where there are no reviews."""
    if not reviews:
        return 0.0
    if "review-arithmetic" in faults:
        return 4.9
    return round(sum(review.stars for review in reviews) / len(reviews) + 1e-9, 1)


def shipping(items: int, awkward: frozenset[str]) -> int | None:
    """What sending goods worth `items` costs, in cents; None where the address must be known first."""
    if "freight-by-address" in awkward:
        return None
    return 0 if items >= FREE_FROM else SHIPPING

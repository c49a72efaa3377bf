"""What structured data can tell of a shop: products, offers, ratings, reviews, organizations."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, as structured data gives it; `least` and `most` are equal where one is named."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Offer:
    """A product's offer. `price` is as written for machines (`1299.00`); a range has `price` and `highest`.

    `availability` is the local name (`InStock`), empty when none is given. `shipping` is the least cost
    named, `delivery` handling and transit together, `return_days` what a MerchantReturnPolicy grants,
    `lists` the prices marked as list or struck price.
    """

    price: Decimal | None
    currency: str
    availability: str = ""
    highest: Decimal | None = None
    lists: tuple[Decimal, ...] = ()
    price_until: str = ""
    shipping: Decimal | None = None
    delivery: Days | None = None
    return_days: int | None = None
    seller: str = ""
    name: str = ""
    inventory: int | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """An average: `value` between `worst` and `best`, and how many there are; None where it is not said.

    `count` are reviews, `ratings` all who gave stars, with words or without.
    """

    value: float | None
    count: int | None
    best: float = 5.0
    worst: float = 1.0
    ratings: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One review; `rating` between `worst` and `best`, `date` as written."""

    author: str
    date: str
    rating: float | None
    text: str
    best: float = 5.0
    worst: float = 1.0


@dataclass(frozen=True, slots=True)
class Product:
    """A product; `images` and `attributes` (its `additionalProperty`) are numbers of them."""

    name: str
    description: str = ""
    brand: str = ""
    sku: str = ""
    gtin: str = ""
    images: int = 0
    attributes: int = 0
    offers: tuple[Offer, ...] = ()
    rating: Rating | None = None
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Organization:
    """Who stands behind the shop, as written."""

    name: str
    legal_name: str = ""
    url: str = ""
    logo: str = ""
    email: str = ""
    phone: str = ""
    vat_id: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    same_as: tuple[str, ...] = ()
    founders: tuple[str, ...] = ()
    rating: Rating | None = None

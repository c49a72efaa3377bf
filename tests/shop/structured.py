"""What the shop tells machines: JSON-LD, in step with what the page shows."""

import json
from dataclasses import dataclass
from typing import Any

from tests.shop.stock import Product, Review

Ld = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What structured data repeat from a product page."""

    product: Product
    name: str
    description: str
    address: str
    pictures: list[str]
    brand: str
    reviews: list[Review]
    average: float
    shipping: int | None
    country: str


def product(told: Told, faults: frozenset[str]) -> Ld:
    """Product with Offer, AggregateRating and Review."""
    cheaper = 5_00 if "price-coherence" in faults else 0
    offer: Ld = {
        "@type": "Offer",
        "url": told.address,
        "price": f"{(told.product.price - cheaper) / 100:.2f}",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": told.brand},
    }
    details: Ld = {
        "@type": "OfferShippingDetails",
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": told.country},
    }
    if "shipping-cost-early" not in faults and told.shipping is not None:
        amount = f"{told.shipping / 100:.2f}"
        details["shippingRate"] = {"@type": "MonetaryAmount", "value": amount, "currency": "EUR"}
    if "delivery-time" not in faults:
        details["deliveryTime"] = {
            "@type": "ShippingDeliveryTime",
            "handlingTime": {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 1, "unitCode": "DAY"},
            "transitTime": {"@type": "QuantitativeValue", "minValue": 2, "maxValue": 2, "unitCode": "DAY"},
        }
    if len(details) > 2:
        offer["shippingDetails"] = details
    made: Ld = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": told.name,
        "description": told.description,
        "sku": told.product.id,
        "image": told.pictures,
        "brand": {"@type": "Brand", "name": told.brand},
        "offers": offer,
    }
    if told.reviews:
        made["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{told.average:.1f}",
            "reviewCount": len(told.reviews),
            "bestRating": "5",
        }
        made["review"] = [_review(review) for review in told.reviews]
    return made


def _review(review: Review) -> Ld:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.author},
        "datePublished": review.day.isoformat(),
        "reviewBody": review.text,
        "reviewRating": {"@type": "Rating", "ratingValue": str(review.stars), "bestRating": "5"},
    }


def breadcrumb(trail: list[tuple[str, str]]) -> Ld:
    """BreadcrumbList of names and addresses."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(trail, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def organization(name: str, address: str, logo: str, email: str, phone: str) -> Ld:
    """The shop itself; what is empty is left out."""
    said = {"name": name, "url": address, "logo": logo, "email": email, "telephone": phone}
    return {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        **{key: value for key, value in said.items() if value},
    }


def script(data: Ld) -> str:
    """The JSON, safe inside a script element."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")

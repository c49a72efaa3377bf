"""From nodes of structured data to things, by schema.org's vocabulary and Open Graph's product tags."""

import re
from collections.abc import Iterable
from decimal import Decimal

from troth.audit.parsing.nodes import Node, Nodes
from troth.audit.parsing.things import Days, Offer, Organization, Product, Rating, Review

_PRODUCT = ("Product", "IndividualProduct", "ProductModel", "ProductGroup", "Book", "Vehicle")
_ORGANIZATION = ("Organization", "Corporation", "LocalBusiness", "OnlineBusiness")
_LISTED = re.compile("list|strike", re.IGNORECASE)
_SCHEMA = re.compile(r"^https?://(?:www\.)?schema\.org/|^schema:", re.IGNORECASE)
_DAYS = {"H": 1 / 24, "HUR": 1 / 24, "HOUR": 1 / 24, "HOURS": 1 / 24, "WEE": 7.0, "WEEK": 7.0, "WEEKS": 7.0}


def products(found: Nodes) -> tuple[Product, ...]:
    """The page's products; those within another (variants, accessories) and those in lists are left out."""
    wanted = [node for node in found.walk() if node.is_a(*_PRODUCT)]
    lists = [node for node in found.walk() if node.is_a("ItemList")]
    within = {id(part) for node in [*wanted, *lists] for part in Nodes(tuple(_children(node))).walk()}
    outer = [node for node in wanted if id(node) not in within]
    return tuple(_product(node) for node in outer) or _of_opengraph(dict(reversed(found.opengraph)))


def _children(node: Node) -> Iterable[Node]:
    return (value for values in node.values.values() for value in values if isinstance(value, Node))


def _product(node: Node) -> Product:
    variants = node.nodes("hasVariant")
    offers = [*node.nodes("offers"), *(offer for variant in variants for offer in variant.nodes("offers"))]
    ratings = node.nodes("aggregateRating")
    return Product(
        node.text("name"),
        node.text("description"),
        node.text("brand", "manufacturer"),
        node.text("sku", "mpn", "productID"),
        node.text("gtin13", "gtin", "gtin14", "gtin8", "gtin12", "isbn"),
        len(
            {*node.texts("image"), *(image.text("url", "contentUrl") for image in node.nodes("image"))} - {""}
        ),
        len(node.nodes("additionalProperty")),
        tuple(_offer(offer) for offer in offers),
        _rating(ratings[0]) if ratings else None,
        tuple(_review(review) for review in node.nodes("review", "reviews")),
    )


def _offer(node: Node) -> Offer:
    inner = node.nodes("offers")
    specifications = node.nodes("priceSpecification")
    listed = [part for part in specifications if _LISTED.search(part.text("priceType"))]
    asked = [part for part in specifications if not _LISTED.search(part.text("priceType"))]
    prices = [node.text("lowPrice", "price"), *(part.text("price", "minPrice") for part in [*asked, *inner])]
    currencies = [part.text("priceCurrency") for part in (node, *asked, *inner)]
    shipping = node.nodes("shippingDetails")
    rates = [rate for part in shipping for rate in part.nodes("shippingRate")]
    costs = [cost for rate in rates if (cost := amount(rate.text("value", "price", "minValue"))) is not None]
    policies = node.nodes("hasMerchantReturnPolicy")
    returns = [granted for part in policies if (granted := number(part.text("merchantReturnDays")))]
    inventory = [number(part.text("value")) for part in node.nodes("inventoryLevel")]
    return Offer(
        next((price for text in prices if (price := amount(text)) is not None), None),
        next((currency.upper() for currency in currencies if currency), ""),
        _SCHEMA.sub("", node.text("availability") or next((part.text("availability") for part in inner), "")),
        amount(node.text("highPrice")),
        tuple(price for part in listed if (price := amount(part.text("price"))) is not None),
        node.text("priceValidUntil"),
        min(costs, default=None),
        next((days for part in shipping if (days := _delivery(part))), None),
        int(returns[0]) if returns else None,
        node.text("seller", "offeredBy"),
        node.text("name"),
        next((int(level) for level in inventory if level is not None), None),
    )


def _delivery(shipping: Node) -> Days | None:
    """Handling and transit time together, in days."""
    spans = [
        span
        for times in shipping.nodes("deliveryTime")
        for part in times.nodes("handlingTime", "transitTime")
        if (span := _span(part))
    ]
    return Days(sum(span.least for span in spans), sum(span.most for span in spans)) if spans else None


def _span(node: Node) -> Days | None:
    least = number(node.text("minValue", "value"))
    most = number(node.text("maxValue", "value"))
    if least is None or most is None or not 0 <= least <= most:
        return None
    unit = node.text("unitCode", "unitText").upper()
    factor = _DAYS.get(unit, 1.0)
    return Days(least * factor, most * factor)


def _rating(node: Node) -> Rating:
    count = number(node.text("reviewCount", "ratingCount"))
    ratings = number(node.text("ratingCount"))
    best, worst = number(node.text("bestRating")), number(node.text("worstRating"))
    return Rating(
        number(node.text("ratingValue")),
        None if count is None else int(count),
        5.0 if best is None else best,
        1.0 if worst is None else worst,
        None if ratings is None else int(ratings),
    )


def _review(node: Node) -> Review:
    rating = next(iter(node.nodes("reviewRating")), None)
    value = _rating(rating) if rating else None
    return Review(
        node.text("author"),
        node.text("datePublished", "dateCreated"),
        value.value if value else number(node.text("reviewRating")),
        node.text("reviewBody", "description", "name"),
        value.best if value else 5.0,
        value.worst if value else 1.0,
    )


def is_organization(node: Node) -> bool:
    """Whether `node` describes an organization or a shop."""
    named = any(type_.endswith(("Store", "Shop", "Organization")) for type_ in node.types)
    return (named or node.is_a(*_ORGANIZATION)) and bool(node.values)


def organization(node: Node) -> Organization:
    """The organization that `node` describes."""
    address = next(iter(node.nodes("address")), Node(()))
    points = (node, *node.nodes("contactPoint"))
    ratings = node.nodes("aggregateRating")
    return Organization(
        node.text("name"),
        node.text("legalName"),
        node.text("url"),
        next(
            (text for logo in node.nodes("logo") if (text := logo.text("url", "contentUrl"))),
            node.text("logo"),
        ),
        next((text for point in points if (text := point.text("email"))), "").removeprefix("mailto:"),
        next((text for point in points if (text := point.text("telephone"))), ""),
        node.text("vatID", "taxID"),
        address.text("streetAddress") or node.text("address"),
        address.text("postalCode"),
        address.text("addressLocality"),
        address.text("addressCountry"),
        node.texts("sameAs"),
        node.texts("founder", "founders"),
        _rating(ratings[0]) if ratings else None,
    )


def breadcrumbs(node: Node) -> tuple[str, ...]:
    """The names on the way from home to the page."""
    parts = node.nodes("itemListElement")
    ordered = sorted(parts, key=lambda part: number(part.text("position")) or 0.0)
    return tuple(part.text("name", "item") for part in ordered)


def _of_opengraph(pairs: dict[str, str]) -> tuple[Product, ...]:
    """The product that Open Graph's tags tell of, where nothing better does."""
    price = amount(pairs.get("product:price:amount") or pairs.get("og:price:amount") or "")
    if not pairs.get("og:title") or (price is None and pairs.get("og:type") not in ("product", "og:product")):
        return ()
    currency = pairs.get("product:price:currency") or pairs.get("og:price:currency") or ""
    availability = pairs.get("product:availability") or pairs.get("og:availability") or ""
    offers = () if price is None else (Offer(price, currency.upper(), _SCHEMA.sub("", availability)),)
    return (
        Product(
            pairs["og:title"], pairs.get("og:description", ""), images=int("og:image" in pairs), offers=offers
        ),
    )


def amount(text: str) -> Decimal | None:
    """A price for machines, `1299.00`; one written for people (`1.299,00 €`) is read as they would."""
    text = text.strip()
    if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", text, re.ASCII):
        return Decimal(text)
    if not text or len(text) > 60:
        return None
    from price_parser import Price

    return Price.fromstring(text).amount


def number(text: str) -> float | None:
    """A number as written for machines, a decimal comma allowed: `4,7` is 4.7."""
    text = text.strip().replace(",", ".", 1)
    return float(text) if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,12})?", text, re.ASCII) else None

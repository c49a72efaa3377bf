"""What the product that was put into the basket costs there."""

from dataclasses import dataclass
from decimal import Decimal

from troth.audit.artifacts.shape import Artifacts
from troth.audit.facts import lines
from troth.audit.facts.site import Site


@dataclass(frozen=True, slots=True)
class BasketPrices:
    """The price of the basket's line with the product `added`; None where no such line was read."""

    added: str
    page: str
    price: Decimal | None
    quote: str = ""
    selector: str = ""


def basket_prices(artifacts: Artifacts, site: Site) -> BasketPrices:
    """The product's line in the basket."""
    page = next((page.id for page in site.of("basket")), "")
    own = [
        item
        for item in lines.read(artifacts.basket, artifacts.added)
        if item.is_for == "product" and item.amount
    ]
    if not artifacts.added or len(own) != 1:
        return BasketPrices(artifacts.added, page, None)
    line = own[0].line
    return BasketPrices(
        artifacts.added, page, own[0].amount, f"{line.text} {line.price}"[:200], line.selector
    )


FACTS = (basket_prices,)

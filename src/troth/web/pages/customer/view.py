"""Words and drawings of a customer's page."""

from __future__ import annotations

from typing import Any

from troth.report.page.words import apportioned, signed
from troth.web.frame.naming import Naming
from troth.web.frame.page import Asked
from troth.web.pages.customer.curve import drawing
from troth.web.pages.customer.query import CustomerAnswer
from troth.web.pages.customers.query import address

DIGITS = 3
WIDE, NARROW = 1000.0, 340.0


def words(answer: CustomerAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    naming = Naming(asked.blueprint)
    shares = apportioned([int(one.share_exact) for one in answer.experiences], int(answer.unit), DIGITS)
    return {
        "naming": naming,
        "filters": asked.filters,
        "path": address(answer.customer),
        "shares": [signed(share / 10**DIGITS, DIGITS) for share in shares],
        "sum_of_shares": signed(sum(shares) / 10**DIGITS, DIGITS),
        "drawings": [
            (size, found)
            for size, width in (("wide", WIDE), ("narrow", NARROW))
            if (found := drawing(answer.curve, width))
        ],
    }

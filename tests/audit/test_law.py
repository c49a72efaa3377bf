"""Laws apply by date and country."""

import pytest
from tests.support.audit import artifacts, page

from troth.audit.facts.site import Site, site
from troth.audit.law import applies

BEFORE, AFTER = 1_781_800_000_000, 1_781_900_000_000
"""2026-06-18 and 2026-06-19, the day from which a function to withdraw is due."""


def shop(country: str, at_ms: int) -> Site:
    found = site(artifacts(page(taken_at_ms=at_ms)))
    return Site(found.shop, found.host, found.domain, found.language, country, found.pages)


@pytest.mark.parametrize(
    ("law", "country", "at_ms", "expected"),
    [
        ("crd-11a", "DE", BEFORE, False),
        ("crd-11a", "DE", AFTER, True),
        ("crd-11a", "FR", AFTER, True),
        ("crd-11a", "GB", AFTER, False),
        ("crd-11a", "CH", AFTER, False),
        ("crd-11a", "", AFTER, True),
        ("crd-9", "GB", AFTER, True),
        ("ddg-5", "NL", AFTER, False),
        ("stanford-5", "US", BEFORE, True),
    ],
)
def test_a_law_applies_from_its_day_in_its_countries(
    law: str, country: str, at_ms: int, expected: bool
) -> None:
    assert applies(law, shop(country, at_ms)) is expected


def test_nothing_applies_where_nothing_was_seen() -> None:
    assert not applies("crd-9", Site("https://shop.example/", "shop.example", "shop.example", "", "DE", ()))

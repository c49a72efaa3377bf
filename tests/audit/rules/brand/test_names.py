"""The shop's names, through the real collector."""

import json
from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page

pytestmark = pytest.mark.browser

RULE = "brand.name_consistent"
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]


def shown(
    page: Show,
    kind: str,
    title: str,
    *,
    site_name: str = "",
    organization: str = "",
    email: str = "",
) -> Page:
    data = json.dumps({"@context": "https://schema.org", "@type": "Organization", "name": organization})
    head = f"<title>{title}</title>"
    head += f'<meta property="og:site_name" content="{site_name}">' if site_name else ""
    head += f'<script type="application/ld+json">{data}</script>' if organization else ""
    mail = f"<a href='mailto:{email}'>{email}</a>" if email else ""
    html = f"<html lang='en'><head>{head}</head><body><p>Plain.</p>{mail}"
    return page(kind, html, url=f"https://kupferkessel-shop.example/{kind}")


def shop(page: Show, artifacts: Bring, **home: str) -> Artifacts:
    pages = [
        shown(page, "home", "Kupferkessel – pots and pans", **home),
        shown(page, "product", "A pot | Kupferkessel"),
        shown(page, "terms", "Terms | Kupferkessel"),
    ]
    return artifacts(*pages, shop="https://kupferkessel-shop.example/")


@pytest.mark.parametrize(
    "home",
    [
        {"site_name": "Kupferkessel"},
        {"site_name": "Kupferkessel", "organization": "Kupferkessel Handels GmbH"},
        {"organization": "Kupferkessel", "email": "service@kupferkessel-shop.example"},
        {"email": "hallo@kupferkessel.example"},
    ],
)
def test_names_that_share_their_main_part_agree(page: Show, artifacts: Bring, home: dict[str, str]) -> None:
    found = verdict(RULE, shop(page, artifacts, **home))
    assert found.state == "passed", found


@pytest.mark.parametrize(
    ("home", "note"),
    [
        ({"site_name": "Best Deals 24"}, "another name: Best Deals 24"),
        ({"organization": "Sunrise Trading"}, "another name: Sunrise Trading"),
        ({"email": "order@fastmailing.example"}, "another name: fastmailing.example"),
        ({"email": "kupferkessel@gmail.com"}, "an address at a free provider"),
    ],
)
def test_another_name_is_named(page: Show, artifacts: Bring, home: dict[str, str], note: str) -> None:
    found = verdict(RULE, shop(page, artifacts, **home))
    assert found.state == "failed"
    assert [proof.note for proof in found.proofs] == [note]


def test_one_name_alone_tells_nothing(page: Show, artifacts: Bring) -> None:
    alone = artifacts(shown(page, "home", "Kupferkessel"), shop="https://kupferkessel-shop.example/")
    assert verdict(RULE, alone).state == "not-applicable"

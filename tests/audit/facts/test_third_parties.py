import pytest
from tests.support.audit import artifacts, page

from troth.audit import facts
from troth.audit.artifacts.shape import Artifacts, Request
from troth.audit.catalogue.loading import read
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.hosts import owner
from troth.audit.inject import Facts


def parties(shop: Artifacts) -> ThirdParties:
    found: ThirdParties = Facts(facts.functions(), {"artifacts": shop}).call(
        lambda third_parties: third_parties
    )
    return found


def calls(*urls: str, failure: str = "") -> tuple[Request, ...]:
    return tuple(Request(url, "GET", "script", 200, failure) for url in urls)


@pytest.mark.parametrize(
    ("url", "entity", "purpose"),
    [
        ("https://www.google-analytics.com/g/collect?v=2", "Google Analytics", "analytics"),
        ("https://stats.g.doubleclick.net/j/collect", "Google Analytics", "analytics"),
        ("https://googleads.g.doubleclick.net/pagead/id", "Google Ads", "advertising"),
        ("https://www.google.com/recaptcha/api.js", "Google reCAPTCHA", "protection"),
        ("https://www.google.com/pagead/1p-user-list/1", "Google Ads", "advertising"),
        ("https://www.facebook.com/tr?id=1", "Meta", "advertising"),
        ("https://js.mollie.com/v1/mollie.js", "Mollie", "payment"),
        ("https://widget.trustpilot.com/bootstrap", "Trustpilot", "reviews"),
    ],
)
def test_an_owner_is_found_by_the_longest_address(url: str, entity: str, purpose: str) -> None:
    found = owner(url)
    assert found is not None
    assert (found.entity, found.purpose) == (entity, purpose)


@pytest.mark.parametrize(
    "url", ["https://www.google.com/", "https://notmollie.com/", "data:,x", "https://[broken/"]
)
def test_others_have_no_owner(url: str) -> None:
    assert owner(url) is None


def test_no_address_stands_twice_in_the_table() -> None:
    hosts = [
        host for entities in read("hosts.yaml").values() for listed in entities.values() for host in listed
    ]
    assert len(hosts) == len(set(hosts))
    assert len(hosts) > 150


def test_trackers_are_told_from_other_parties_and_from_the_shops_own_hosts() -> None:
    urls = [
        "https://cdn.shop.example/a.js",
        "https://js.stripe.com/v3",
        "https://bat.bing.com/bat.js",
        "https://x.example.org/",
    ]
    found = parties(artifacts(page(requests=calls(*urls))))
    assert [party.first_party for party in found.parties] == [True, False, False, False]
    assert [party.entity for party in found.trackers("first")] == ["Microsoft Advertising"]
    assert [party.host for party in found.of("payment")] == ["js.stripe.com"]
    assert found.trackers("reject") == ()


def test_the_domain_that_the_front_page_leads_to_is_the_shops_own() -> None:
    home = page(final_url="https://www.newname.nl/", requests=calls("https://img.newname.nl/1.png"))
    assert parties(artifacts(home)).parties[0].first_party


def test_a_call_that_the_pages_own_policy_stopped_is_none() -> None:
    assert (
        parties(artifacts(page(requests=calls("https://bat.bing.com/bat.js", failure="csp")))).parties == ()
    )


def test_a_call_that_failed_was_still_made() -> None:
    home = page(requests=calls("https://bat.bing.com/bat.js", failure="net::ERR_NAME_NOT_RESOLVED"))
    assert parties(artifacts(home)).trackers("first")


def test_pings_without_storage_are_no_tracking() -> None:
    quiet = page(requests=calls("https://www.google-analytics.com/g/collect?gcs=G100&v=2"))
    assert parties(artifacts(quiet)).trackers("first") == ()
    loud = page(
        requests=calls(
            "https://www.google-analytics.com/g/collect?gcs=G100",
            "https://www.google-analytics.com/g/collect?gcs=G111",
        )
    )
    assert parties(artifacts(loud)).trackers("first")

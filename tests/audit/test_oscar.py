"""A whole audit of a shop that this project did not write: django-oscar, as its wheel brings it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.oscar.shop import OscarShop, missing, opened
from tests.shop.matrix import PATIENT

from troth.audit.artifacts.codec import load
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather.options import Options
from troth.audit.result.shape import AuditResult
from troth.audit.run import audited, judged_again
from troth.audit.scoring import configured

pytestmark = [pytest.mark.browser, pytest.mark.oscar]

LACKS = {
    "https-everywhere", "privacy-policy", "imprint-reachable", "returns-linked",
    "withdrawal-function", "self-help", "delivery-time", "payment-methods-early", "about-people",
    "control-names", "text-contrast", "product-facts", "security-headers", "shipping-cost-early",
}  # fmt: skip
"""What anyone sees who looks at the shop: docs/validation-audit.md says of each why."""
HAS = {
    "logo-consistent", "style-consistent", "language-coherence", "orientation", "price-coherence",
    "vat-included", "dead-links", "error-free", "placeholder-text", "promo-restraint",
    "quiet-before-consent", "vulnerable-scripts", "sneaked-or-preticked", "invented-activity",
}  # fmt: skip
"""What is well there; a failure would be a false alarm."""


@pytest.fixture(scope="module", params=["members", "guests"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OscarShop]:
    """The shop as it comes, for members only; and where guests may order."""
    if lack := missing():
        pytest.skip(lack)
    with opened(tmp_path_factory.mktemp("oscar"), guests=request.param == "guests") as running:
        yield running


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("artifacts")


@pytest.fixture(scope="module")
def result(shop: OscarShop, chromium: Path, kept: Path) -> AuditResult:
    from tests.support.chromium import driver_runs

    if not driver_runs():
        pytest.skip("Playwright's driver needs libatomic: install Debian's libatomic1")
    browser = BrowserOptions(
        chromium,
        allow_private=True,
        resolver_rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # its jQuery is on a foreign host
        limits=PATIENT,
    )
    options = Options(browser, walk_checkout=True, seconds=600)
    return audited(shop.url, configured(), options, artifacts=kept / ("guests" if shop.guests else "members"))


def states(result: AuditResult) -> dict[str, str]:
    return {finding.rule: finding.state for finding in result.findings}


def test_the_walk_goes_as_far_as_the_shop_lets_it(shop: OscarShop, result: AuditResult) -> None:
    assert [(step.name, step.reached) for step in result.walk] == [
        (name, True) for name in ("home", "category", "product", "basket", "checkout")
    ]
    paths = [page.url.removeprefix(shop.url) for page in result.pages if page.kind == "checkout"]
    if shop.guests:
        assert result.walk[-1].code == ""
        assert "checkout/preview/" in paths
    else:
        assert result.walk[-1].code == "login-wall"
    assert [page for page in result.pages if page.failure] == []


def test_what_the_shop_lacks_is_found(shop: OscarShop, result: AuditResult) -> None:
    said = states(result)
    assert {id_: said[id_] for id_ in LACKS} == dict.fromkeys(LACKS, "failed")
    assert said["guest-checkout"] == ("passed" if shop.guests else "failed")
    assert said["order-button"] == ("failed" if shop.guests else "not-applicable")


def test_what_the_shop_has_is_no_alarm_and_no_rule_breaks(result: AuditResult) -> None:
    said = states(result)
    assert {id_: said[id_] for id_ in HAS} == dict.fromkeys(HAS, "passed")
    assert [id_ for id_, state in said.items() if state == "error"] == []
    assert result.failures == ()


def test_nothing_is_ordered_written_or_signed_up(shop: OscarShop, result: AuditResult) -> None:
    assert result.score.value is not None
    assert set(shop.done().values()) == {0}
    assert shop.letters() == []
    posted = {path.strip("/").split("/")[0] for path in shop.sent()}
    assert posted == ({"basket", "checkout"} if shop.guests else {"basket"})


def test_what_was_gathered_is_judged_the_same_again(shop: OscarShop, result: AuditResult, kept: Path) -> None:
    folder = kept / ("guests" if shop.guests else "members")
    basket = next(page for page in load(folder).pages if page.id == "first-basket")
    assert basket.axe is not None, "the page after the click was taken for the basket"
    assert basket.screenshot
    again = judged_again(folder, configured())
    assert states(again) == states(result)
    assert again.score == result.score

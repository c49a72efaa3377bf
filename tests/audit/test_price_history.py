"""The test shop audited on several days, with a history between: what it asked before is not forgotten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.audit.test_matrix import audited as audited  # noqa: PLC0414 - a fixture
from tests.shop import stock
from tests.shop.matrix import PATIENT
from tests.shop.shop import Shop

from troth.audit import gather, run
from troth.audit.artifacts.price import DAY_MS
from troth.audit.artifacts.shape import Artifacts
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather.options import Options
from troth.audit.history import remember
from troth.audit.result.shape import AuditResult, Finding
from troth.audit.scoring import configured

pytestmark = pytest.mark.browser
GATHERED = gather.gathered


class Days:
    """One shop whose prices change from day to day, and the audits that come by."""

    def __init__(self, shop: Shop, browser: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._shop, self._browser, self._folder, self._patch = shop, browser, folder, monkeypatch
        self.history, self.artifacts = folder / "history", folder / "artifacts"

    def audit(self, days_ago: int, price: int, was: int = 0) -> Finding:
        """What the rule says on that day, when the kettle costs so many cents."""
        kettle, *others = stock.PRODUCTS
        self._patch.setattr(stock, "PRODUCTS", (replace(kettle, price=price, was=was), *others))
        self._shop.site.restock()

        def on_that_day(*given: Any, **named: Any) -> Artifacts:  # noqa: ANN401 - as `gathered` has them
            seen = GATHERED(*given, **named)
            return replace(seen, taken_at_ms=seen.taken_at_ms - days_ago * DAY_MS)

        self._patch.setattr(gather, "gathered", on_that_day)
        browser = BrowserOptions(
            self._browser, allow_private=True, ca_file=self._shop.ca_file,
            resolver_rules=self._shop.resolver_rules, limits=PATIENT,
        )  # fmt: skip
        options = Options(browser, further=(), axe=False, links=False, seconds=300)
        result = run.audited(
            self._shop.url, configured(), options, artifacts=self.artifacts, history=self.history
        )
        remember(self.history, result)
        return of_rule(result)


def of_rule(result: AuditResult) -> Finding:
    return next(one for one in result.findings if one.rule == "price-reduction-basis")


@pytest.fixture
def days(audited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    @contextmanager
    def opened(language: str) -> Iterator[Days]:
        with Shop(language) as shop:
            yield Days(shop, audited, tmp_path, monkeypatch)

    return opened


def test_a_price_raised_before_it_is_struck_is_found_out(days: Callable[[str], Any]) -> None:
    with days("de") as shop:
        assert shop.audit(20, 36_90).state == "not-applicable"
        assert shop.audit(10, 44_90).state == "not-applicable"
        found = shop.audit(0, 39_90, was=44_90)
        assert (found.state, found.confidence) == ("failed", "observed")
        assert {proof.kind for proof in found.proofs} >= {"product", "category"}
        assert all("36,90 €" in proof.note and "44,90 €" in proof.quote for proof in found.proofs)
        again = of_rule(run.judged_again(shop.artifacts, configured()))
        assert (again.state, again.proofs) == (found.state, found.proofs)


def test_a_price_that_was_asked_before_is_struck_rightly(days: Callable[[str], Any]) -> None:
    with days("nl") as shop:
        shop.audit(40, 36_90)
        shop.audit(28, 44_90)
        assert shop.audit(0, 39_90, was=44_90).state == "passed"

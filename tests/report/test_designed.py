"""An audit of the website beside the ledger: in the twin, on the page, from the command line."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.audit.result.helpers import outcome
from tests.audit.scoring.helpers import said
from tests.cli.conftest import Call
from tests.report.test_html_page import Page

from troth.audit.result.codec import text
from troth.audit.result.shape import AuditResult, SitePromise
from troth.report.page.render import html
from troth.report.twin import from_json, json_schema
from troth.workspace import Workspace

pytest_plugins = ("tests.cli.conftest",)

BLUEPRINT = """\
journey: {name: Shop, phases: [{id: buy, name: Buying}]}
touchpoints:
  - {id: browsing, phase: buy, name: Browsing, audit: [product, search]}
  - {id: delivery, phase: buy, name: Delivery}
records:
  orders:
    key: id
    customer: customer
    columns: {id: text, customer: text, at: time, delivered: time}
rules:
  - {id: bought, from: orders, touchpoint: browsing, mechanism: clarity, at: at, weight: GOOD}
promises:
  - id: two-days
    from: orders
    touchpoint: delivery
    mechanism: reliability
    made: at
    due: at + INTERVAL 2 DAY
    kept: delivered
    site: delivery-time
"""
FIRST = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
AT = "2026-01-20"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty orders: thirty delivered after two days, ten after five."""
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    rows = [f"{n},c{n},{FIRST},{FIRST + dt.timedelta(days=2 if n < 30 else 5, hours=-1)}" for n in range(40)]
    (tmp_path / "orders.csv").write_text("\n".join(["id,customer,at,delivered", *rows]), "utf-8")
    with Workspace.open(tmp_path) as workspace:
        assert workspace.import_("orders", tmp_path / "orders.csv").added == 40
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def audit() -> AuditResult:
    made = outcome(
        said("delivery-time", "transparency", 1.0, "product", "clarity"),
        said("vat-included", "transparency", 0.0, "product", "clarity"),
        said("orientation", "first-impression", 1.0, "search", "clarity"),
        said("https-everywhere", "security", 1.0, "everywhere", "ability"),
        said("reviews-present", "reviews", 0.5, "product", "reputation"),
    )
    promised = SitePromise(
        "delivery-time", 1, 2, "working-days", "https://shop.test/", "1–2 working days", "en"
    )
    other = replace(promised, kind="return-period", most=30)
    return replace(made, promises=(promised, promised, other))


def test_cells_and_promises_are_laid_beside_what_was_lived(shop: Path, audit: AuditResult) -> None:
    with Workspace.open(shop) as workspace:
        found = from_json(workspace.twin(at=AT, audit=audit)).designed
    assert found is not None
    weights = {"delivery-time": 7, "vat-included": 5, "orientation": 2}
    clarity, reputation = sorted(found.cells, key=lambda cell: cell.mechanism)
    assert (clarity.touchpoint, clarity.rules, clarity.failed) == ("browsing", 3, 1)
    assert clarity.designed == pytest.approx(100 * (7 + 2) / sum(weights.values()))
    assert clarity.known
    assert clarity.lived is not None
    assert clarity.lived > 90
    assert (reputation.designed, reputation.lived) == (50, None)
    [promise] = found.promises
    assert (promise.promise, promise.most) == ("two-days", pytest.approx(2.8))
    assert (promise.lived.kept, promise.lived.open) == (40, 0)
    assert promise.lived.middle == pytest.approx(2, abs=0.1)
    assert promise.lived.most == pytest.approx(5, abs=0.1)
    assert promise.lived.within == pytest.approx(0.75)


def test_without_an_audit_nothing_is_said_of_one(shop: Path) -> None:
    with Workspace.open(shop) as workspace:
        twin = workspace.twin()
    assert twin["designed"] is None
    assert 'id="designed"' not in html(twin, "en")


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_the_page_says_what_was_promised_and_what_was_lived(
    shop: Path, audit: AuditResult, language: str
) -> None:
    with Workspace.open(shop) as workspace:
        page = Page(html(workspace.twin(at=AT, audit=audit), language))
    assert page.open == []
    assert "1–2 working days" in page.text
    if language == "en":
        assert "nine of ten waited up to 5.0 days" in page.text
        assert "75% waited no longer than that." in page.text


def test_the_command_takes_an_audits_file(shop: Path, audit: AuditResult, call: Call) -> None:
    (shop / "audit.json").write_text(text(audit), "utf-8")
    answer = call("report", "--audit", "audit.json", "--json")
    assert json.loads(answer.out)["designed"]["shop"] == "https://shop.test/"
    (shop / "other.json").write_text("{}", "utf-8")
    refused = call("report", "--audit", "other.json")
    assert (refused.code, "result-invalid" in refused.err) == (2, True)


def test_the_published_shape_has_it() -> None:
    assert "DesignedCell" in json_schema()["$defs"]

"""An audit of the website beside the ledger: in the twin and on the page."""

from pathlib import Path

import pytest
from tests.report.designed import AT, audited, opened_shop
from tests.report.test_html_page import Page

from troth.audit.result.shape import AuditResult
from troth.report.page.render import html
from troth.report.twin import from_json, json_schema
from troth.workspace import Workspace


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    opened_shop(tmp_path)
    return tmp_path


@pytest.fixture
def audit() -> AuditResult:
    return audited()


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


def test_the_published_shape_has_it() -> None:
    assert "DesignedCell" in json_schema()["$defs"]

"""A small shop and an audit of its website, for tests of how they are laid side by side."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.audit.result.helpers import outcome
from tests.audit.scoring.helpers import said

from troth.audit.result.shape import AuditResult, SitePromise
from troth.workspace import Workspace

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


def opened_shop(folder: Path) -> None:
    """A workspace with forty orders: thirty delivered after two days, ten after five."""
    (folder / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    rows = [f"{n},c{n},{FIRST},{FIRST + dt.timedelta(days=2 if n < 30 else 5, hours=-1)}" for n in range(40)]
    (folder / "orders.csv").write_text("\n".join(["id,customer,at,delivered", *rows]), "utf-8")
    with Workspace.open(folder) as workspace:
        assert workspace.import_("orders", folder / "orders.csv").added == 40


def audited() -> AuditResult:
    """An audit of its website, with promises."""
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

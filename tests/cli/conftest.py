"""A way to call `troth` in this process, and a small workspace to call it in."""

import gettext
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from troth.cli.application import application

BLUEPRINT = """\
troth: "1"
journey:
  name: {en: Book shop, de: Buchladen, nl: Boekwinkel}
  phases: [{id: buy, name: {en: Buying, de: Kaufen, nl: Kopen}}]
touchpoints:
  - {id: delivery, phase: buy, name: {en: Delivery, de: Lieferung, nl: Bezorging}}
  - {id: service, phase: buy, name: {en: Service, de: Service, nl: Service}}
records:
  orders:
    key: order_id
    customer: customer_id
    zone: Europe/Amsterdam
    columns: {order_id: text, customer_id: text, country: text, due: date, delivered_at: time}
promises:
  - id: delivery-date
    from: orders
    touchpoint: delivery
    mechanism: reliability
    made: due
    due: due
    kept: delivered_at
segments:
  - {id: country, name: Country, from: orders, value: country, latest: due}
"""
ORDERS = """\
order_id,customer_id,country,due,delivered_at
1,c1,NL,2026-01-05,2026-01-04 10:00
2,c1,NL,2026-01-10,2026-01-12 09:00
3,c2,DE,2026-01-11,2026-01-11 17:30
4,c3,DE,2026-01-12,yesterday
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was answered
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


Call = Callable[..., Answer]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """`call("trust", "--json")` runs `troth trust --json`; `call(..., input="y")` answers what it asks."""
    for variable in ("TROTH_WORKSPACE", "TROTH_PSEUDONYM_KEY", "TROTH_DEBUG", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    domain = gettext.textdomain()

    def run(*arguments: str | os.PathLike[str], input: str | None = None) -> Answer:  # noqa: A002 - click's word
        texts = [os.fspath(part) for part in arguments]
        result = CliRunner(env={"LANGUAGE": "en"}).invoke(application, texts, input=input)
        return Answer(result.exit_code, result.stdout, result.stderr)

    yield run
    gettext.textdomain(domain)


@pytest.fixture
def empty_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a workspace without a ledger; the process works in it."""
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shop(empty_shop: Path, call: Call) -> Path:
    """The same with its four orders imported, one of them to quarantine."""
    assert call("import", "orders=orders.csv").code == 0
    return empty_shop

"""Workspaces for tests of pages: a shop with months of experiences, and one that means harm by its names."""

import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.serving import Served

from troth.web.application import application
from troth.workspace.live import Live

BLUEPRINT = """\
troth: "1"
journey:
  name: {en: Tea shop, de: Teeladen, nl: Theewinkel}
  phases:
    - {id: buy, name: {en: Buying, de: Kaufen, nl: Kopen}}
    - {id: use, name: {en: Using, de: Nutzen, nl: Gebruiken}}
touchpoints:
  - {id: shop, phase: buy, name: {en: Web shop, de: Laden, nl: Winkel}}
  - {id: delivery, phase: use, name: {en: Delivery, de: Lieferung, nl: Bezorging}}
  - {id: service, phase: use, name: {en: Service, de: Service, nl: Service}}
records:
  orders:
    key: order_id
    customer: customer_id
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
LAST = dt.date(2026, 3, 31)
CUSTOMERS, DAYS = 60, 150
TURN = dt.date(2026, 2, 1)
"""From this day on deliveries fail far more often."""

NASTY = "\"'><script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"


def experiences(folder: Path) -> Path:
    """Ready-made experiences: a steady shop, and deliveries that turn bad."""
    path = folder / "experiences.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "customer", "touchpoint", "mechanism", "weight", "at"])
        for n in range(6 * DAYS):
            day, customer = LAST - dt.timedelta(n // 6), f"c{7 * n % CUSTOMERS}"
            writer.writerow([f"s{n}", customer, "shop", "clarity", 1000 if n % 9 else -1000, day])
            late = n % 3 == 0 if day >= TURN else n % 20 == 0
            weight = (-300 if n % 2 else -1000) if late else 1000
            writer.writerow([f"d{n}", customer, "delivery", "reliability", weight, day])
    return path


def countries(folder: Path) -> Path:
    """Orders that promise nothing, but say where a customer lives: two in three in the Netherlands."""
    rows = [f"o{n},c{n},{'NL' if n % 3 else 'DE'},," for n in range(CUSTOMERS)]
    path = folder / "orders.csv"
    path.write_text("\n".join(["order_id,customer_id,country,due,delivered_at", *rows]), "utf-8")
    return path


@contextmanager
def trading(folder: Path, blueprint: str = BLUEPRINT) -> Iterator[Served]:
    """The tea shop, served."""
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    with Live.open(folder) as live:
        with live.changing() as workspace:
            workspace.import_("experiences", experiences(folder))
            workspace.import_("orders", countries(folder))
        yield Served(live, application(live))


@contextmanager
def nasty(folder: Path) -> Iterator[Served]:
    """A shop whose every name is HTML that would run."""
    quoted = NASTY.replace("'", "''")
    names = BLUEPRINT.replace("{en: Tea shop, de: Teeladen, nl: Theewinkel}", f"'{quoted}'")
    for given in ("{en: Buying, de: Kaufen, nl: Kopen}", "{en: Delivery, de: Lieferung, nl: Bezorging}"):
        names = names.replace(given, f"'{quoted}'")
    (folder / "blueprint.yaml").write_text(names, "utf-8")
    path = folder / "experiences.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "customer", "touchpoint", "mechanism", "weight", "at"])
        for number in range(40):
            for touchpoint in ("delivery", "service"):
                place = [f"{NASTY}{number}{touchpoint}", f"{NASTY}{number % 9}", touchpoint]
                day = LAST - dt.timedelta(number)
                writer.writerow([*place, "reliability", -1000 if number % 3 else 1000, day])
    with Live.open(folder) as live:
        with live.changing() as workspace:
            workspace.import_("experiences", path)
        yield Served(live, application(live))


@contextmanager
def bare(folder: Path) -> Iterator[Served]:
    """A workspace in which nothing is yet."""
    (folder / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    with Live.open(folder) as live:
        yield Served(live, application(live))

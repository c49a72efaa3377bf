"""A shop with many customers, some of them with names that would harm a careless page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient
from tests.support.serving import Served

from troth.web.access.settings import AccessSettings
from troth.web.application import application
from troth.workspace.live import Live

HTML = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>\"'>"
SQL = "x'); DROP TABLE customer; --"
SLASH = "a/b?c=d&e#f ~1"
BLUEPRINT = """\
troth: "1"
journey: {name: Book shop, phases: [{id: buy, name: Buying}]}
touchpoints:
  - {id: delivery, phase: buy, name: Delivery}
  - {id: service, phase: buy, name: "<b>Service</b>"}
records:
  orders:
    key: order_id
    customer: customer_id
    columns: {order_id: text, customer_id: text, country: text, made: date, due: date, came: date}
  calls:
    key: call_id
    customer: customer_id
    columns: {call_id: text, customer_id: text, at: time, stars: integer}
rules:
  - id: friendly
    from: calls
    touchpoint: service
    mechanism: benevolence
    at: at
    weight: CASE WHEN stars >= 4 THEN GOOD ELSE S2 END
promises:
  - {id: on-time, from: orders, touchpoint: delivery, mechanism: reliability,
     made: made, due: due, kept: came}
segments:
  - {id: country, name: "Land <i>", from: orders, value: country, latest: made}
"""
COUNTRIES = {"NL": 60, "DE": 40, "BE": 22, "LU": 3}
"""How many customers each has."""


def orders() -> str:
    """An order for each customer: kept in NL, late in DE, both elsewhere; the last are still open."""
    lines = ["order_id,customer_id,country,made,due,came"]
    number = 0
    for country, customers in COUNTRIES.items():
        for place in range(customers):
            number += 1
            came = "2026-01-09" if country == "NL" or (country != "DE" and place % 2) else "2026-01-15"
            lines.append(f"o{number},{country}{place:03},{country},2026-01-02,2026-01-10,{came}")
    lines += [
        "late,NL000,NL,2026-01-05,2026-01-12,",
        "open,NL000,NL,2026-01-18,2026-02-20,",
        "bad,NL001,NL,2026-01-02,someday,",
    ]
    return "\n".join(lines) + "\n"


def calls() -> str:
    """Calls of a few customers, among them those with harmful ids."""
    rows = [("NL000", 5), ("NL000", 1), ("DE000", 2), (HTML, 1), (SQL, 1), (SLASH, 2), ("..", 5)]
    lines = ["call_id,customer_id,at,stars"]
    for number, (customer, stars) in enumerate(rows):
        quoted = customer.replace('"', '""')
        lines.append(f'k{number},"{quoted}",2026-01-20 10:00,{stars}')
    lines.append(f'k9,"{HTML.replace(chr(34), chr(34) * 2)}",2026-01-20 10:00,many')
    return "\n".join(lines) + "\n"


def shop(folder: Path, blueprint: str = BLUEPRINT) -> Path:
    """The workspace's files."""
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    (folder / "orders.csv").write_text(orders(), "utf-8")
    (folder / "calls.csv").write_text(calls(), "utf-8")
    return folder


def private(least: int = 20) -> str:
    """The blueprint where nobody is shown alone."""
    return f"{BLUEPRINT}privacy: {{people: segments, least_group: {least}}}\n"


@contextmanager
def served(folder: Path, settings: AccessSettings | None = None) -> Iterator[Served]:
    """The server over the shop in `folder`, its records imported."""
    with Live.open(folder) as live:
        with live.changing() as workspace:
            workspace.import_("orders", folder / "orders.csv")
            workspace.import_("calls", folder / "calls.csv")
        yield Served(live, application(live, settings))


def ended(client: TestClient, id_: str, *, seconds: float = 30) -> dict[str, Any]:
    """A job's twin when it has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(f"/api/v1/jobs/{id_}").json()
        if found["finished"]:
            return found
        time.sleep(0.02)
    raise AssertionError(f"the job {id_} has not ended in {seconds} s")


def trail(served: Served) -> list[tuple[str, str, str]]:
    """Actor, action and subject of every line of the trail."""
    from troth.store.office.tables import trail as lines

    with served.live.office.transaction() as connection:
        rows = connection.execute(lines.select().order_by(lines.c.id)).mappings()
        return [(row["actor"], row["action"], row["subject"]) for row in rows]

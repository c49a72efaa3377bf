"""How long the server takes for every page and its JSON twin, on a long history.

    PYTHONPATH=. python bench/pages.py [--experiences 10000000] [--runs 20] [--folder FOLDER] [--json FILE]

One process, without a network: the time is from the request's arrival in the application to the answer's last
byte. Each page is asked for with changing customers, touchpoints, segments and days, as people do; `first` is
the first answer after the start, when nothing stands ready. The history is that of `follow.py`.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path

from follow import EXPERIENCES_AN_ORDER, history
from tests.support.serving import Served

from troth.blueprint import parse, starter
from troth.store import FILE_NAME, Store
from troth.web.access.rights import Role
from troth.web.application import application
from troth.workspace.live import Live

TOUCHPOINTS = ("delivery", "dispatch", "payment", "checkout")
CELLS = ("delivery/reliability", "dispatch/reliability", "payment/ability", "checkout/clarity")
SEGMENTS = ("", "?segment=country%3DNL", "?segment=country%3DDE", "?segment=newsletter%3Dyes")


def addresses(customers: Sequence[str]) -> dict[str, Sequence[str]]:
    """The addresses of each page that are asked for in turn."""
    return {
        "overview": [f"/overview{segment}" for segment in SEGMENTS],
        "journey": [f"/journey{segment}" for segment in SEGMENTS],
        "touchpoint": [f"/journey/{name}" for name in TOUCHPOINTS],
        "grid": [f"/grid{segment}" for segment in SEGMENTS],
        "cell": [f"/grid/{name}" for name in CELLS],
        "customers by owed": [f"/customers?page={page}" for page in (1, 2, 3, 7)],
        "customers that begin so": [f"/customers?search={name[:7]}" for name in customers[:4]],
        "customer": [f"/customers/{name}" for name in customers],
        "segments": ["/segments"],
        "data": ["/data"],
        "settings": ["/settings"],
    }


def main() -> None:
    """Make the history, serve it, ask, print a table."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--experiences", type=int, default=10_000_000)
    arguments.add_argument("--runs", type=int, default=20)
    arguments.add_argument("--folder", type=Path, help="where the workspace goes (default: a temporary one)")
    arguments.add_argument("--json", type=Path, help="where the figures go, for a machine")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        (folder / "blueprint.yaml").write_text(starter("shop"), "utf-8")
        with Store.open(folder / FILE_NAME, create=True) as store:
            history(store, parse(starter("shop")), round(given.experiences / EXPERIENCES_AN_ORDER))
            store.connection.execute("CHECKPOINT")
        begun = time.perf_counter()
        with Live.open(folder) as live:
            with live.reading() as workspace:
                status = workspace.status()
            print(f"opened in {time.perf_counter() - begun:.1f} s: {status}"[:300], flush=True)
            figures = asked(Served(live, application(live)), given.runs)
    print("\n| page | first ms | median ms | p95 ms | its twin, median ms | p95 ms |\n|" + " --- |" * 6)
    for row in figures:
        print(
            "| " + " | ".join(f"{value:.0f}" if isinstance(value, float) else value for value in row) + " |"
        )
    if given.json:
        given.json.write_text(json.dumps({"experiences": given.experiences, "figures": figures}))


def asked(served: Served, runs: int) -> list[tuple[str, float, float, float, float, float]]:
    """Page, first time, then median and 95th percentile of page and twin, in milliseconds."""
    client = served.signed_in(Role.ADMIN)
    with served.live.reading() as workspace:
        customers = [
            name
            for (name,) in workspace.store.connection.execute(
                "SELECT customer FROM customer WHERE customer_no % 1009 = 7 LIMIT 40"
            ).fetchall()
        ]

    def once(address: str) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(address)
            if answer.status_code != HTTPStatus.OK:
                raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:300]}")

        return ask

    figures = []
    for page, some in addresses(customers).items():
        first = _ms(once(some[0]))
        own = sorted(_ms(once(address)) for address in islice(cycle(some), runs))
        twins = sorted(_ms(once(f"/api/v1{address}")) for address in islice(cycle(some), runs))
        at = max(0, round(0.95 * runs) - 1)
        figures.append((page, first, own[runs // 2], own[at], twins[runs // 2], twins[at]))
        print(figures[-1], flush=True)
    return figures


def _ms(ask: Callable[[], None]) -> float:
    begun = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()

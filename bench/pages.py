"""How long the server takes for every page and its JSON twin, on a long history.

    PYTHONPATH=. python bench/pages.py [--experiences 10000000] [--runs 20] [--folder FOLDER] [--json FILE]
    PYTHONPATH=. python bench/pages.py --comments --only voices

One process, without a network: the time is from the request's arrival in the application to the answer's last
byte. Each page is asked for with changing customers, touchpoints, segments and days, as people do; `first` is
the slowest first answer to one of its addresses, once what the server prepares by itself after its start is
ready (how long that takes is told); the other figures are of the answers after these. The history is that of
`follow.py`; with `--comments` every review has words, of two sentences. Then all of it again while records
arrive: a batch of orders, a short rest, and the next one.
"""

import argparse
import datetime as dt
import json
import logging
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path

import structlog
from follow import DAYS, EXPERIENCES_AN_ORDER, START, history, new_orders
from tests.support.serving import Served

from troth.blueprint import parse, starter
from troth.ledger import carry
from troth.store import FILE_NAME, Store
from troth.web.access.rights import Role
from troth.web.application import application
from troth.web.frame.warming import Warmer
from troth.workspace import Workspace
from troth.workspace.live import Live

TOUCHPOINTS = ("delivery", "dispatch", "payment", "checkout")
CELLS = ("delivery/reliability", "dispatch/reliability", "payment/ability", "checkout/clarity")
SEGMENTS = ("", "?segment=country%3DNL", "?segment=country%3DDE", "?segment=newsletter%3Dyes")
DAY = f"?at={(START + dt.timedelta(DAYS - 40)).date()}"

SENTENCES = (
    "De levering kwam drie dagen te laat.",
    "De bezorging was snel en netjes op tijd.",
    "Het product werkt perfect.",
    "Vriendelijk geholpen door de klantenservice.",
    "De koerier belde niet aan.",
    "Die Lieferung kam pünktlich.",
    "Gute Qualität zum fairen Preis.",
    "Nach vier Anrufen immer noch keine Antwort.",
    "Das Produkt ist kaputt.",
    "Delivery was a week late.",
    "The product broke after two days.",
    "Great quality and quick delivery.",
    "Hidden costs at the checkout.",
    "When does my parcel come?",
)
"""What customers write."""

Row = tuple[str, float, float, float, float, float, float]


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
        "an earlier day": [f"/overview{DAY}", f"/journey{DAY}", f"/grid{DAY}"],
        "voices": [f"/voices{segment}" for segment in SEGMENTS],
        "voices of a place": [f"/voices?touchpoint={name}" for name in TOUCHPOINTS],
        "data": ["/data"],
        "settings": ["/settings"],
    }


def main() -> None:
    """Make the history, serve it, ask, print the tables."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--experiences", type=int, default=10_000_000)
    arguments.add_argument("--runs", type=int, default=20)
    arguments.add_argument("--comments", action="store_true", help="let reviews have words")
    arguments.add_argument("--only", default="", help="only pages whose name begins so")
    arguments.add_argument("--batch", type=int, default=1_000, help="orders of a batch that arrives")
    arguments.add_argument("--rest", type=float, default=0.5, help="seconds between two batches")
    arguments.add_argument("--folder", type=Path, help="where the workspace goes (default: a temporary one)")
    arguments.add_argument("--json", type=Path, help="where the figures go, for a machine")
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    orders = round(given.experiences / EXPERIENCES_AN_ORDER)
    with workspace(given.folder, orders, comments=given.comments) as folder:
        begun = time.perf_counter()
        with Live.open(folder) as live:
            with live.reading() as opened:
                status = opened.status()
            print(f"opened in {time.perf_counter() - begun:.1f} s: {status}"[:300], flush=True)
            begun = time.perf_counter()
            live.tender.tend()
            print(f"sums stand after {time.perf_counter() - begun:.1f} s", flush=True)
            served = Served(live, application(live))
            begun = time.perf_counter()
            warmer = Warmer(live)
            warmer.start()
            warmer.wait()
            print(f"what is asked for first is ready after {time.perf_counter() - begun:.1f} s", flush=True)
            figures = {"quiet": asked(served, given.runs, given.only)}
            with arriving(live, orders, given.batch, given.rest) as carried:
                figures["records arrive"] = asked(served, given.runs, given.only)
            seconds = [wall for wall, _cpu in carried]
            print(
                f"{len(carried)} batches of {given.batch} orders meanwhile, each in the ledger after"
                f" {sum(seconds) / len(seconds):.2f} s on average; load {os.getloadavg()}; peak memory"
                f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB"
            )
    for phase, rows in figures.items():
        print(
            f"\n{phase}\n\n| page | first ms | median ms | p95 ms | its twin, median ms | p95 ms | oldest s |"
        )
        print("|" + " --- |" * 7)
        for name, *values, oldest in rows:
            print(f"| {name} | " + " | ".join(f"{value:.0f}" for value in values) + f" | {oldest:.0f} |")
    if given.json:
        given.json.write_text(json.dumps({"experiences": status.experiences, "figures": figures}))


def written() -> str:
    """Two sentences by the review's id, as SQL."""
    number = "1 + (hash(review_id || '{}') % {})::BIGINT"
    first, second = (f"({list(SENTENCES)}::VARCHAR[])[{number.format(n, len(SENTENCES))}]" for n in "ab")
    return f"{first} || ' ' || {second}"


@contextmanager
def workspace(place: Path | None, orders: int, *, comments: bool) -> Iterator[Path]:
    """The folder with the history: in `place` it is kept for another run, else it passes away."""
    if place is not None and (place / FILE_NAME).exists():
        yield place
        return
    with tempfile.TemporaryDirectory() as passing:
        folder = place or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "blueprint.yaml").write_text(starter("shop"), "utf-8")
        with Store.open(folder / FILE_NAME, create=True) as store:
            history(store, parse(starter("shop")), orders)
            if comments:
                store.connection.execute(f"UPDATE record.reviews SET comment = {written()}")
                store.set_setting("read:reviews.comment", "")  # they are read when the workspace is opened
            store.connection.execute("CHECKPOINT")
        yield folder


@contextmanager
def arriving(live: Live, orders: int, batch: int, rest: float) -> Iterator[list[tuple[float, float]]]:
    """Let new orders of the last days come into the ledger until the block ends; seconds of each batch."""
    seconds: list[tuple[float, float]] = []
    ended = threading.Event()

    def carry_on() -> None:
        first = orders + int(time.time()) * 10_000  # other orders than in an earlier run
        while not ended.wait(rest):
            begun, cpu = time.perf_counter(), time.thread_time()

            def step(store: Store, opened: Workspace, first: int = first) -> None:
                rows = new_orders(f"range({first}, {first + batch})", orders // 3, DAYS - 3, 3)
                arrived = store.connection.cursor().sql(rows).to_arrow_table()
                carry(store, live.blueprint, opened.settings, {"orders": arrived})

            live.carry(step)
            first += batch
            seconds.append((time.perf_counter() - begun, time.thread_time() - cpu))

    thread = threading.Thread(target=carry_on)
    thread.start()
    try:
        yield seconds
    finally:
        ended.set()
        thread.join()


def asked(served: Served, runs: int, only: str) -> list[Row]:
    """Page, first time, median and 95th percentile of page and twin, in milliseconds; the oldest answer."""
    client = served.signed_in(Role.ADMIN)
    with served.live.reading() as opened:
        customers = [
            name
            for (name,) in opened.store.connection.execute(
                "SELECT customer FROM customer WHERE customer_no % 1009 = 7 LIMIT 40"
            ).fetchall()
        ]
    ages: list[float] = []

    def once(address: str) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(address)
            if answer.status_code != HTTPStatus.OK:
                raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:300]}")
            ages.append(float(answer.headers.get("Age", 0)))

        return ask

    figures = []
    for page, some in addresses(customers).items():
        if not page.startswith(only):
            continue
        ages.clear()
        cpu, firsts = time.process_time(), some[:4]
        first = max(_ms(once(address)) for address in firsts)
        cpu = (time.process_time() - cpu) / len(firsts)
        print(f"{page}: a first answer takes {cpu:.2f} CPU s", flush=True)
        own = sorted(_ms(once(address)) for address in islice(cycle(some), runs))
        twins = sorted(_ms(once(f"/api/v1{address}")) for address in islice(cycle(some), runs))
        at = max(0, round(0.95 * runs) - 1)
        figures.append((page, first, own[runs // 2], own[at], twins[runs // 2], twins[at], max(ages)))
        print(figures[-1], flush=True)
    return figures


def _ms(ask: Callable[[], None]) -> float:
    begun = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()

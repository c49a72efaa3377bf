"""CSV import beside DuckDB's own `read_csv` into a table: same file, same machine, in turn.

    python bench/intake.py --rows 3000000 --runs 5
    TROTH_MEMORY=1GB python bench/intake.py --megabytes 2000 --runs 1
    python bench/intake.py --comments --rows 100000 --runs 3

With `--comments` the peer is Troth itself: the same reviews with the text declared as `text`, and as
`comment`, which is masked and read; one text in five is another's. It prints rows a processor second, too.

Prints the medians, their ratio (the goal: at most 2), and each side's processor time and peak memory.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: order_id
    customer: customer_id
    zone: Europe/Amsterdam
    columns:
      order_id: text
      customer_id: text
      ordered_at: time
      promised_on: date
      delivered_at: time
      total: number
      items: integer
      gift: boolean
      note: text
"""
REVIEWS = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: id
    customer: customer
    columns: {id: text, customer: text, at: time, stars: integer, words: TYPE}
"""
SENTENCES = (
    "De levering duurde {n} dagen te lang en niemand liet iets weten.",
    "Prima product, werkt perfect.",
    "Vriendelijk geholpen door de klantenservice, na {n} minuten was het opgelost.",
    "Mail mij op klant{n}@example.org.",
    "Die Lieferung kam pünktlich, die Verpackung war aber beschädigt.",
    "Gute Qualität zum fairen Preis, gerne wieder!",
    "Nach {n} Anrufen hatte ich immer noch keine Antwort, sehr enttäuschend.",
    "Bestellung {n} kam nie an.",
    "Great quality and fast delivery, I would buy here again.",
    "Waited {n} weeks for a refund, nobody replied.",
    "The description was misleading and the product broke after {n} days.",
    "Does what it should.",
)
HEADER = "order_id,customer_id,ordered_at,promised_on,delivered_at,total,items,gift,note\n"
ROW_BYTES = 130


def make(path: Path, rows: int) -> None:
    """A file of `rows` orders, the same each time."""
    choice = random.Random(1)  # noqa: S311 - nothing secret
    with path.open("w") as file:
        file.write(HEADER)
        for number in range(rows):
            day = f"2025-{choice.randrange(1, 13):02d}-{choice.randrange(1, 29):02d}"
            clock = f"{choice.randrange(24):02d}:{choice.randrange(60):02d}:{choice.randrange(60):02d}"
            file.write(
                f"{number:032x},c{choice.randrange(rows // 5 + 1)},{day} {clock},{day},{day} 11:12:13,"
                f"{choice.random() * 200:.2f},{choice.randrange(9)},{choice.choice(('true', 'false'))},"
                f"thanks for order {number}\n"
            )


def make_reviews(path: Path, rows: int) -> None:
    """A file of `rows` reviews of one to four sentences, the same each time."""
    choice = random.Random(1)  # noqa: S311 - nothing secret
    texts: list[str] = []
    with path.open("w") as file:
        file.write("id,customer,at,stars,words\n")
        for number in range(rows):
            if not texts or choice.random() > 0.2:
                language = choice.choice((0, 4, 8))
                several = choice.choices(SENTENCES[language : language + 4], k=choice.randrange(1, 5))
                texts.append(" ".join(one.format(n=choice.randrange(100_000)) for one in several))
            day = f"2025-{choice.randrange(1, 13):02d}-{choice.randrange(1, 29):02d}"
            file.write(
                f'{number},c{number // 3},{day},{choice.randrange(1, 6)},"{choice.choice(texts[-rows:])}"\n'
            )


def reviews(source: Path, folder: Path, type_: str) -> None:
    """Import reviews into a new store."""
    from troth.blueprint import parse
    from troth.intake import import_source
    from troth.store import Store

    with Store.open(folder, create=True) as store:
        summary = import_source(store, parse(REVIEWS.replace("TYPE", type_)), "orders", source)
    if summary.added != summary.read:
        raise SystemExit(f"{summary.read - summary.added} rows were not added")


def troth(source: Path, folder: Path) -> None:
    """Import into a new store."""
    from troth.blueprint import parse
    from troth.intake import import_source
    from troth.store import Store

    with Store.open(folder, create=True) as store:
        summary = import_source(store, parse(BLUEPRINT), "orders", source)
    if summary.added != summary.read:
        raise SystemExit(f"{summary.read - summary.added} rows were not added")


def duckdb(source: Path, folder: Path) -> None:
    """The peer."""
    import duckdb as peer

    with peer.connect(str(folder / "peer.duckdb")) as connection:
        connection.execute("CREATE TABLE orders AS FROM read_csv(?)", [str(source)])


SIDES = {
    "duckdb": duckdb,
    "troth": troth,
    "text": lambda source, folder: reviews(source, folder, "text"),
    "comment": lambda source, folder: reviews(source, folder, "comment"),
}


def measured(side: str, source: Path) -> dict[str, float]:
    """One run in a process of its own: seconds, processor seconds, peak bytes."""
    command = [sys.executable, __file__, "--side", side, "--file", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run_side(side: str, source: Path) -> None:
    """What the process of one run does."""
    import duckdb as _peer  # noqa: F401 - so that starting up is not measured

    import troth.intake  # noqa: F401

    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        before, begun = time.process_time(), time.perf_counter()
        SIDES[side](source, Path(folder))
        seconds, processor = time.perf_counter() - begun, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "peak": peak}))


def main() -> None:
    """Make the file, measure both sides in turn, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rows", type=int, default=3_000_000)
    options.add_argument("--megabytes", type=int, help="make the file this big instead")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--comments", action="store_true", help="reviews, as texts and as comments")
    options.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    options.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.side:
        run_side(given.side, given.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "orders.csv"
        sides = ("text", "comment") if given.comments else ("duckdb", "troth")
        write = make_reviews if given.comments else make
        write(source, given.megabytes * 1_000_000 // ROW_BYTES if given.megabytes else given.rows)
        runs: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
        for _ in range(given.runs):
            for side in sides:
                runs[side].append(measured(side, source))
        print(f"file: {source.stat().st_size / 1e6:.0f} MB, {given.runs} runs each, medians")
    middle = {
        side: {name: median(run[name] for run in found) for name in found[0]} for side, found in runs.items()
    }
    for side, found in middle.items():
        times = f"{found['seconds']:7.2f} s  {found['processor']:7.2f} s processor"
        print(f"{side:8} {times}  {found['peak'] / 1e6:6.0f} MB")
    first, second = sides
    for name in ("seconds", "processor"):
        print(f"ratio of {name}: {middle[second][name] / middle[first][name]:.2f}")
    if given.comments:
        for side, found in middle.items():
            print(f"{side:8} {given.rows / found['processor']:,.0f} rows a processor second")


if __name__ == "__main__":
    main()

"""What an audit costs: collecting beside bare loading, a complete audit, judging again, Lighthouse beside it.

    PYTHONPATH=. python bench/audit.py [--runs 15] [--many 500] [--lighthouse FOLDER] [--json FILE]

All on the test shop (tests/shop) in the same Chromium and the same run, taking turns. CPU seconds are those
of this process and of every process below it, the browser's included. Lighthouse is measured where FOLDER has
its package (`npm install lighthouse chrome-launcher` there); its work differs: it also traces performance,
and sees one page at a time without walking, asking for consent or coming back.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from statistics import mean, median

from tests.shop import Shop

from troth.audit.artifacts.codec import load, save
from troth.audit.browser.finding import required
from troth.audit.browser.launching import launched
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather import gathered
from troth.audit.gather.options import Options
from troth.audit.gather.visit import visiting
from troth.audit.result import result
from troth.audit.scoring import configured

KINDS = ("home", "category:pots", "product:kettle", "product:jug", "returns")
_TICKS = os.sysconf("SC_CLK_TCK")
_LIGHTHOUSE = """
import lighthouse from "lighthouse";
import * as launcher from "chrome-launcher";
const [path, ...urls] = process.argv.slice(2);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"];
const chrome = await launcher.launch({ chromePath: path, chromeFlags: flags });
for (const url of urls) await lighthouse(url, { port: chrome.port, output: "json", logLevel: "error" });
await chrome.kill();
"""


def main() -> None:
    """Measure, print a table, write the figures."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--runs", type=int, default=15)
    arguments.add_argument("--many", type=int, default=0, help="so many pages in one visit, and the memory")
    arguments.add_argument("--lighthouse", type=Path, metavar="FOLDER")
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    with Shop("en") as shop:
        figures = asyncio.run(collecting(shop, given.runs))
        figures |= complete(shop)
        if given.many:
            figures |= asyncio.run(many_pages(shop, given.many))
        if given.lighthouse:
            figures |= beside_lighthouse(shop, given.lighthouse)
    for name, value in figures.items():
        print(f"{name:<48} {value:>10.3f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


async def collecting(shop: Shop, runs: int) -> dict[str, float]:
    """CPU and wall of loading five pages, bare and with the one-pass collector, taking turns."""
    options = browser_options(shop)
    addresses = [shop.address(kind) for kind in KINDS]
    async with launched(options, [shop.url]) as running:
        bare: list[tuple[float, float]] = []
        light: list[tuple[float, float]] = []
        async with visiting(running, "first", shop.url) as visit:
            context = await running.chromium.new_context(
                user_agent=running.user_agent, viewport={"width": 1280, "height": 800}
            )
            page = await context.new_page()

            async def load_bare() -> None:
                for address in addresses:
                    await page.goto(address)

            async def look() -> None:
                for address in addresses:
                    seen = await visit.open(address, "product")
                    if seen.failure:
                        raise RuntimeError(f"{address}: {seen.failure}")

            await load_bare()
            await look()
            for _ in range(runs):
                bare.append(await measured(load_bare))
                light.append(await measured(look))
    # CPU comes in hundredths of a second: the mean of all runs is finer than any of them.
    bare_cpu, light_cpu = (mean(cpu for cpu, _wall in times) for times in (bare, light))
    bare_wall, light_wall = (median(wall for _cpu, wall in times) for times in (bare, light))
    return {
        "bare load, CPU s a page": bare_cpu / len(addresses),
        "light collection, CPU s a page": light_cpu / len(addresses),
        "light collection, CPU ratio (bar 2)": light_cpu / bare_cpu,
        "bare load, wall s a page": bare_wall / len(addresses),
        "light collection, wall s a page": light_wall / len(addresses),
        "light collection, wall ratio": light_wall / bare_wall,
    }


def complete(shop: Shop) -> dict[str, float]:
    """A complete audit (every visit, axe once a page type), judging it again, and the memory of both."""
    options = Options(browser=browser_options(shop))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, start = cpu_seconds(), time.perf_counter()
        artifacts = gathered(shop.url, options, None, folder)
        wall, cpu = time.perf_counter() - start, cpu_seconds() - before
        save(artifacts, folder)
        result(artifacts, configured())  # models and tables are loaded once
        start = time.perf_counter()
        judged = result(load(folder), configured())
        judging = time.perf_counter() - start
    pages = len(artifacts.pages)
    first = sum(page.visit == "first" for page in artifacts.pages)
    return {
        "complete audit, wall s (bar 15)": wall,
        "complete audit, CPU s": cpu,
        "pages of the first visit": float(first),
        "pages of all visits": float(pages),
        "judging again, pages/s (bar 50)": pages / judging,
        "memory of the process, MB (bar 1000)": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "score": judged.score.value or 0.0,
    }


async def many_pages(shop: Shop, pages: int) -> dict[str, float]:
    """The memory of this process and of the browser's, after a tenth of the pages and after all."""
    addresses = [shop.address(kind) for kind in KINDS]
    taken = {}
    options = browser_options(shop)
    async with launched(options, [shop.url]) as running, visiting(running, "first", shop.url) as visit:
        for number in range(1, pages + 1):
            await visit.open(addresses[number % len(addresses)], "product")
            if number in {pages // 10, pages}:
                taken[number] = (memory_mb([os.getpid()]), memory_mb(below(os.getpid())))
    (own, others), (own_after, others_after) = taken[pages // 10], taken[pages]
    return {
        f"memory after {pages // 10} pages, MB": own,
        f"memory after {pages} pages, MB": own_after,
        f"browser's after {pages // 10} pages, MB": others,
        f"browser's after {pages} pages, MB": others_after,
    }


def beside_lighthouse(shop: Shop, folder: Path) -> dict[str, float]:
    """End to end, from a process's start to its end, on the same five pages."""
    addresses = [shop.address(kind) for kind in KINDS]
    script = folder / "troth-bench.mjs"
    script.write_text(_LIGHTHOUSE)
    start = time.perf_counter()
    subprocess.run(["node", script.name, str(required()), *addresses], cwd=folder, check=True)
    lighthouse = time.perf_counter() - start
    code = "import sys; from bench.audit import five_pages; five_pages(*sys.argv[1:])"
    call = [sys.executable, "-c", code, shop.url, str(shop.ca_file), shop.resolver_rules, *addresses]
    start = time.perf_counter()
    subprocess.run(call, check=True)
    ours = time.perf_counter() - start
    return {
        "Lighthouse, five pages, wall s": lighthouse,
        "Troth, the same five pages, wall s": ours,
        "Lighthouse beside Troth, ratio (bar 10)": lighthouse / ours,
    }


def five_pages(shop: str, ca_file: str, resolver_rules: str, *addresses: str) -> None:
    """Look at these pages in one visit, as a process of its own."""
    options = BrowserOptions(
        allow_private=True, ca_file=Path(ca_file), resolver_rules=resolver_rules, robots=False
    )

    async def look() -> None:
        async with launched(options, [shop]) as running, visiting(running, "first", shop) as visit:
            for address in addresses:
                page = await visit.open(address, "product")
                if page.failure:
                    raise RuntimeError(f"{address}: {page.failure}")

    asyncio.run(look())


def browser_options(shop: Shop) -> BrowserOptions:
    """How the browser visits the test shop."""
    return BrowserOptions(allow_private=True, ca_file=shop.ca_file, resolver_rules=shop.resolver_rules)


async def measured(work: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """CPU and wall seconds."""
    before, start = cpu_seconds(), time.perf_counter()
    await work()
    return cpu_seconds() - before, time.perf_counter() - start


def cpu_seconds() -> float:
    """CPU seconds of this process and of all below it, ended or not."""
    fields = [_stat(process) for process in [os.getpid(), *below(os.getpid())]]
    return sum(sum(map(int, field[11:15])) for field in fields if field) / _TICKS


def memory_mb(processes: Iterable[int]) -> float:
    """The memory that these processes hold for themselves (PSS: what is shared counts in parts)."""
    total = 0
    for process in processes:
        with suppress(OSError):
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            total += int(text.split("Pss:")[1].split(maxsplit=1)[0])
    return total / 1024


def below(process: int) -> list[int]:
    """All processes below this one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [process]
    while waiting:
        own = children.get(waiting.pop(), [])
        found += own
        waiting += own
    return found


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name; empty when the process is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return []


if __name__ == "__main__":
    main()

"""What an audit costs: collecting beside bare loading, a complete audit, judging again, Lighthouse beside it.

    python bench/audit.py [--runs 5] [--lighthouse FOLDER] [--json FILE]

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
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

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

KINDS = ("home", "category", "product:jug", "basket", "returns")
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
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--lighthouse", type=Path, metavar="FOLDER")
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    with Shop("en") as shop:
        figures = asyncio.run(collecting(shop, given.runs))
        figures |= complete(shop)
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
    bare_cpu, bare_wall = (median(times) for times in zip(*bare, strict=True))
    light_cpu, light_wall = (median(times) for times in zip(*light, strict=True))
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
    parents: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / _TICKS
    waiting, total = [os.getpid()], 0.0
    while waiting:
        process = waiting.pop()
        total += spent.get(process, 0.0)
        waiting += parents.get(process, [])
    return total


if __name__ == "__main__":
    main()

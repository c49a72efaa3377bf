"""The shop as a process of its own, so that nothing of Django comes into the tests' process."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_DONE_BY_CUSTOMERS = (
    "order_order",
    "auth_user",
    "reviews_productreview",
    "communication_email",
    "customer_productalert",
    "address_useraddress",
    "wishlists_wishlist",
)


def missing() -> str:
    """What the shop lacks here and how to get it; empty when it can run."""
    if any(find_spec(name) is None for name in ("oscar", "whoosh", "sorl")):
        return "no django-oscar: install the dependency group oscar"
    return ""


@dataclass(frozen=True, slots=True)
class OscarShop:
    """A running shop and what it has kept."""

    url: str
    folder: Path
    guests: bool

    def done(self) -> dict[str, int]:
        """How many orders, accounts, reviews … customers have made."""
        with sqlite3.connect(self.folder / "shop.sqlite") as database:
            return {
                table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in _DONE_BY_CUSTOMERS
            }

    def letters(self) -> list[str]:
        """The files of the letters that were sent."""
        return sorted(path.name for path in (self.folder / "letters").iterdir())

    def sent(self) -> set[str]:
        """The paths of all that was not just read."""
        asked = (self.folder / "asked.txt").read_text("utf-8").splitlines()
        return {path for method, _, path in (line.partition(" ") for line in asked) if method not in _READS}


@contextmanager
def opened(folder: Path, *, guests: bool = False) -> Iterator[OscarShop]:
    """Fill a shop in an empty folder and serve it on a free port; with `guests` nobody needs an account.

    Raises:
        AssertionError: the shop did not open.
    """
    with (folder / "errors.txt").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.oscar", str(folder)],
            cwd=ROOT,
            env={**os.environ, "OSCAR_GUESTS": "yes" if guests else "no"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            assert url, (folder / "errors.txt").read_text("utf-8")[-2000:]
            yield OscarShop(url, folder, guests)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

"""Sends the rows of a CSV file to a running server: python send_orders.py orders.csv.

The server's address and the API key are taken from TROTH_ADDRESS and TROTH_KEY.
"""

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from troth.client import Client


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The file's rows, one after the other, whatever its length."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main() -> None:
    """Send them, and say what was refused."""
    address = os.environ.get("TROTH_ADDRESS", "http://127.0.0.1:8765")
    with Client(address, os.environ["TROTH_KEY"]) as troth:
        sent = troth.send("orders", rows(Path(sys.argv[1])))
    print(f"{sent.accepted} orders are in.")
    for refused in sent.refused:
        print(f"row {refused.index + 1}: {refused.message} ({refused.column}: {refused.detail})")


if __name__ == "__main__":
    main()

"""`python -m troth.demo FOLDER`: write a demo shop's exports."""

import argparse
import datetime as dt
from pathlib import Path

from troth.demo import DEFAULT_CUSTOMERS, DEFAULT_UNTIL, generate


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(prog="python -m troth.demo", description="Write a demo shop's exports.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--customers", type=int, default=DEFAULT_CUSTOMERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", type=dt.date.fromisoformat, default=DEFAULT_UNTIL)
    chosen = parser.parse_args()
    generate(chosen.folder, customers=chosen.customers, seed=chosen.seed, until=chosen.until)


if __name__ == "__main__":
    main()

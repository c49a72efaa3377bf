"""Keep a shop open to look at and to audit: `python -m tests.shop de returns-linked`."""

import argparse
import sys
import textwrap
from collections.abc import Mapping
from contextlib import suppress
from threading import Event

from tests.shop import Shop
from tests.shop.faults import AWKWARD, FAULTS
from tests.shop.texts import LANGUAGES


def _listed(title: str, told: Mapping[str, str]) -> str:
    lines = [
        textwrap.fill(f"{name}: {what}", 100, initial_indent="  ", subsequent_indent="      ")
        for name, what in told.items()
    ]
    return "\n".join([title, *lines])


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = argparse.ArgumentParser(
        "python -m tests.shop",
        description=(
            "Open a small web shop on this machine, honest or with faults, until Ctrl+C: to look at it in a\n"
            "browser, or to try an audit on it. It says its address and the `troth audit` call for it."
        ),
        epilog=f"{_listed('faults:', FAULTS)}\n\n{_listed('awkward, though honest:', AWKWARD)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("language", nargs="?", default="en", choices=LANGUAGES, help="the shop's (default en)")
    made.add_argument(
        "faults", nargs="*", metavar="FAULT", help="what the shop does wrong, see below; none: an honest shop"
    )
    made.add_argument(
        "--awkward", action="append", default=[], metavar="NAME", choices=AWKWARD,
        help="what is unusual in it, see below; may be given several times",
    )  # fmt: skip
    return made


def main() -> None:
    """Open the shop that is asked for, and keep it open."""
    asked = parser().parse_args()
    if unknown := [name for name in asked.faults if name not in FAULTS]:
        parser().error(f"no such fault: {', '.join(unknown)}")
    with suppress(KeyboardInterrupt), Shop(asked.language, asked.faults, awkward=asked.awkward) as shop:
        sys.stdout.write(
            f"{shop.url}\n"
            f"Audit it:    troth audit {shop.url} --allow-private --ca-file {shop.ca_file}\n"
            f"Look at it:  chromium --ignore-certificate-errors "
            f"--host-resolver-rules='{shop.resolver_rules}' {shop.url}\n"
            "Ctrl+C closes it.\n"
        )
        sys.stdout.flush()
        Event().wait()


if __name__ == "__main__":
    main()

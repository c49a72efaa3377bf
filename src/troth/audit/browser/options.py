"""How the browser is started, and how much a visit may take."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a visit stops waiting or counting. Seconds, bytes, pieces."""

    page_s: float = 20.0
    """Until a page has loaded."""
    settle_s: float = 2.5
    """At most, until a loaded page asks for nothing more."""
    script_s: float = 10.0
    """A script of our own in the page."""
    action_s: float = 8.0
    """A click or the like on the live page."""
    document_bytes: int = 20_000_000
    """Of one page's own text, unpacked."""
    total_bytes: int = 200_000_000
    """Of all that one page loads, unpacked."""
    requests: int = 2_000
    """Of one page."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to start the browser, and its manners.

    Args:
        path: The program; None: found by `finding.find`.
        allow_private: Whether private, loopback and link-local addresses may be asked; a shop under test.
        ca_file: PEM file of a private certificate authority that the shop's certificate comes from.
        resolver_rules: Chromium's `--host-resolver-rules`; only with `allow_private`.
        robots: Whether robots.txt is asked and obeyed.
        pause_s: Least time between two pages of one host off loopback.
    """

    path: Path | None = None
    allow_private: bool = False
    ca_file: Path | None = None
    resolver_rules: str = ""
    robots: bool = True
    pause_s: float = 1.0
    limits: Limits = field(default_factory=Limits)

"""Who stands behind a host, and what for: the table `catalogue/hosts.yaml`."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from troth.audit.catalogue.loading import read

TRACKING = frozenset({"advertising", "analytics", "session-recording", "social"})
"""Purposes that need the visitor's choice first."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose host it is and what it is for: a purpose of the table."""

    entity: str
    purpose: str


def owner(url: str) -> Owner | None:
    """Who answers at `url`, None when the table does not know.

    The longest address that the host ends in wins; one with a path wins over the host alone.

    >>> owner("https://www.google.com/recaptcha/api.js")
    Owner(entity='Google reCAPTCHA', purpose='protection')
    """
    try:
        parts = urlsplit(url)
        labels = (parts.hostname or "").split(".")
    except ValueError:
        return None
    for first in range(len(labels) - 1):
        for path, found in _table().get(".".join(labels[first:]), ()):
            if not path or parts.path == path or parts.path.startswith((f"{path}/", f"{path}?")):
                return found
    return None


@cache
def _table() -> dict[str, tuple[tuple[str, Owner], ...]]:
    """Host → its (path, owner), the longest path first, so that the host alone comes last."""
    found: dict[str, list[tuple[str, Owner]]] = {}
    for purpose, entities in read("hosts.yaml").items():
        for entity, addresses in entities.items():
            for address in addresses:
                host, slash, path = address.partition("/")
                found.setdefault(host, []).append((slash + path, Owner(entity, purpose)))
    return {host: tuple(sorted(owners, key=lambda one: -len(one[0]))) for host, owners in found.items()}

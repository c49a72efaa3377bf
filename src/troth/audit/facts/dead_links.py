"""Links of the shop that lead nowhere."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts, LinkCheck

_DEAD = (404, 410)


@dataclass(frozen=True, slots=True)
class CheckedLinks:
    """The links that were asked for: the dead ones, and how many could be told at all.

    An answer that only refuses (401, 403, 405, 429), and no answer in time, tell nothing.
    """

    told: int
    dead: tuple[LinkCheck, ...]


def checked_links(artifacts: Artifacts) -> CheckedLinks:
    """Every link that was checked."""
    dead = tuple(link for link in artifacts.links if _is_dead(link))
    alive = sum(link.status is not None and link.status < 400 for link in artifacts.links)
    return CheckedLinks(alive + len(dead), dead)


def _is_dead(link: LinkCheck) -> bool:
    return link.status is not None and (link.status in _DEAD or link.status >= 500)


FACTS = (checked_links,)

"""How good the data are: what came in, what was left out, what was never observed."""

from dataclasses import dataclass
from datetime import datetime

from troth.ledger.answers import LeftOut


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Rows in quarantine now, by the reason's code (`missing-key`, `unreadable-time` …)."""

    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class KindQuality:
    """One record kind. `read = added + changed + same + stale + quarantined` over all imports.

    `records`: rows in the ledger now. `imports`: finished imports. `reasons`: what its quarantine holds.
    """

    kind: str
    records: int
    imports: int
    read: int
    added: int
    changed: int
    same: int
    stale: int
    quarantined: int
    reasons: tuple[ReasonCount, ...]


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """One rule or promise (or the ready-made experiences) and what it gave up to the read-out."""

    source: str
    experiences: int
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class DataQuality:
    """What the report stands on.

    `oldest`, `newest`: the first and last experience up to the read-out; `later`: experiences dated
    after it, which do not count yet.
    """

    kinds: tuple[KindQuality, ...]
    sources: tuple[SourceQuality, ...]
    left_out: tuple[LeftOut, ...]
    touchpoints_not_observed: tuple[str, ...]
    mechanisms_not_observed: tuple[str, ...]
    oldest: datetime | None
    newest: datetime | None
    later: int

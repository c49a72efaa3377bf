"""How good the data are: what came in, what was left out, what was never observed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from troth.insight.basis import Basis
from troth.insight.days import time_of
from troth.ledger import LeftOut
from troth.ledger.dictionaries import LIVED
from troth.store import tables
from troth.vocabulary import MECHANISM_IDS


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

    `left_out`: records that a rule left out though it applied. `oldest`, `newest`: the first and last
    experience up to the read-out; `later`: experiences dated after it, which do not count yet.
    """

    kinds: tuple[KindQuality, ...]
    sources: tuple[SourceQuality, ...]
    left_out: tuple[LeftOut, ...]
    touchpoints_not_observed: tuple[str, ...]
    mechanisms_not_observed: tuple[str, ...]
    oldest: datetime | None
    newest: datetime | None
    later: int


def data_quality(basis: Basis, left_out: Sequence[LeftOut]) -> DataQuality:
    """Ask the store; `left_out` is what the ledger's refresh says."""
    sources = _sources(basis)
    [(later,)] = basis.store.connection.execute(
        "SELECT coalesce(sum(n), 0)::BIGINT FROM experience WHERE at_ms > $at_ms", {"at_ms": basis.at.at_ms}
    ).fetchall()
    observed = basis.n.sum(axis=1) > 0
    return DataQuality(
        kinds=_kinds(basis),
        sources=sources,
        left_out=tuple(left_out),
        touchpoints_not_observed=tuple(
            t for t, seen in zip(basis.touchpoints, observed.any(axis=1), strict=True) if not seen
        ),
        mechanisms_not_observed=tuple(
            m for m, seen in zip(MECHANISM_IDS, observed.any(axis=0), strict=True) if not seen
        ),
        oldest=min((s.oldest for s in sources if s.oldest), default=None),
        newest=max((s.newest for s in sources if s.newest), default=None),
        later=later,
    )


def _kinds(basis: Basis) -> tuple[KindQuality, ...]:
    """The blueprint's kinds in its order, then any other that was imported."""
    connection = basis.store.connection
    counts = {
        kind: (imports, read, added, changed, same, stale, quarantined)
        for kind, imports, read, added, changed, same, stale, quarantined in connection.execute(
            """
            SELECT kind, count(*), sum(read)::BIGINT, sum(added)::BIGINT, sum(changed)::BIGINT,
                   sum(same)::BIGINT, sum(stale)::BIGINT, sum(quarantined)::BIGINT
            FROM import_run GROUP BY kind ORDER BY kind
            """
        ).fetchall()
    }
    reasons: dict[str, list[ReasonCount]] = {}
    for kind, reason, rows in connection.execute(
        "SELECT kind, reason, count(*) AS rows FROM quarantine GROUP BY ALL ORDER BY kind, rows DESC, reason"
    ).fetchall():
        reasons.setdefault(kind, []).append(ReasonCount(reason, rows))
    return tuple(
        KindQuality(kind, _records(basis, kind), *counts.get(kind, (0,) * 7), tuple(reasons.get(kind, ())))
        for kind in dict.fromkeys((*basis.blueprint.records, *counts))
    )


def _records(basis: Basis, kind: str) -> int:
    if not tables.record_columns(basis.store.connection, kind):
        return 0
    [(rows,)] = basis.store.connection.execute(f"SELECT count(*) FROM {tables.record_table(kind)}").fetchall()
    return int(rows)


def _sources(basis: Basis) -> tuple[SourceQuality, ...]:
    """The blueprint's rules and promises in its order, silent ones too, then what else gave experiences."""
    found = {
        source: SourceQuality(source, n, time_of(oldest), time_of(newest))
        for source, n, oldest, newest in basis.store.connection.execute(
            f"""
            SELECT source, count(*), min(at_ms), max(at_ms) FROM {LIVED} JOIN source USING (source_no)
            WHERE at_ms <= $at_ms GROUP BY source ORDER BY source
            """,
            {"at_ms": basis.at.at_ms},
        ).fetchall()
    }
    sources = dict.fromkeys((*(made.id for made in basis.designed), *found))
    return tuple(found.get(source, SourceQuality(source, 0, None, None)) for source in sources)

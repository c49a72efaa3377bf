"""Where trust as designed meets trust as lived: an audit of the website beside the ledger, in one grid."""

from collections.abc import Iterator
from dataclasses import dataclass

from troth.audit.result.shape import AuditResult, Finding, SitePromise
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.insight.lived import Lived, lived
from troth.insight.touchpoints import CellTrust
from troth.ledger import Moment
from troth.ledger.waits import waits
from troth.store import Store
from troth.vocabulary import MECHANISM_IDS

CALENDAR_DAYS_PER_WORKING_DAY = 7 / 5
_DAYS = {"days": 1.0, "working-days": CALENDAR_DAYS_PER_WORKING_DAY, "hours": 1 / 24}


@dataclass(frozen=True, slots=True)
class DesignedCell:
    """A touchpoint of the blueprint and a mechanism, as the website is made for them.

    `designed`: the weighted mean of the audit's rules that counted there, 0 to 100; `rules` how many these
    are and `failed` how many of them failed. `lived`: the ledger's score there in points, None when it was
    not observed; `known`: whether its evidence is enough.
    """

    touchpoint: str
    mechanism: str
    designed: float
    rules: int
    failed: int
    lived: float | None
    known: bool


@dataclass(frozen=True, slots=True)
class PromiseLived:
    """A promise that the site makes beside what customers lived of it.

    `least` and `most`: what is said, in calendar days (a working day is 7/5 of one, an hour 1/24).
    """

    promise: str
    kind: str
    least: float
    most: float
    quote: str
    url: str
    lived: Lived


@dataclass(frozen=True, slots=True)
class Designed:
    """The audit that was laid beside: its shop, its time (ISO, UTC), its score, its cells and promises."""

    shop: str
    taken_at: str
    score: float | None
    cells: tuple[DesignedCell, ...]
    promises: tuple[PromiseLived, ...]


def designed(
    audit: AuditResult,
    store: Store,
    blueprint: Blueprint,
    settings: Settings,
    at: Moment,
    grid: tuple[CellTrust, ...],
) -> Designed:
    """The audit beside the ledger, as the blueprint says what belongs together.

    A touchpoint names the audit's touchpoints under `audit`, a promise the site's under `site`.
    """
    return Designed(
        audit.shop,
        audit.taken_at,
        audit.score.value,
        tuple(_cells(audit, blueprint, grid)),
        tuple(
            PromiseLived(
                promise.id,
                said.kind,
                said.least * _DAYS[said.unit],
                most := said.most * _DAYS[said.unit],
                said.quote,
                said.url,
                lived(waits(store, blueprint, settings, promise, at), most),
            )
            for promise in blueprint.promises
            for said in _said(audit, promise)
        ),
    )


def _cells(audit: AuditResult, blueprint: Blueprint, grid: tuple[CellTrust, ...]) -> Iterator[DesignedCell]:
    known = {(cell.touchpoint, cell.mechanism): cell for cell in grid}
    for touchpoint in blueprint.touchpoints:
        for mechanism in MECHANISM_IDS:
            found = [
                finding
                for finding in audit.findings
                if finding.touchpoint in touchpoint.audit
                and finding.mechanism == mechanism
                and finding.score is not None
                and finding.weight > 0
            ]
            if not found:
                continue
            cell = known.get((touchpoint.id, mechanism))
            yield DesignedCell(
                touchpoint.id,
                mechanism,
                _mean(found),
                len(found),
                sum(finding.state == "failed" for finding in found),
                cell.score.value if cell else None,
                bool(cell and cell.known),
            )


def _mean(findings: list[Finding]) -> float:
    weight = sum(finding.weight for finding in findings)
    return sum(finding.weight * (finding.score or 0.0) for finding in findings) / weight


def _said(audit: AuditResult, promise: Promise) -> list[SitePromise]:
    """What the site says of this promise, each span once."""
    found = {
        (said.least, said.most, said.unit): said
        for said in reversed(audit.promises)
        if said.kind == promise.site and said.unit in _DAYS
    }
    return list(reversed(found.values()))

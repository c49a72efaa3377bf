"""Makes the twin: asks every insight once, and adds the journey's names and the parameters in force."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from troth.audit.result.shape import AuditResult
from troth.blueprint import schema, types
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.insight.basis import Basis, basis
from troth.insight.company import company_index
from troth.insight.critical import CriticalMoments, critical_moments
from troth.insight.days import date_of, time_of
from troth.insight.outcomes import outcome_ranking
from troth.insight.quality import data_quality
from troth.insight.segments import segments
from troth.insight.touchpoints import cells, touchpoints
from troth.ledger import LeftOut, Moment, refresh
from troth.ledger.arithmetic import ENOUGH, SEED
from troth.ledger.bootstrap import RESAMPLES
from troth.report.twin.codec import as_json
from troth.report.twin.designed import designed
from troth.report.twin.shape import (
    SCHEMA,
    Journey,
    MechanismParameters,
    Named,
    Names,
    Parameters,
    ReadOut,
    SeverityParameter,
    Source,
    TouchpointName,
    Twin,
)
from troth.report.twin.spoken import spoken
from troth.store import Store
from troth.vocabulary import GOOD_WEIGHT, MECHANISMS, SEVERITIES


def twin(
    store: Store,
    blueprint: Blueprint,
    settings: Settings,
    at: Moment,
    audit: AuditResult | None = None,
) -> dict[str, Any]:
    """The report as plain JSON types; the same for the same records, blueprint, read-out time and audit.

    Brings the ledger's derived tables up to date first.
    """
    return as_json(assemble(store, blueprint, settings, at, audit))


def assemble(
    store: Store,
    blueprint: Blueprint,
    settings: Settings,
    at: Moment,
    audit: AuditResult | None = None,
) -> Twin:
    """The report as dataclasses; with an audit of the website laid beside where there is one."""
    refreshed = refresh(store, blueprint, settings)
    stands_on = basis(store, blueprint, settings, at)
    found = brief(stands_on, refreshed.left_out)
    return replace(
        found,
        segments=segments(stands_on),
        outcomes=tuple(
            outcome_ranking(store, blueprint, settings, outcome.id, at) for outcome in blueprint.outcomes
        ),
        designed=designed(audit, store, blueprint, settings, at, found.cells) if audit else None,
        voices=spoken(store, blueprint, settings, at),
    )


def brief(stands_on: Basis, left_out: Sequence[LeftOut]) -> Twin:
    """The report without what takes long: no comparison of segments, no outcomes, no audit.

    Its figures are the report's own. `left_out` is what the ledger's refresh says. Of some customers only
    (`stands_on.only`) no critical moments are told, since what was lived there is counted for all.
    """
    at = stands_on.at
    company = company_index(stands_on)
    grid = cells(stands_on)
    return Twin(
        schema=SCHEMA,
        version=version("troth"),
        read_out=read_out_at(at),
        journey=journey_of(stands_on),
        company=company,
        touchpoints=touchpoints(stands_on, company.trend.days),
        cells=grid,
        critical=CriticalMoments((), ()) if stands_on.only else critical_moments(stands_on, grid),
        segments=(),
        outcomes=(),
        data=data_quality(stands_on, left_out),
        parameters=parameters(stands_on.settings),
    )


def read_out_at(at: Moment) -> ReadOut:
    """When the report was taken."""
    return ReadOut(at=time_of(at.at_ms), day=date_of(at.day), origin=at.origin)


def journey_of(stands_on: Basis) -> Journey:
    """The journey as designed, and the touchpoints that only ready-made experiences name."""
    blueprint = stands_on.blueprint
    designed = tuple(TouchpointName(t.id, t.phase, _names(t.name)) for t in blueprint.touchpoints)
    return Journey(
        name=_names(blueprint.journey.name),
        phases=_named(blueprint.journey.phases),
        touchpoints=designed
        + tuple(
            TouchpointName(added, None, Names(None, None, None))
            for added in stands_on.touchpoints[len(designed) :]
        ),
        segments=_named(blueprint.segments),
        outcomes=_named(blueprint.outcomes),
        sources=tuple(
            Source(
                made.id,
                "promise" if isinstance(made, Promise) else "rule",
                made.source,
                made.touchpoint,
                {str(mechanism): share for mechanism, share in made.mechanism.items()},
            )
            for made in stands_on.designed
        ),
    )


def _names(names: types.Names) -> Names:
    return Names(names.en, names.de, names.nl)


def _named(things: tuple[schema.Phase | schema.Segment | schema.Outcome, ...]) -> tuple[Named, ...]:
    return tuple(Named(thing.id, _names(thing.name)) for thing in things)


def parameters(settings: Settings) -> Parameters:
    """What is in force."""
    origin = settings.origin
    return Parameters(
        mechanisms=tuple(
            MechanismParameters(
                mechanism=mechanism.id,
                precondition=mechanism.precondition,
                ratio=settings.ratio_milli[mechanism.no] / 1000,
                ratio_origin=origin.get(f"mechanisms.{mechanism.id}.ratio", origin["ratio"]),
                half_life_good_days=settings.half_life_good[mechanism.no],
                half_life_bad_days=settings.half_life_bad[mechanism.no],
                half_life_origin=origin.get(
                    f"mechanisms.{mechanism.id}.half_life_days", origin["half_life_days"]
                ),
                severities=_severities(settings.of(mechanism.no), f"mechanisms.{mechanism.id}."),
            )
            for mechanism in MECHANISMS
        ),
        severities=_severities(settings),
        interval=settings.interval,
        interval_origin=origin["interval"],
        enough_evidence=ENOUGH,
        resamples=RESAMPLES,
        seed=SEED,
    )


def _severities(settings: Settings, own: str = "") -> tuple[SeverityParameter, ...]:
    """What they weigh; `own` begins the names of origins that go before."""
    return tuple(
        SeverityParameter(
            severity.id,
            weight / GOOD_WEIGHT,
            settings.origin.get(f"{own}severity.{severity.id}", settings.origin[f"severity.{severity.id}"]),
        )
        for severity, weight in zip(SEVERITIES, settings.severity_weight, strict=True)
    )

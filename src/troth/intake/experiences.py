"""Ready-made experiences: a table that some other system or study made, imported as it is."""

from troth.blueprint.schema import Blueprint, Column, RecordKind
from troth.intake.plan import Problem
from troth.intake.sql import one_of
from troth.vocabulary import MECHANISM_IDS

MOST_WEIGHT = 1_000_000
"""Of one experience, in milli-units: a thousand ordinary good ones. What is beyond is a mistake."""

KIND = RecordKind(
    key=("id",),
    customer="customer",
    columns={
        "id": Column(type="text"),
        "customer": Column(type="text"),
        "touchpoint": Column(type="text"),
        "mechanism": Column(type="text"),
        "weight": Column(type="integer"),
        "at": Column(type="time"),
        "severity": Column(type="integer"),
    },
)
"""The record kind of ready-made experiences; `severity` (0 good, 1 to 4 bad) may be left out."""


def checks(blueprint: Blueprint) -> tuple[Problem, ...]:
    """What must hold for an experience beyond its types."""
    known = one_of("touchpoint", (touchpoint.id for touchpoint in blueprint.touchpoints))
    return (
        Problem("unknown-touchpoint", "touchpoint", f"NOT {known}"),
        Problem("unknown-mechanism", "mechanism", f"NOT {one_of('mechanism', MECHANISM_IDS)}"),
        Problem(
            "weight-out-of-range",
            "weight",
            f"weight IS NULL OR weight = 0 OR weight NOT BETWEEN {-MOST_WEIGHT} AND {MOST_WEIGHT}",
        ),
        Problem("unreadable-time", "at", '"at" IS NULL'),
        Problem("severity-out-of-range", "severity", "severity NOT BETWEEN 0 AND 4"),
    )

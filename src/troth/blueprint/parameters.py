"""The arithmetic's settings: the blueprint's, on top of its preset's, with the origin of every value.

Ratios are whole thousandths and weights whole milli-units, so that sums stay exact (see
docs/architecture.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from troth.blueprint.schema import HalfLives, MechanismParameters, Parameters
from troth.blueprint.types import SeverityId
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS, SEVERITIES, SEVERITY_IDS

HALF_LIFE_PRESETS: dict[str, float] = {"shop": 90.0, "insurer": 365.0, "bank": 180.0}
"""Days after which an experience weighs half, good and bad alike: how often one meets such a company."""

RATIO_PRESETS: dict[str, float] = {"five-to-one": 5.0, "rule-of-four": 4.0, "loss-aversion": 2.0}
"""Good experiences that offset one bad: elaboratum and Gottman; Tierney & Baumeister; Brown et al. 2024
(1.96)."""

DEFAULT_RATIO = "five-to-one"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value is from; as text it follows the language.

    `kind` is `blueprint` (written there, in `line` if known), `preset` (named `name`) or `default`.
    """

    kind: Literal["blueprint", "preset", "default"]
    name: str = ""
    line: int | None = None

    def __str__(self) -> str:
        if self.kind == "default":
            return _("default")
        if self.kind == "preset":
            return _("preset %(name)s") % {"name": self.name}
        return _("blueprint line %(line)d") % {"line": self.line} if self.line else _("blueprint")

    def as_dict(self) -> dict[str, str | int | None]:
        """The origin for a machine."""
        return {"kind": self.kind, "name": self.name, "line": self.line}


SeverityWeight = tuple[int, int, int, int]
"""What S1 to S4 weigh, positive milli-units."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force.

    Attributes:
        ratio_milli: Good experiences that offset one bad, in thousandths, per mechanism in the order of
            `MECHANISMS`.
        half_life_good: Days after which a good experience weighs half, per mechanism.
        half_life_bad: The same for a bad one.
        severity_weight: What S1 to S4 weigh, positive milli-units.
        mechanism_severity: The same where they speak of a mechanism, per mechanism.
        interval: Probability that an interval covers (0.9 is from the 5 % to the 95 % quantile).
        origin: Where each value is from. Keys: `ratio`, `half_life_days`, `severity.S1` … `severity.S4`,
            `interval`, and for a mechanism with values of its own `mechanisms.<id>.ratio`,
            `mechanisms.<id>.half_life_days` and `mechanisms.<id>.severity.S1` … `S4`.
    """

    ratio_milli: tuple[int, ...]
    half_life_good: tuple[float, ...]
    half_life_bad: tuple[float, ...]
    severity_weight: SeverityWeight
    mechanism_severity: tuple[SeverityWeight, ...]
    interval: float
    origin: Mapping[str, Origin]

    def of(self, mechanism_no: int) -> "Settings":
        """These settings with `severity_weight` as it is where a severity speaks of the mechanism."""
        return replace(self, severity_weight=self.mechanism_severity[mechanism_no])


def resolve(parameters: Parameters) -> Settings:
    """The settings in force: a mechanism's own value, else the blueprint's, else the preset's."""
    origin = {
        key: Origin("blueprint", line=parameters.line(key)) if written else Origin("default")
        for key, written in _written(parameters).items()
    }
    ratio = parameters.ratio if parameters.ratio is not None else DEFAULT_RATIO
    if isinstance(ratio, str):
        origin["ratio"] = Origin("preset", ratio, parameters.line("ratio"))
        ratio = RATIO_PRESETS[ratio]
    half_lives = parameters.half_life_days
    if half_lives is None:
        origin["half_life_days"] = Origin("preset", parameters.preset, parameters.line("preset"))
        days = HALF_LIFE_PRESETS[parameters.preset]
        half_lives = HalfLives(good=days, bad=days)
    differing = {str(mechanism): own for mechanism, own in parameters.mechanisms.items()}
    own = [differing.get(mechanism, MechanismParameters()) for mechanism in MECHANISM_IDS]
    weights = _weights({s.id: s.weight for s in SEVERITIES}, parameters.severity)
    return Settings(
        ratio_milli=tuple(round(1000 * (ratio if m.ratio is None else m.ratio)) for m in own),
        half_life_good=tuple((m.half_life_days or half_lives).good for m in own),
        half_life_bad=tuple((m.half_life_days or half_lives).bad for m in own),
        severity_weight=weights,
        mechanism_severity=tuple(
            _weights(dict(zip(SEVERITY_IDS, weights, strict=True)), m.severity) for m in own
        ),
        interval=parameters.interval,
        origin=origin,
    )


def _weights(otherwise: Mapping[str, int], own: Mapping[SeverityId, int]) -> SeverityWeight:
    written = {str(severity): weight for severity, weight in own.items()}
    s1, s2, s3, s4 = (written.get(severity, otherwise[severity]) for severity in SEVERITY_IDS)
    return s1, s2, s3, s4


def _written(parameters: Parameters) -> dict[str, bool]:
    """Every value with an origin, and whether the blueprint sets it."""
    written = {name: name in parameters.model_fields_set for name in ("ratio", "half_life_days", "interval")}
    written |= {f"severity.{s.id}": s.id in parameters.severity for s in SEVERITIES}
    for mechanism, own in parameters.mechanisms.items():
        named = own.model_fields_set - {"severity"} | {f"severity.{severity}" for severity in own.severity}
        written |= {f"mechanisms.{mechanism}.{name}": True for name in named}
    return written

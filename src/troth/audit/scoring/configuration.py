"""What each rule counts: the catalogue's weights, or a file of one's own."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.error import YAMLError

from troth.audit.catalogue.loading import parsed, read
from troth.blueprint.invalid import sentence
from troth.blueprint.unknown import unknown_key
from troth.errors import UsageError, nearest
from troth.texts import _

_NAME = "scoring.yaml"


class Weight(BaseModel):
    """A rule's weight, 0 (never counted) to 10, and whether its failure caps its category."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: Annotated[float, Field(ge=0, le=10)]
    gate: bool = False


class Scoring(BaseModel):
    """All that turns verdicts into figures; the arithmetic is in `score`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gate_cap: Annotated[float, Field(ge=0, le=1)]
    ratio: Annotated[float, Field(gt=0, le=100)]
    categories: dict[str, Annotated[float, Field(ge=0, le=100)]]
    rules: dict[str, Weight]


def configured(path: Path | None = None) -> Scoring:
    """The catalogue's scoring; with `path`, changed by what that file says (it may name a part only).

    Raises:
        UsageError: `scoring-missing`, `scoring-invalid` (what and where), or `scoring-unknown` for a rule or
            category that there is none of.
    """
    standard: dict[str, Any] = read(_NAME)
    if path is None:
        return Scoring.model_validate(standard)
    own = _own(path)
    merged = {**standard, **own}
    for part in ("categories", "rules"):
        given = own.get(part) or {}
        if isinstance(given, dict):
            _check(given, standard[part], path)
            merged[part] = {**standard[part], **_together(standard[part], given)}
    try:
        return Scoring.model_validate(merged)
    except ValidationError as error:
        raise _invalid(path, _complaint(error.errors()[0])) from error


def _complaint(detail: ErrorDetails) -> str:
    """What is wrong, and where in the file."""
    place = detail["loc"]
    said = sentence(detail)
    if detail["type"] == "extra_forbidden":
        fields = Weight.model_fields if place[0] == "rules" else Scoring.model_fields
        unknown = unknown_key(str(place[-1]), [*fields])
        said = f"{unknown.message} {unknown.hint}".strip()
    return f"{'.'.join(map(str, place))}: {said}"


def _own(path: Path) -> dict[str, Any]:
    try:
        own = parsed(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            "scoring-missing",
            _("The file with the scoring cannot be read."),
            _("Name a YAML file that is there."),
            where=str(path),
        ) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise _invalid(path, " ".join(str(error).split())[:200]) from error
    if own is not None and not isinstance(own, dict):
        raise _invalid(path, _("a mapping is expected"))
    return own or {}


def _together(standard: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """What is given, on top of what stands there: a rule's weight may be changed without its gate."""
    return {
        name: {**standard[name], **value} if isinstance(value, dict) else value
        for name, value in given.items()
    }


def _check(given: Iterable[str], known: Iterable[str], path: Path) -> None:
    for name in given:
        if name not in known:
            near = nearest(str(name), known)
            raise UsageError(
                "scoring-unknown",
                _("There is no rule or category “%(name)s”.") % {"name": name},
                _("Did you mean “%(near)s”?") % {"near": near} if near else "",
                where=str(path),
            )


def _invalid(path: Path, what: str) -> UsageError:
    return UsageError(
        "scoring-invalid",
        _("The scoring cannot be used: %(what)s") % {"what": what},
        _("Compare it with the catalogue's own: `troth audit --show-scoring`."),
        where=str(path),
    )

"""Turns what pydantic found into faults with a place and a hint."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from troth.blueprint.document import Data, Document, Path
from troth.blueprint.faults import MAX_FAULTS, Fault
from troth.blueprint.unknown import Said, unknown_key, unknown_mechanism, unknown_word
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS

_MESSAGES: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda c: _("“%(key)s” is missing.") % c,
    "string_type": lambda _c: _("Here must stand a text."),
    "string_pattern_mismatch": lambda c: (
        _("“%(input)s” is no name: lower-case letters, digits and _, a letter first.") % c
    ),
    "string_too_short": lambda _c: _("The text is empty."),
    "string_too_long": lambda c: _("The text is longer than %(max_length)s characters.") % c,
    "int_parsing": lambda c: _("“%(input)s” is no whole number.") % c,
    "int_type": lambda _c: _("Here must stand a whole number."),
    "float_parsing": lambda c: _("“%(input)s” is no number.") % c,
    "float_type": lambda _c: _("Here must stand a number."),
    "finite_number": lambda _c: _("The number must be finite."),
    "bool_parsing": lambda c: _("“%(input)s” is neither true nor false.") % c,
    "bool_type": lambda _c: _("Here must stand true or false."),
    "greater_than": lambda c: _("%(input)s must be greater than %(gt)s.") % c,
    "greater_than_equal": lambda c: _("%(input)s must be at least %(ge)s.") % c,
    "less_than": lambda c: _("%(input)s must be less than %(lt)s.") % c,
    "less_than_equal": lambda c: _("%(input)s must be at most %(le)s.") % c,
    "too_short": lambda _c: _("At least one is needed here."),
    "tuple_type": lambda _c: _("Here must stand a list."),
    "dict_type": lambda _c: _("Here must stand keys with values."),
    "model_type": lambda _c: _("Here must stand keys with values."),
    "value_error": lambda c: str(c["error"]),
}  # fmt: skip


def faults(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Fault]:
    """One fault for each place that pydantic complains about."""
    found: dict[tuple[Path, str], Fault] = {}
    details = sorted(error.errors(include_url=False), key=_rank)
    numbers = {real_path(d["loc"], document.data) for d in details if d["type"] == "float_parsing"}
    for detail in details:
        if len(found) >= MAX_FAULTS:
            break
        if detail["type"] == "too_short" and detail["input"]:
            continue  # what stands there is faulty itself, and has been named
        path = real_path(detail["loc"], document.data)
        missing = str(detail["loc"][-1]) if detail["type"] == "missing" else ""
        if (path, missing) not in found:  # the branches of a union all complain; one says enough
            fault = _fault(detail, path, document, model)
            if detail["type"] == "literal_error" and path in numbers:  # a union of words and numbers
                fault = replace(fault, hint=" ".join([fault.hint, _("A number will do too.")]).strip())
            found[path, missing] = fault
    return list(found.values())


def _rank(detail: ErrorDetails) -> int:
    """Of several complaints about one place: about a value, unknown words, wrong types."""
    return 2 if detail["type"].endswith("_parsing") else int(detail["type"] == "literal_error")


def _fault(detail: ErrorDetails, path: Path, document: Document, model: type[BaseModel]) -> Fault:
    kind = detail["type"]
    name = str(detail["loc"][-1])
    about_key = kind == "extra_forbidden" or (name == "[key]" and path[-1:] == detail["loc"][-2:-1])
    place = document.place(path, key=about_key)
    if kind == "extra_forbidden":
        return Fault(*place, *unknown_key(name, _keys(model, path[:-1])))
    if kind == "literal_error":
        word = _shortened(detail.get("input"))
        return Fault(*place, *_unknown(str(word), _literals(str(detail["ctx"]["expected"]))))
    return Fault(*place, sentence(detail))


def sentence(detail: ErrorDetails) -> str:
    """What pydantic complains about, in the language in force; in its own English where that is new to us."""
    limits = {name: _plain(limit) for name, limit in detail.get("ctx", {}).items()}
    key = detail["loc"][-1] if detail["loc"] else ""
    values = {"key": key, "input": _shortened(detail.get("input")), **limits}
    kind = detail["type"]
    return _MESSAGES[kind](values) if kind in _MESSAGES else detail["msg"]


def _plain(limit: object) -> object:
    """A whole number without “.0”."""
    return int(limit) if isinstance(limit, float) and limit.is_integer() else limit


def _unknown(word: str, known: list[str]) -> Said:
    return (unknown_mechanism if known == [*MECHANISM_IDS] else unknown_word)(word, known)


def real_path(location: tuple[int | str, ...], data: Data) -> Path:
    """The part of pydantic's location that leads through the data: names of union branches fall out."""
    path: list[int | str] = []
    for step in location:
        children = _children(data)
        if step in children:
            data = children[step]
            path.append(step)
    return tuple(path)


def _children(data: Data) -> dict[str | int, Data]:
    if isinstance(data, dict):
        return {key: value for key, value in data.items()}  # noqa: C416 - its keys may be numbers too
    return {i: value for i, value in enumerate(data)} if isinstance(data, list) else {}  # noqa: C416


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the part at `path` may have."""
    here: Any = model
    for step in path:
        if isinstance(here, type) and issubclass(here, BaseModel):
            here = next((f.annotation for n, f in here.model_fields.items() if step in {n, f.alias}), None)
        else:
            here = next(iter(_models(here)), None)
    return [field.alias or name for found in _models(here) for name, field in found.model_fields.items()]


def _models(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - whatever stands in an annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _literals(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(", ")]


def _shortened(value: object, most: int = 60) -> str:
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"

"""What pydantic cannot see: that names refer to something, and that expressions compile.

Every check yields faults and none stops another, so that one run reports everything.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from troth.blueprint import expressions
from troth.blueprint.commenting import check_comments
from troth.blueprint.document import Data, Document, Path
from troth.blueprint.expressions import ExpressionError, Scope
from troth.blueprint.faults import Fault
from troth.blueprint.found import Found
from troth.blueprint.parameters import SeverityWeight, resolve
from troth.blueprint.records import check_records
from troth.blueprint.schema import Blueprint, Outcome, Promise, Rule, Segment
from troth.blueprint.unknown import unknown_phase, unknown_record_kind, unknown_touchpoint
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS, SEVERITY_IDS

SECTIONS = ("rules", "promises", "segments", "outcomes")
"""What reads a record kind; nothing else refers to a part of them."""

RESERVED_SOURCE = "import"
"""The id under which the ledger keeps ready-made experiences."""

Check = Callable[[Blueprint], Iterator[Found]]


def check_references(blueprint: Blueprint, document: Document) -> list[Fault]:
    """Every fault of a blueprint whose shape is right, save those of its expressions."""
    checks: tuple[Check, ...] = (
        _ids,
        _names,
        _phases,
        check_records,
        _sources,
        _shares,
        _delays,
        _severities,
        check_comments,
    )
    return [
        Fault(*document.place(found.path), found.message, found.hint, found.code)
        for check in checks
        for found in check(blueprint)
    ]


_WANTS: dict[str, expressions.Want] = {
    "at": "time", "made": "time", "due": "time", "kept": "time", "when": "boolean", "weight": "number",
    "value": "any", "latest": "any", "baseline": "predictor",
}  # fmt: skip


def _want(section: str, name: str) -> expressions.Want:
    return "boolean" if (section, name) == ("outcomes", "value") else _WANTS[name]


def expression_places(blueprint: Blueprint) -> Iterator[tuple[Path, str, str, expressions.Want]]:
    """Every expression: its path, its record kind, its text, and what it must give."""
    for section, index, part in parts(blueprint):
        for name in _WANTS:
            text = getattr(part, name, None)
            if text is not None:
                yield (section, index, name), part.source, text, _want(section, name)


def parts(blueprint: Blueprint) -> Iterator[tuple[str, int, Rule | Promise | Segment | Outcome]]:
    """Everything that reads a record kind: its section, its index there, and itself."""
    sections: dict[str, Sequence[Rule | Promise | Segment | Outcome]] = {
        "rules": blueprint.rules,
        "promises": blueprint.promises,
        "segments": blueprint.segments,
        "outcomes": blueprint.outcomes,
    }
    for section, members in sections.items():
        for index, part in enumerate(members):
            yield section, index, part


def _written_expressions(data: Data) -> Iterator[tuple[Path, str, str, expressions.Want]]:
    """The same from the file's data, also of parts that are otherwise faulty."""
    for section in SECTIONS:
        members = data.get(section) if isinstance(data, dict) else None
        for index, part in enumerate(members if isinstance(members, list) else []):
            kind = part.get("from") if isinstance(part, dict) else None
            for name in _WANTS:
                text = part.get(name) if isinstance(part, dict) else None
                if isinstance(kind, str) and isinstance(text, str):
                    yield (section, index, name), kind, text.strip(), _want(section, name)


def check_expressions(blueprint: Blueprint, document: Document) -> Iterator[Fault]:
    """Every fault of an expression in `document`; `blueprint` knows its record kinds and settings."""
    settings = resolve(blueprint.parameters)
    scopes = {kind: Scope(blueprint, kind) for kind in blueprint.records}
    for path, kind, text, want in _written_expressions(document.data):
        if kind not in scopes:
            continue
        try:
            expressions.compile(text, scopes[kind], settings, want)
        except ExpressionError as error:
            message = _("In “%(expression)s”, character %(place)d: %(problem)s") % {
                "expression": text if len(text) <= 100 else text[:99] + "…",
                "place": error.offset + 1,
                "problem": error.message,
            }
            yield Fault(*document.place(path), message, error.hint, error.rule)


def _ids(blueprint: Blueprint) -> Iterator[Found]:
    experience_sources = [
        *(("rules", i, r.id) for i, r in enumerate(blueprint.rules)),
        *(("promises", i, p.id) for i, p in enumerate(blueprint.promises)),
    ]
    groups: list[list[tuple[Path, str]]] = [
        [(("journey", "phases", i, "id"), p.id) for i, p in enumerate(blueprint.journey.phases)],
        [(("touchpoints", i, "id"), t.id) for i, t in enumerate(blueprint.touchpoints)],
        [((section, i, "id"), name) for section, i, name in experience_sources],
        [(("segments", i, "id"), s.id) for i, s in enumerate(blueprint.segments)],
        [(("outcomes", i, "id"), o.id) for i, o in enumerate(blueprint.outcomes)],
    ]
    for group in groups:
        seen: set[str] = set()
        for path, name in group:
            if name in seen:
                yield Found(
                    path,
                    _("The id “%(id)s” is taken already.") % {"id": name},
                    _("Every id may stand once."),
                )
            seen.add(name)
    for section, i, name in experience_sources:
        if name == RESERVED_SOURCE:
            yield Found((section, i, "id"), _("The id “import” is kept for ready-made experiences."))


def _names(blueprint: Blueprint) -> Iterator[Found]:
    named: list[tuple[Path, object]] = [(("journey", "name"), blueprint.journey.name)]
    named += [(("journey", "phases", i, "name"), p.name) for i, p in enumerate(blueprint.journey.phases)]
    named += [(("touchpoints", i, "name"), t.name) for i, t in enumerate(blueprint.touchpoints)]
    named += [(("segments", i, "name"), s.name) for i, s in enumerate(blueprint.segments)]
    named += [(("outcomes", i, "name"), o.name) for i, o in enumerate(blueprint.outcomes)]
    for path, name in named:
        if not any((getattr(name, "en", None), getattr(name, "de", None), getattr(name, "nl", None))):
            yield Found(path, _("A name in at least one language is needed."))


def _phases(blueprint: Blueprint) -> Iterator[Found]:
    known = [phase.id for phase in blueprint.journey.phases]
    for i, touchpoint in enumerate(blueprint.touchpoints):
        if touchpoint.phase not in known:
            yield Found(("touchpoints", i, "phase"), *unknown_phase(touchpoint.phase, known))


def _sources(blueprint: Blueprint) -> Iterator[Found]:
    touchpoints = [touchpoint.id for touchpoint in blueprint.touchpoints]
    for section, i, part in parts(blueprint):
        if part.source not in blueprint.records:
            yield Found((section, i, "from"), *unknown_record_kind(part.source, blueprint.records))
        touchpoint = getattr(part, "touchpoint", None)
        if touchpoint is not None and touchpoint not in touchpoints:
            yield Found((section, i, "touchpoint"), *unknown_touchpoint(touchpoint, touchpoints))


def _shares(blueprint: Blueprint) -> Iterator[Found]:
    for section, i, part in parts(blueprint):
        if isinstance(part, (Rule, Promise)) and abs(sum(part.mechanism.values()) - 1) > 1e-9:
            yield Found(
                (section, i, "mechanism"),
                _("The shares add up to %(sum)g.") % {"sum": sum(part.mechanism.values())},
                _("They must add up to 1: an experience is never counted whole more than once."),
            )


def _delays(blueprint: Blueprint) -> Iterator[Found]:
    for i, promise in enumerate(blueprint.promises):
        grown = [promise.late[delay] for delay in sorted(promise.late)]
        if any(later <= earlier for earlier, later in pairwise(grown)):
            yield Found(
                ("promises", i, "late"),
                _("A longer delay must be of a greater severity."),
                _("Leave out the steps at which nothing gets worse."),
            )


def _severities(blueprint: Blueprint) -> Iterator[Found]:
    settings = resolve(blueprint.parameters)
    places: list[tuple[Path, SeverityWeight]] = [(("parameters", "severity"), settings.severity_weight)]
    places += [
        (("parameters", "mechanisms", mechanism, "severity"), weights)
        for mechanism, weights in zip(MECHANISM_IDS, settings.mechanism_severity, strict=True)
        if mechanism in blueprint.parameters.mechanisms and weights != settings.severity_weight
    ]
    for path, weights in places:
        if any(greater <= lesser for lesser, greater in pairwise(weights)):
            written = ", ".join(f"{s} {w}" for s, w in zip(SEVERITY_IDS, weights, strict=True))
            message = _("The severities must grow from S1 to S4; here they are %(weights)s.")
            yield Found(path, message % {"weights": written})

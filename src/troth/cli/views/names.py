"""Names for ids, in the language in force."""

from troth.blueprint.schema import Blueprint
from troth.blueprint.types import Name
from troth.texts import _, language, lazy
from troth.vocabulary import MECHANISMS, PRECONDITIONS

_DIMENSIONS = {
    "customer": lazy("Customer"),
    "touchpoint": lazy("Touchpoint"),
    "mechanism": lazy("Mechanism"),
    "precondition": lazy("Precondition"),
    "segment": lazy("Segment"),
    "day": lazy("Day"),
}
_WORDS = {p.id: p.name for p in PRECONDITIONS} | {m.id: m.name for m in MECHANISMS}


class Names:
    """The names that the vocabulary and one blueprint give; an id without a name shows itself."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._touchpoints = {part.id: part.name for part in blueprint.touchpoints}
        self._segments = {part.id: part.name for part in blueprint.segments}
        self._outcomes = {part.id: part.name for part in blueprint.outcomes}
        self.journey = blueprint.journey.name.in_language(language(), "")

    def dimension(self, name: str) -> str:
        """The title of a column of groups."""
        return str(_DIMENSIONS[name])

    def group(self, dimension: str, value: str) -> str:
        """The name of one group."""
        if dimension == "touchpoint":
            return self.touchpoint(value)
        if dimension in {"mechanism", "precondition"}:
            return self.word(value)
        if dimension == "segment":
            segment, _sign, of_segment = value.partition("=")
            of_segment = of_segment or _("(none)")
            return f"{self.segment(segment)}: {of_segment}"
        return value

    def touchpoint(self, id_: str) -> str:
        """The name of a touchpoint."""
        return _named(self._touchpoints, id_)

    def segment(self, id_: str) -> str:
        """The name of a segment."""
        return _named(self._segments, id_)

    def outcome(self, id_: str) -> str:
        """The name of an outcome."""
        return _named(self._outcomes, id_)

    def word(self, id_: str) -> str:
        """The name of a mechanism or precondition."""
        return str(_WORDS.get(id_, id_))


def _named(names: dict[str, Name], id_: str) -> str:
    return names[id_].in_language(language(), id_) if id_ in names else id_

"""Names for ids, in the language in force."""

from __future__ import annotations

from collections.abc import Iterable

from troth.blueprint.schema import Blueprint, Outcome, Segment, Touchpoint
from troth.texts import _, language
from troth.vocabulary import MECHANISMS, PRECONDITIONS, SEVERITIES

_WORDS = {part.id: part.name for part in PRECONDITIONS} | {part.id: part.name for part in MECHANISMS}


class Naming:
    """The names that the vocabulary and a blueprint give; an id without a name shows itself."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._touchpoints = _by_id(blueprint.touchpoints)
        self._segments = _by_id(blueprint.segments)

    def touchpoint(self, id_: str) -> str:
        """The name of a touchpoint."""
        return self._touchpoints.get(id_, id_)

    def segment(self, id_: str) -> str:
        """The name of a segment."""
        return self._segments.get(id_, id_)

    def group(self, segment: str, value: str | None) -> str:
        """A segment's value: “Country: NL”."""
        return f"{self.segment(segment)}: {_('(none)') if value is None else value}"

    def word(self, id_: str) -> str:
        """The name of a mechanism or precondition."""
        return str(_WORDS.get(id_, id_))

    def severity(self, level: int) -> str:
        """A severity by its level: “S2 Failure”; nothing for 0."""
        return f"{SEVERITIES[level - 1].id} {SEVERITIES[level - 1].name}" if level else ""


def _by_id(parts: Iterable[Touchpoint | Segment | Outcome]) -> dict[str, str]:
    return {part.id: part.name.in_language(language(), part.id) for part in parts}

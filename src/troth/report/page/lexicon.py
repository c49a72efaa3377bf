"""From a journey's ids to names a person reads."""

from collections.abc import Iterable

from troth.report.page.words import name
from troth.report.twin.shape import Journey, Named, TouchpointName
from troth.texts import _
from troth.vocabulary import MECHANISM_BY_ID, PRECONDITIONS, SEVERITIES

_PRECONDITION_BY_ID = {precondition.id: precondition for precondition in PRECONDITIONS}


class Lexicon:
    """The names that a journey gives its ids, in the language in force; an id without a name shows itself."""

    def __init__(self, journey: Journey) -> None:
        self._phases = _by_id(journey.phases)
        self._touchpoints = _by_id(journey.touchpoints)
        self._segments = _by_id(journey.segments)
        self._outcomes = _by_id(journey.outcomes)

    def phase(self, id_: str | None) -> str:
        """The name of a phase; None is that of touchpoints that only ready-made experiences name."""
        return _("Beyond the blueprint") if id_ is None else self._name(self._phases, id_)

    def touchpoint(self, id_: str) -> str:
        """The name of a touchpoint."""
        return self._name(self._touchpoints, id_)

    def segment(self, id_: str) -> str:
        """The name of a segment."""
        return self._name(self._segments, id_)

    def outcome(self, id_: str) -> str:
        """The name of an outcome."""
        return self._name(self._outcomes, id_)

    def mechanism(self, id_: str) -> str:
        """The name of a mechanism."""
        return str(MECHANISM_BY_ID[id_].name) if id_ in MECHANISM_BY_ID else id_

    def precondition(self, id_: str) -> str:
        """The name of a precondition."""
        return str(_PRECONDITION_BY_ID[id_].name) if id_ in _PRECONDITION_BY_ID else id_

    def severity(self, level: int) -> str:
        """A severity by its level: “S2 Failure”."""
        severity = SEVERITIES[level - 1]
        return f"{severity.id} {severity.name}"

    @staticmethod
    def _name(named: dict[str, Named | TouchpointName], id_: str) -> str:
        return name(named[id_].name, id_) if id_ in named else id_


def _by_id(named: Iterable[Named | TouchpointName]) -> dict[str, Named | TouchpointName]:
    return {entry.id: entry for entry in named}

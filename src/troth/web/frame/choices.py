"""What the fields of the filter bar offer: the journey's touchpoints, mechanisms, the segments' values."""

from __future__ import annotations

from dataclasses import dataclass

from troth import texts
from troth.vocabulary import MECHANISMS
from troth.workspace import Workspace

Choice = tuple[str, str]
"""A value and how it reads."""

MOST_VALUES = 200
"""So many the field offers; an address takes any."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The fields' values, in the language in force."""

    touchpoints: tuple[Choice, ...]
    mechanisms: tuple[Choice, ...]
    segments: tuple[Choice, ...]


def choices(workspace: Workspace, segment_values: tuple[tuple[str, str], ...]) -> Choices:
    """What may be chosen; `segment_values` are the segments and values that customers have."""
    blueprint = workspace.blueprint
    language = texts.language()
    names = {segment.id: segment.name.in_language(language, segment.id) for segment in blueprint.segments}
    return Choices(
        tuple((entry.id, entry.name.in_language(language, entry.id)) for entry in blueprint.touchpoints),
        tuple((mechanism.id, str(mechanism.name)) for mechanism in MECHANISMS),
        tuple(
            (f"{segment}={value}", f"{names.get(segment, segment)}: {value}")
            for segment, value in segment_values[:MOST_VALUES]
        ),
    )

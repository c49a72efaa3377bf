"""A YAML text as plain data in which every scalar is text, and the place of every part.

YAML's own types are left out on purpose: `no`, `on`, `1_000`, `12:30` and dates stay what they look like; the
blueprint's schema decides. Only an empty value, `~` and `null` mean "nothing". The events are put together
here without recursion and with bounds on size, nesting and aliases, so that no text can hang or crash the
reader.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.events import MappingEndEvent as _MappingEnd
from ruamel.yaml.events import SequenceEndEvent as _SequenceEnd
from ruamel.yaml.reader import ReaderError

from troth.blueprint.faults import BlueprintError, Fault
from troth.blueprint.misread import misread
from troth.texts import _

MAX_CHARACTERS = 500_000
MAX_NESTING = 20
MAX_PARTS = 50_000

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(slots=True)
class Document:
    """The data of one YAML document.

    Attributes:
        where: The file's name, for messages.
        data: Dicts, lists, text and None.
        keys: The place of every key and list item.
        values: The place of every value.
        ends: The last line of every scalar and of every {…} and […].
        lines: The text, line by line.
        faults: What is wrong but did not stop the reading: keys that stand twice, tags.
        moved: Of parts of a section that moved up since some were left out, where they really stand.
    """

    where: str
    data: Data = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    ends: dict[Path, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    moved: dict[Path, Path] = field(default_factory=dict)

    def last_line(self, path: Path) -> int:
        """The last line with content of the part at `path`."""
        return max(line for part, line in self.ends.items() if part[: len(path)] == path)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; else of the nearest part around."""
        path = (*self.moved.get(path[:2], path[:2]), *path[2:])
        places = self.keys if key else self.values
        while path and path not in places:
            path, places = path[:-1], self.values
        return places.get(path, (1, 1))


def read(text: str, where: str) -> Document:
    """Read one YAML document.

    Raises:
        BlueprintError: Not YAML, more than one document, nested too deeply, too many aliases, or too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise BlueprintError(
            where,
            [Fault(1, 1, _("The file has %(size)d characters; at most %(most)d are read.")
                   % {"size": len(text), "most": MAX_CHARACTERS})],
        )  # fmt: skip
    try:
        return _Composer(where, text).compose()
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = _("The character U+%(number)04X may not stand in YAML.") % {"number": error.character}
        raise BlueprintError(where, [Fault(line, column, message)]) from None
    except MarkedYAMLError as error:
        raise BlueprintError(where, [misread(error)]) from None
    except YAMLError as error:
        problem = str(error).splitlines()[0]
        raise BlueprintError(
            where, [Fault(1, 1, _("This is not YAML: %(problem)s.") % {"problem": problem})]
        ) from None


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun; `key` is the mapping's key that waits for its value."""

    data: "dict[str, Data] | list[Data]"
    path: Path
    anchor: str | None
    first_part: int
    flow: bool
    key: str | None = None

    def next_path(self) -> Path:
        return (*self.path, len(self.data) if isinstance(self.data, list) else str(self.key))


class _Composer:
    """Puts the events of one text together."""

    def __init__(self, where: str, text: str) -> None:
        self.text = text
        self.document = Document(where, lines=text.splitlines())
        self.anchors: dict[str, tuple[Data, int]] = {}
        self.parts = 0

    def compose(self) -> Document:
        stack: list[_Open] = []
        documents = 0
        for event in self._events():
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, _("A blueprint is one YAML document; here a second one begins."))
            elif isinstance(event, (_MappingEnd, _SequenceEnd)):
                done = stack.pop()
                if done.flow:
                    self.document.ends[done.path] = event.end_mark.line + 1
                if done.anchor:
                    self.anchors[done.anchor] = (done.data, self.parts - done.first_part)
            elif isinstance(event, NodeEvent):
                self._node(event, stack)
        return self.document

    def _events(self) -> Iterator[Event]:
        return iter(YAML(typ="safe", pure=True).parse(self.text))

    def _node(self, event: NodeEvent, stack: list[_Open]) -> None:
        self.parts += 1
        if self.parts > MAX_PARTS:
            self._stop(event, _("The file has more than %(most)d parts.") % {"most": MAX_PARTS})
        parent = stack[-1] if stack else None
        if parent and isinstance(parent.data, dict) and parent.key is None:
            self._key(event, parent)
            return
        path = parent.next_path() if parent else ()
        value, begun = self._value(event)
        self._note(event, path, parent)
        if parent is None:
            self.document.data = value
        elif isinstance(parent.data, dict):
            parent.data[str(parent.key)] = value
            parent.key = None
        else:
            parent.data.append(value)
        if begun is not None:
            if len(stack) >= MAX_NESTING:
                self._stop(event, _("This is nested more than %(most)d deep.") % {"most": MAX_NESTING})
            flow = bool(getattr(event, "flow_style", False))
            stack.append(_Open(begun, path, event.anchor, self.parts - 1, flow))
        elif event.anchor and not isinstance(event, AliasEvent):
            self.anchors[event.anchor] = (value, 1)

    def _value(self, event: NodeEvent) -> "tuple[Data, dict[str, Data] | list[Data] | None]":
        if tag := getattr(event, "tag", None):
            self._fault(event, _("A tag (%(tag)s) has no place in a blueprint.") % {"tag": tag})
        if isinstance(event, MappingStartEvent):
            mapping: dict[str, Data] = {}
            return mapping, mapping
        if isinstance(event, SequenceStartEvent):
            sequence: list[Data] = []
            return sequence, sequence
        if isinstance(event, AliasEvent):
            return self._alias(event), None
        text = str(event.value) if isinstance(event, ScalarEvent) else ""
        plain = isinstance(event, ScalarEvent) and event.implicit[0]
        return (None if plain and text in {"", "~", "null"} else text), None

    def _alias(self, event: AliasEvent) -> Data:
        if event.anchor not in self.anchors:
            self._stop(event, _("The alias *%(name)s stands for nothing before it.") % {"name": event.anchor})
        value, size = self.anchors[str(event.anchor)]
        self.parts += size
        if self.parts > MAX_PARTS:
            self._stop(
                event, _("With its aliases the file has more than %(most)d parts.") % {"most": MAX_PARTS}
            )
        return value

    def _key(self, event: NodeEvent, parent: _Open) -> None:
        assert isinstance(parent.data, dict)  # noqa: S101 - the caller has looked
        if not isinstance(event, ScalarEvent):
            self._stop(event, _("A key must be plain text."))
        parent.key = str(event.value)
        path = parent.next_path()
        if parent.key in parent.data:
            first = self.document.keys[path][0]
            self._fault(
                event,
                _("The key “%(key)s” stands here a second time; the first is in line %(line)d.")
                % {"key": parent.key, "line": first},
            )
        self.document.keys[path] = _place(event)

    def _note(self, event: NodeEvent, path: Path, parent: _Open | None) -> None:
        place = _place(event)
        if parent and isinstance(parent.data, dict):
            if isinstance(event, ScalarEvent) and not event.value and event.implicit[0]:
                place = self.document.keys[path]  # an empty value has no place of its own
        else:
            self.document.keys[path] = place
        self.document.values[path] = place
        if isinstance(event, (ScalarEvent, AliasEvent)):
            end = event.end_mark
            self.document.ends[path] = max(place[0], end.line + (end.column > 0))

    def _fault(self, event: NodeEvent, message: str) -> None:
        self.document.faults.append(Fault(*_place(event), message))

    def _stop(self, event: Event, message: str) -> NoReturn:
        raise BlueprintError(self.document.where, [*self.document.faults, Fault(*_place(event), message)])


def _place(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1

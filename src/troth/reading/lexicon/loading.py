"""From YAML to entries; whatever is wrong is said with file, line and a hint, all of it at once.

The files of a language: `polarity.yaml`, `modifiers.yaml`, `mechanisms.yaml`, `topics.yaml`. An entry is one
scalar, or `{entry: strength}`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from troth.blueprint.spelling import fold
from troth.errors import UsageError, nearest
from troth.reading.lexicon.entries import GAP, MODIFIERS, Entry, Kind, rank
from troth.reading.topics import JOURNEY, TOPICS
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS

FILES: tuple[str, ...] = ("polarity", "modifiers", "mechanisms", "topics")
POLARITIES: dict[str, float] = {"+3": 3, "+2": 2, "+1": 1, "0": 0, "-1": -1, "-2": -2, "-3": -3}
SIDES: dict[str, float] = {"good": 2, "bad": -2, "topic": 0}
"""The sides of a mechanism, and how much an entry without a strength of its own counts there."""

_MOST_SHOWN = 20
_ASIDE = re.compile(r"[-/%€$&+\"“”„«»‘]+")
_WORD = re.compile(r"\*?[^\W_]+(?:['’`´][^\W_]+)*\*?|\*|\d+(?:[.,:]\d+)+")


class LexiconError(UsageError):
    """A lexicon cannot be read; `faults` has every `(file:line, message, hint)`."""

    def __init__(self, faults: list[tuple[str, str, str]]) -> None:
        where, message, hint = faults[0]
        more = [f"{place}: {text} {help_}".rstrip() for place, text, help_ in faults[1:_MOST_SHOWN]]
        super().__init__("lexicon-invalid", "\n".join([message, *more]), hint, where=where)
        self.faults = faults


@dataclass(slots=True)
class _File:
    """One file while it is read."""

    name: str
    language: str
    entries: list[Entry] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    seen: dict[tuple[str, str, tuple[str, ...]], int] = field(default_factory=dict)

    def fault(self, node: Node, message: str, hint: str = "") -> None:
        self.faults.append((f"{self.name}:{node.start_mark.line + 1}", message, hint))


@cache
def packaged(language: str) -> tuple[Entry, ...]:
    """The entries of the lexica that ship with Troth, for `nl`, `de`, `en`, or `any` (signs and emoji)."""
    folder = files("troth.reading") / "lexica" / language
    found: list[Entry] = []
    faults: list[tuple[str, str, str]] = []
    for purpose in FILES:
        file = folder / f"{purpose}.yaml"
        if file.is_file():
            try:
                found += parse(file.read_text("utf-8"), purpose, language, f"{language}/{purpose}.yaml")
            except LexiconError as error:
                faults += error.faults
    if faults:
        raise LexiconError(faults)
    return tuple(found)


def parse(text: str, purpose: str, language: str, where: str = "") -> list[Entry]:
    """The entries of one file's `text`.

    Args:
        text: YAML.
        purpose: One of `FILES`.
        language: Whose spelling is followed.
        where: The file's name in messages.

    Raises:
        LexiconError: With every fault.
    """
    file = _File(where or f"{purpose}.yaml", language)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = (
            _("Put an entry that begins with * or another sign in quotes.") if "alias" in str(error) else ""
        )
        place = f"{file.name}:{mark.line + 1}" if mark else file.name
        raise LexiconError(
            [(place, _("This is not YAML: %(why)s.") % {"why": error.problem}, hint)]
        ) from None
    except YAMLError as error:
        raise LexiconError([(file.name, _("This is not YAML: %(why)s.") % {"why": error}, "")]) from None
    if root is not None:
        _read(file, root, purpose)
    if file.faults:
        raise LexiconError(file.faults)
    return file.entries


def _read(file: _File, root: Node, purpose: str) -> None:
    if purpose == "mechanisms":
        for name, sides in _keys(file, root, MECHANISM_IDS):
            for side, node in _keys(file, sides, tuple(SIDES)):
                _list(file, node, "mechanism", name, SIDES[side], valued=side != "topic")
        return
    allowed = {"polarity": tuple(POLARITIES), "modifiers": MODIFIERS, "topics": (*TOPICS, JOURNEY)}[purpose]
    for key, node in _keys(file, root, allowed):
        if purpose == "polarity":
            _list(file, node, "polarity", "", POLARITIES[key], valued=True)
        else:
            _list(file, node, "topic" if purpose == "topics" else "modifier", key, 0.0, valued=False)


def _list(file: _File, node: Node, kind: Kind, name: str, value: float, *, valued: bool) -> None:
    """Add a list of entries; `value` is that of one without a strength of its own."""
    for item, words, strength in _entries(file, node):
        line = item.start_mark.line + 1
        key = (name, "valued" if valued else kind, words)
        if key in file.seen:
            known = {"entry": str(item.value), "line": file.seen[key]}
            message = _("%(entry)r stands here again, after line %(line)d.") % known
            file.fault(item, message, _("Keep one of them; spellings without umlauts need no entry."))
            continue
        file.seen[key] = line
        strong = value if strength is None else strength * (1 if value > 0 else -1 if value < 0 else 0)
        file.entries.append(Entry(kind, name, strong, valued, words, rank(words), f"{file.name}:{line}"))


def _keys(file: _File, node: Node, allowed: tuple[str, ...]) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        if not _nothing(node):
            file.fault(node, _("Keys are expected here: %(keys)s.") % {"keys": ", ".join(allowed)})
        return
    for key, value in node.value:
        if key.value in allowed:
            yield key.value, value
        else:
            near = nearest(str(key.value), allowed)
            hint = (
                _("Did you mean %(near)s?") % {"near": near}
                if near
                else _("Allowed: %(keys)s.") % {"keys": ", ".join(allowed)}
            )
            file.fault(key, _("There is no key %(key)r here.") % {"key": key.value}, hint)


def _entries(file: _File, node: Node) -> Iterator[tuple[Node, tuple[str, ...], float | None]]:
    if _nothing(node):
        return
    if not isinstance(node, SequenceNode):
        file.fault(node, _("A list of entries is expected here."), _("Begin each line with “- ”."))
        return
    for item in node.value:
        if isinstance(item, ScalarNode):
            pairs: list[tuple[Node, Any]] = [(item, None)]
        elif isinstance(item, MappingNode):
            pairs = item.value
        else:
            file.fault(item, _("An entry is words, or {words: strength}."))
            continue
        for words, strength in pairs:
            found = _words(file, words)
            if found:
                yield words, found, _strength(file, strength)


def _nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value in {"", "~", "null"}


def _strength(file: _File, node: Node | None) -> float | None:
    if node is None:
        return None
    if isinstance(node, ScalarNode) and node.value in {"1", "2", "3"}:
        return float(node.value)
    file.fault(node, _("A strength is 1, 2 or 3."), _("Put an entry that holds a colon in quotes."))
    return None


def _words(file: _File, node: Node) -> tuple[str, ...]:
    text = str(node.value).replace("...", GAP)
    if file.language == "any":
        return (text,)
    if text != text.lower():
        file.fault(node, _("Entries are in lower case: %(entry)r.") % {"entry": text})
        return ()
    words: list[str] = []
    for part in _ASIDE.sub(" ", text.replace(GAP, f" {GAP} ")).split():
        word = part.strip("'’")
        if word != GAP and not _WORD.fullmatch(word):
            message = _("%(entry)r can never match: %(part)r is no word.") % {"entry": text, "part": part}
            hint = _("Words are letters, digits and apostrophes; * stands at their beginning or end only.")
            file.fault(node, message, hint)
            return ()
        words.append(fold(word, file.language))
    if not words or words[0] in {GAP, "*"} or words[-1] == GAP:
        message = _("%(entry)r has no first or last word to hold on to.") % {"entry": text}
        file.fault(node, message, _("Begin with a word; end with one."))
        return ()
    return tuple(words)

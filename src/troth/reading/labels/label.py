"""One label: what a person says of one text."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast, get_args

from troth.errors import UsageError, nearest
from troth.reading.topics import TOPICS
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS

Polarity = Literal["positive", "negative", "neutral", "mixed"]
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
DRAWN = "random"
"""How a text was chosen that was drawn; of a label without it, the text was picked."""
NONE = "none"
"""Says that there are no mechanisms, or no topics."""
SIGN: dict[Polarity, int] = {"positive": 1, "negative": -1, "neutral": 0, "mixed": 0}


class Said(NamedTuple):
    """A mechanism and whether it was lived well (1) or badly (−1); written `reliability-`."""

    mechanism: str
    sign: int

    def __str__(self) -> str:
        return f"{self.mechanism}{'+' if self.sign > 0 else '-'}"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one text; None where nothing was said of that.

    Attributes:
        digest: Of the masked and cleaned text.
        text: Masked and cleaned; empty where only the digest is known.
        polarity: How the whole is meant.
        mechanisms: Each with its sign, the strongest first.
        topics: What it is about.
        language: Two letters, or empty.
        drawn: Whether the text was drawn at random from all of them, and not picked for what it says.
    """

    digest: str
    text: str = ""
    polarity: Polarity | None = None
    mechanisms: tuple[Said, ...] | None = None
    topics: tuple[str, ...] | None = None
    language: str = ""
    drawn: bool = False

    @property
    def sign(self) -> int | None:
        """1, −1, 0 for neutral and mixed; None where nothing was said."""
        return None if self.polarity is None else SIGN[self.polarity]

    def as_dict(self) -> dict[str, Any]:
        """For a file: without what was not said."""
        found: dict[str, Any] = {"digest": self.digest, "language": self.language, "text": self.text}
        if self.polarity is not None:
            found["polarity"] = self.polarity
        if self.mechanisms is not None:
            found["mechanisms"] = [str(one) for one in self.mechanisms]
        if self.topics is not None:
            found["topics"] = list(self.topics)
        if self.drawn:
            found["chosen"] = DRAWN
        return found


def digest(text: str) -> str:
    """Of a masked and cleaned text, in 16 hex digits; how many blanks there are makes no difference."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def said(
    given: Mapping[str, Any], where: str = ""
) -> tuple[Polarity | None, tuple[Said, ...] | None, tuple[str, ...] | None]:
    """Polarity, mechanisms and topics of a label as a file or a call gives them.

    Args:
        given: `polarity`, `mechanisms` and `topics`, each of which may be missing or None; lists, or texts
            with commas.
        where: The place, for messages.

    Raises:
        UsageError: `label-unknown`, a word that is none of those allowed.
    """
    polarity = given.get("polarity")
    if isinstance(polarity, str):
        polarity = polarity.strip().lower() or None
    mechanisms, topics = _words(given.get("mechanisms")), _words(given.get("topics"))
    return (
        None if polarity is None else cast("Polarity", _known(str(polarity), POLARITIES, where)),
        None if mechanisms is None else tuple(dict.fromkeys(_signed(word, where) for word in mechanisms)),
        None if topics is None else tuple(dict.fromkeys(_known(word, TOPICS, where) for word in topics)),
    )


def _words(given: object) -> list[str] | None:
    if given is None:
        return None
    parts: Iterable[object] = given.split(",") if isinstance(given, str) else cast("Iterable[object]", given)
    return [word for part in parts if (word := str(part).strip().lower()) not in {"", NONE}]


def _signed(word: str, where: str) -> Said:
    mechanism, sign = word[:-1], word[-1:].replace("−", "-")  # a real minus is meant as well
    if sign not in {"+", "-"}:
        _known(word, MECHANISM_IDS, where)
        raise UsageError(
            "label-unsigned",
            _("“%(word)s” does not say whether it was good or bad.") % {"word": word},
            _("Write %(word)s+ or %(word)s-.") % {"word": word},
            where=where,
        )
    return Said(_known(mechanism, MECHANISM_IDS, where), 1 if sign == "+" else -1)


def _known(word: str, allowed: tuple[str, ...], where: str) -> str:
    if word in allowed:
        return word
    near = nearest(word, allowed)
    raise UsageError(
        "label-unknown",
        _("“%(word)s” is not known.") % {"word": word},
        _("Did you mean %(near)s?") % {"near": near} if near else "",
        allowed=allowed,
        where=where,
    )

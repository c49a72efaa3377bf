"""One entry of a lexicon, and how its words are spelled inside."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["polarity", "mechanism", "topic", "modifier"]

Part = Literal["counted", "polarity", "mechanism", "topic", "modifier"]

GAP = "…"
"""In a phrase: up to three other words."""

MAX_GAP = 3

ANY = "*"
"""In a phrase: one word, whichever."""

MODIFIERS: tuple[str, ...] = (
    "negators", "intensifiers", "diminishers", "excesses", "contrasts", "onces", "nows", "concessions",
    "wishes", "conditions", "absences", "ironies", "enders", "whys", "courtesies", "reports",
    "misfortunes", "damages", "refusals", "agains",
)  # fmt: skip
"""What may stand in modifiers.yaml."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words in their order and what they mean.

    Attributes:
        kind: What it tells.
        name: The mechanism's or topic's id, or one of `MODIFIERS`; empty for a polarity.
        value: −3 to 3. For a polarity and for good or bad words of a mechanism how good or bad; else 0.
        valued: Whether `value` counts: not so for words that only name a mechanism or topic.
        words: Patterns, folded: `word`, `word*`, `*word`, `*word*`, `ANY`, or `GAP`.
        rank: How specific: by number of words, then of those without wildcard, then of letters.
        where: `nl/polarity.yaml:12`.
        group: Entries of one group shut each other out where they overlap.
        part: What it is to a clause: it counts, it modifies, or it names a topic or a mechanism.
        silent: Whether it only keeps others out.
    """

    kind: Kind
    name: str
    value: float
    valued: bool
    words: tuple[str, ...]
    rank: int
    where: str
    group: str = field(init=False)
    part: Part = field(init=False)
    silent: bool = field(init=False)

    def __post_init__(self) -> None:
        group = "counts" if self.valued or self.kind == "modifier" else self.kind
        object.__setattr__(self, "group", group)
        object.__setattr__(self, "part", "counted" if self.valued else self.kind)
        object.__setattr__(self, "silent", self.valued and not self.value)

    @property
    def text(self) -> str:
        """The entry as one would write it."""
        return " ".join(self.words)


def rank(words: tuple[str, ...]) -> int:
    """How specific a pattern of these words is; greater is more so."""
    real = [word for word in words if word != GAP]
    exact = sum("*" not in word for word in real)
    letters = sum(len(word.strip("*")) for word in real)
    return (len(real) * 100 + exact) * 1000 + min(letters, 999)

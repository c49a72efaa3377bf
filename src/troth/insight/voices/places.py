"""Where a statement belongs: places of touchpoint and mechanism, numbered, and the side it is on.

Place 10 · touchpoint + mechanism; touchpoints in the journey's order. As in the ledger only what words show
counts: for what the reader supposes, the rule's own are taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from troth.blueprint.schema import Blueprint, Rule
from troth.ledger.reading_rules import touchpoints_of
from troth.ledger.said import Flags, Ints, Said
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS, TOPICS

Place = tuple[str | None, str | None]
"""A touchpoint and a mechanism; None: all of them."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a journey, and which of them a rule's statements belong to.

    Attributes:
        touchpoints: In the journey's order.
        rules: Those that read.
        topics: The touchpoint of each topic, for each rule.
    """

    touchpoints: tuple[str, ...]
    rules: tuple[Rule, ...]
    topics: tuple[dict[str, str], ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.touchpoints) * len(MECHANISM_IDS)

    def named(self, place: int) -> tuple[str, str]:
        """Touchpoint and mechanism of a place."""
        touchpoint, mechanism = divmod(int(place), len(MECHANISM_IDS))
        return self.touchpoints[touchpoint], MECHANISM_IDS[mechanism]

    def chosen(self, place: Place = (None, None)) -> Flags:
        """Which places are of this touchpoint and mechanism, [places]."""
        touchpoint, mechanism = place
        grid = np.zeros((len(self.touchpoints), len(MECHANISM_IDS)), np.bool_)
        first = slice(None) if touchpoint is None else self.touchpoints.index(touchpoint)
        second = slice(None) if mechanism is None else MECHANISM_BY_ID[mechanism].no
        grid[first, second] = True
        return grid.ravel()

    def of(self, rule: int, topic: str, mechanisms: Iterable[str]) -> list[int]:
        """Where something is said: `topic` and `mechanisms` are empty where none was named."""
        own = self.rules[rule]
        touchpoint = self.touchpoints.index(self.topics[rule].get(topic, own.touchpoint))
        named = list(mechanisms) or list(own.mechanism)
        return [touchpoint * len(MECHANISM_IDS) + MECHANISM_BY_ID[one].no for one in named]

    def of_code(self, rule: int, code: str) -> list[int]:
        """The places of a statement's code (`ledger.saying`)."""
        mechanism = [MECHANISM_IDS[int(code[0])]] if code[0].isdecimal() else []
        return self.of(rule, TOPICS[int(code[1:3])] if code[1:3].isdecimal() else "", mechanism)


def places(blueprint: Blueprint, rules: Sequence[str]) -> Places:
    """The places of the blueprint's journey, for the rules of these ids."""
    by_id = {rule.id: rule for rule in blueprint.rules}
    own = tuple(by_id[name] for name in rules)
    return Places(
        tuple(one.id for one in blueprint.touchpoints),
        own,
        tuple(touchpoints_of(rule, blueprint) for rule in own),
    )


def is_bad(code: str) -> bool:
    """Whether the statement of this code is on the bad side."""
    return code[3] == "-"


@dataclass(frozen=True, slots=True)
class Spoken:
    """Texts, and the places that they speak of: a remark each, on the side of the weightiest statement there.

    Attributes:
        said: The texts.
        places: What the places are.
        text: The text of each remark, in their order, the weightiest remark of a text first, [remarks].
        place: Where it belongs, [remarks].
        bad: Whether it is on the bad side, [remarks].
    """

    said: Said
    places: Places
    text: Ints
    place: Ints
    bad: Flags


def spoken(found: Said, blueprint: Blueprint) -> Spoken:
    """Which places every text speaks of."""
    where = places(blueprint, found.rules)
    known = [where.of_code(rule, code) for rule in range(len(found.rules)) for code in found.codes]
    lengths = np.array([len(some) for some in known], np.int64)
    flat = np.array([place for some in known for place in some], np.int64)
    starts = np.cumsum(lengths) - lengths
    order = np.argsort(found.text, kind="stable")  # statements are by slot, so the weightiest stays first
    text, code = found.text[order], found.code[order]
    kind = found.rule[text] * len(found.codes) + code
    times = lengths[kind] if len(kind) else kind
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    place = flat[np.repeat(starts[kind], times) + within] if len(kind) else kind
    bad = np.array([is_bad(one) for one in found.codes], np.bool_)[code] if len(kind) else kind > 0
    text = np.repeat(text, times)
    _pairs, first = np.unique(text * max(1, where.count) + place, return_index=True)
    first.sort()
    return Spoken(found, where, text[first], place[first], np.repeat(bad, times)[first])

"""What a lint rule looks at, what it finds, and the registry of rules."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from troth.blueprint import expressions
from troth.blueprint.checks import expression_places
from troth.blueprint.document import Path
from troth.blueprint.expressions import Compiled, Scope
from troth.blueprint.found import Found
from troth.blueprint.parameters import Settings, resolve
from troth.blueprint.schema import Blueprint, Promise, Rule
from troth.vocabulary import MECHANISM_BY_ID

Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Observed:
    """What the ledger has seen, for the rules that look at data.

    Attributes:
        experiences: Number of experiences per rule or promise id.
        records: Number of records per record kind.
        due_empty: Per promise id, the share of its records (0 to 1) that have no due time.
    """

    experiences: Mapping[str, int] = field(default_factory=dict)
    records: Mapping[str, int] = field(default_factory=dict)
    due_empty: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found; `where` is `file:line:column`, empty for a blueprint from no file."""

    code: str
    level: Level
    where: str
    message: str
    hint: str

    def as_dict(self) -> dict[str, str]:
        """The finding for a machine."""
        return {
            "code": self.code,
            "level": self.level,
            "where": self.where,
            "message": self.message,
            "hint": self.hint,
        }


class Case:
    """A valid blueprint with its expressions compiled, and what was observed of it, if anything."""

    def __init__(self, blueprint: Blueprint, observed: Observed | None = None) -> None:
        self.blueprint = blueprint
        self.observed = observed

    @cached_property
    def settings(self) -> Settings:
        """The settings in force."""
        return resolve(self.blueprint.parameters)

    @cached_property
    def compiled(self) -> dict[Path, Compiled]:
        """Every expression by its path, such as `("rules", 0, "when")`."""
        scopes = {kind: Scope(self.blueprint, kind) for kind in self.blueprint.records}
        return {
            path: expressions.compile(text, scopes[kind], self.settings, want)
            for path, kind, text, want in expression_places(self.blueprint)
        }

    def weights(self, index: int) -> Iterator[tuple[Settings, Compiled]]:
        """The weight of the rule at `index`, once for every way in which its mechanisms weigh severities.

        None where it reads a comment.
        """
        rule = self.blueprint.rules[index]
        if rule.weight is None:
            return
        scope = Scope(self.blueprint, rule.source)
        numbers = [MECHANISM_BY_ID[mechanism].no for mechanism in rule.mechanism]
        for settings in {
            self.settings.mechanism_severity[no]: self.settings.of(no) for no in numbers
        }.values():
            yield settings, expressions.compile(rule.weight, scope, settings, "number")

    @cached_property
    def heard(self) -> frozenset[str]:
        """The touchpoints that comments may speak of."""
        if not any(rule.read for rule in self.blueprint.rules):
            return frozenset()
        return frozenset(touchpoint.id for touchpoint in self.blueprint.touchpoints if touchpoint.spoken_of)

    @cached_property
    def sources(self) -> list[tuple[Path, Rule | Promise]]:
        """Rules and promises with their paths."""
        rules: list[tuple[Path, Rule | Promise]] = [
            (("rules", i), rule) for i, rule in enumerate(self.blueprint.rules)
        ]
        return rules + [(("promises", i), promise) for i, promise in enumerate(self.blueprint.promises)]


Check = Callable[[Case], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule of the linter; `check.__doc__` is its documentation."""

    code: str
    level: Level
    check: Check

    @property
    def name(self) -> str:
        """What the rule finds, in kebab case."""
        return self.check.__name__.replace("_", "-")


RULES: dict[str, LintRule] = {}
"""All rules by their code."""


def rule(code: str, level: Level) -> Callable[[Check], Check]:
    """Register a check under `code`, which no other rule may have."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(code)
        RULES[code] = LintRule(code, level, check)
        return check

    return register

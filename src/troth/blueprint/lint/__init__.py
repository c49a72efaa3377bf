"""Looks at a valid blueprint for what is odd about it.

Every rule is a pure function with a code; its docstring says what it checks, why it matters and how to
repair it, and becomes its page under docs/reference/lint/. A comment `# troth: ignore TB001` on the line of
a finding silences it.
"""

import re

from troth.blueprint.lint import comments, expressions, journey, promises, records, retention, weights
from troth.blueprint.lint.case import RULES, Case, Finding, Level, LintRule, Observed
from troth.blueprint.schema import Blueprint

__all__ = ["LEVELS", "RULES", "Finding", "Level", "LintRule", "Observed", "lint"]

LEVELS: tuple[Level, ...] = ("info", "warning", "error")
"""From harmless to grave."""

_IGNORE = re.compile(r"#.*?\btroth:\s*ignore\s+(TB\d{3}(?:[,\s]+TB\d{3})*)")
_MODULES = (
    comments,
    expressions,
    journey,
    promises,
    records,
    retention,
    weights,
)  # importing them registers their rules


def lint(blueprint: Blueprint, observed: Observed | None = None) -> list[Finding]:
    """Everything odd about the blueprint, by code and then by place.

    Args:
        blueprint: A valid one, from `load` or `parse`.
        observed: What the ledger has seen; without it the rules that look at data stay silent.
    """
    case = Case(blueprint, observed)
    return [
        Finding(rule.code, rule.level, blueprint.where(*found.path), found.message, found.hint)
        for _code, rule in sorted(RULES.items())
        for found in rule.check(case)
        if rule.code not in _ignored(blueprint.line_text(*found.path))
    ]


def _ignored(line: str) -> set[str]:
    match = _IGNORE.search(line)
    return set(re.findall(r"TB\d{3}", match[1])) if match else set()

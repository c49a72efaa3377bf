"""From artifacts to verdicts: every rule is handed the facts it declares, and its failure stays its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from troth.audit import facts
from troth.audit.artifacts.shape import Artifacts
from troth.audit.inject import Facts
from troth.audit.rule import Rule
from troth.audit.rules import all_rules
from troth.audit.verdict import Verdict
from troth.texts import _


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule and what it said."""

    rule: Rule
    verdict: Verdict


def facts_of(artifacts: Artifacts) -> Facts:
    """Every fact of the artifacts, each worked out when it is first asked for."""
    return Facts(facts.functions(), {"artifacts": artifacts})


def judged(
    artifacts: Artifacts, rules: Sequence[Rule] | None = None, known: Facts | None = None
) -> tuple[Judged, ...]:
    """What each rule says of the artifacts, in the language in force.

    A rule that raises is its own result, in the state `error`; the others are judged all the same. `known`
    are the artifacts' facts, where somebody has them already.
    """
    known = known or facts_of(artifacts)
    return tuple(Judged(rule, _verdict(rule, known)) for rule in (all_rules() if rules is None else rules))


def _verdict(rule: Rule, known: Facts) -> Verdict:
    try:
        verdict: Verdict = known.call(rule.judge)
    except Exception as fault:  # noqa: BLE001 - whatever a rule raises is its result, not the audit's end
        said = _("The rule itself failed: %(fault)s") % {"fault": f"{type(fault).__name__}: {fault}"}
        return Verdict("error", None, said)
    return verdict

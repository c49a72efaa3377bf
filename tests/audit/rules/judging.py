"""One rule on its own, handed its facts as in an audit."""

from importlib import import_module

from troth.audit.artifacts.shape import Artifacts
from troth.audit.judging import judged
from troth.audit.rule import Rule
from troth.audit.verdict import Verdict


def verdict(rule: str, artifacts: Artifacts) -> Verdict:
    """What `rule` (`first_impression.load_speed`) says; an error of the rule itself is raised as one."""
    found: Rule = import_module(f"troth.audit.rules.{rule}").RULE
    [said] = judged(artifacts, [found])
    if said.verdict.state == "error":
        raise AssertionError(said.verdict.reason)
    return said.verdict

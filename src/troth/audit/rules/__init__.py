"""The rules, one a file: texts and meta on top, and one pure function of the facts it declares.

The module's docstring has fixed parts (What it checks, Why it matters, How to mend it, Sources), of which the
reference is made.
"""

from functools import cache

from troth.audit import rules
from troth.audit.discovery import modules
from troth.audit.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by category and id."""
    found: list[Rule] = [module.RULE for module in modules(rules)]
    return tuple(sorted(found, key=lambda rule: (rule.category, rule.id)))

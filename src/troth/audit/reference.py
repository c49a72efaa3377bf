"""Writes the reference of the audit from its rules: a page each, and the table of all.

python -m troth.audit.reference docs/reference/audit
"""

import inspect
import re
import sys
from pathlib import Path
from typing import get_args

from troth.audit import names, rules
from troth.audit.catalogue.citations import source
from troth.audit.discovery import modules
from troth.audit.rule import Category, Rule
from troth.audit.scoring import Scoring, configured
from troth.texts import use_language
from troth.vocabulary import MECHANISM_BY_ID

_PARTS = ("What it checks", "Why it matters", "How to mend it", "Sources")
_HEAD = """# The rules of the audit

This page and those it leads to are written by `python -m troth.audit.reference docs/reference/audit`.

A rule scores 0 to 1 and passes from 0.9. A **gate** caps its category at {cap:.0f} of 100 points when it
fails. Rules of the last category are penalties: each costs {ratio:g} times its weight in passed weight
elsewhere. Weights are opinion, with the reasons on each rule's page; `troth audit --show-scoring` prints
them, `--scoring FILE` changes them.

Where a rule names a law, a finding is an indication for your own check and no legal judgement.
"""


def pages() -> dict[str, str]:
    """Every page by its path below docs/reference/audit."""
    with use_language("en"):
        scoring = configured()
        found = {module.RULE.id: module for module in modules(rules)}
        return {
            "README.md": _index([module.RULE for module in found.values()], scoring),
            **{
                f"{id_}.md": _page(module.RULE, inspect.getdoc(module) or "", scoring)
                for id_, module in found.items()
            },
        }


def parts(docstring: str) -> dict[str, str]:
    """The fixed parts of a rule's docstring by their names, `Title` being its first line."""
    title, _blank, rest = docstring.partition("\n")
    pieces = re.split(rf"^({'|'.join(_PARTS)})\n", rest, flags=re.MULTILINE)
    named = zip(pieces[1::2], pieces[2::2], strict=True)
    return {"Title": title, **{name: inspect.cleandoc("\n" + piece) for name, piece in named}}


def _index(all_rules: list[Rule], scoring: Scoring) -> str:
    lines = [_HEAD.format(cap=100 * scoring.gate_cap, ratio=scoring.ratio)]
    for category in get_args(Category):
        own = sorted((rule for rule in all_rules if rule.category == category), key=lambda rule: rule.id)
        lines += [f"## {names.CATEGORIES[category]}", "", "| rule | good when | mechanism | weight |"]
        lines += ["| --- | --- | --- | ---: |", *(_row(rule, scoring) for rule in own), ""]
    return "\n".join(lines)


def _row(rule: Rule, scoring: Scoring) -> str:
    known = scoring.rules[rule.id]
    gate = ", gate" if known.gate else ""
    mechanism = MECHANISM_BY_ID[rule.mechanism].name
    return f"| [{rule.id}]({rule.id}.md) | {rule.title} | {mechanism} | {known.weight:g}{gate} |"


def _page(rule: Rule, docstring: str, scoring: Scoring) -> str:
    found, known = parts(docstring), scoring.rules[rule.id]
    facts = [
        str(names.CATEGORIES[rule.category]),
        str(names.TOUCHPOINTS[rule.touchpoint]),
        str(MECHANISM_BY_ID[rule.mechanism].name),
        f"weight {known.weight:g}",
        *(["gate"] if known.gate else []),
        *rule.tags,
    ]
    lines = [f"# {rule.id}", "", found["Title"], "", " · ".join(facts)]
    for name in _PARTS[:3]:
        lines += ["", f"## {name}", "", found[name]]
    lines += ["", "## What it stands on", ""]
    lines += [f"- {_cited(id_)}" for id_ in rule.sources]
    return "\n".join(lines) + "\n"


def _cited(id_: str) -> str:
    cited = source(id_)
    since = f", since {cited['since']}" if cited.get("since") else ""
    return f"{cited['title']} ({cited['kind']}{since})"


def main(folder: Path) -> None:
    """Write every page, and remove those of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        path.unlink()
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference/audit"))

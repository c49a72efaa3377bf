"""Every rule keeps to the catalogue's shape."""

import inspect
import re
from dataclasses import is_dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import pytest

from troth.audit import facts, rules
from troth.audit.artifacts.shape import Artifacts
from troth.audit.catalogue.citations import sources
from troth.audit.catalogue.loading import read
from troth.audit.discovery import modules
from troth.audit.inject import needs
from troth.audit.rule import Category, Rule, Touchpoint
from troth.audit.verdict import Verdict
from troth.texts import LANGUAGES, use_language
from troth.vocabulary import MECHANISM_IDS

MODULES = list(modules(rules))
RULES: list[Rule] = [module.RULE for module in MODULES]
PARTS = ["What it checks", "Why it matters", "How to mend it", "Sources"]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.RULE.id)
def test_a_rule_says_what_why_how_and_from_where(module: ModuleType) -> None:
    text = module.__doc__ or ""
    assert re.findall(r"^(\w[^\n]*)$", text, re.MULTILINE)[1:] == PARTS
    assert all(re.search(rf"^{part}\n    \S", text, re.MULTILINE) for part in PARTS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.RULE.id)
def test_a_rule_stands_in_its_place(module: ModuleType) -> None:
    rule: Rule = module.RULE
    *_rest, folder, name = module.__name__.split(".")
    assert (folder, name) == (rule.category.replace("-", "_"), rule.id.replace("-", "_"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_what_there_is(rule: Rule) -> None:
    assert rule.category in get_args(Category)
    assert rule.touchpoint in get_args(Touchpoint)
    assert rule.mechanism in MECHANISM_IDS
    assert set(rule.sources) <= set(sources())
    assert rule.sources
    assert rule.id in read("scoring.yaml")["rules"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_asks_where_it_found_nothing(rule: Rule) -> None:
    for language in LANGUAGES:
        with use_language(language):
            assert str(rule.question).endswith("?")
            assert "?" not in f"{rule.title}{rule.failure}"


def test_no_two_rules_have_the_same_id() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_fact_asked_for_is_there_and_of_the_type_asked_for() -> None:
    known = facts.functions()
    kinds = {name: get_type_hints(function)["return"] for name, function in known.items()}
    kinds["artifacts"] = Artifacts
    for function in [*known.values(), *(rule.judge for rule in RULES)]:
        hints = get_type_hints(function)
        asked = {name: hints[name] for name in needs(function)}
        assert asked == {name: kinds[name] for name in asked}, function


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_returns_a_verdict_and_never_sees_the_artifacts(rule: Rule) -> None:
    assert get_type_hints(rule.judge)["return"] is Verdict
    assert "artifacts" not in needs(rule.judge), "ask for a fact"


def test_facts_are_plain_and_cannot_be_changed() -> None:
    for function in facts.functions().values():
        kind = get_type_hints(function)["return"]
        if is_dataclass(kind):
            assert kind.__dataclass_params__.frozen, kind  # type: ignore[union-attr]


@pytest.mark.parametrize("id_", sorted(sources()))
def test_a_source_says_what_kind_it_is(id_: str) -> None:
    source = sources()[id_]
    assert source["kind"] in {"study", "law", "guideline", "practice"}
    assert source["title"]
    assert set(source) <= {"kind", "title", "since", "countries"}
    assert isinstance(source.get("since", date.min), date)


def test_facts_and_rules_touch_neither_browser_nor_network() -> None:
    room = Path(inspect.getfile(import_module("troth.audit"))).parent
    texts = [path for name in ("facts", "rules") for path in (room / name).rglob("*.py")]
    forbidden = re.compile(
        r"^\s*(?:from|import) (?:playwright|socket|ssl|urllib\.request|requests)", re.MULTILINE
    )
    assert [path.name for path in texts if forbidden.search(path.read_text("utf-8"))] == []

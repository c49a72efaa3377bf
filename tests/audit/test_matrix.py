"""Every fault of the shop is found by its rule and by no other; honest shops pass in three languages.

`make test` looks for eight faults in one visit, each in one language. With TROTH_FULL_MATRIX=1 every fault
stands alone, in all three: 64 × 3 visits.
"""

import os
from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path

import pytest
from tests.shop.faults import ALSO, AWKWARD, FAULTS, SPARED, TOLD
from tests.shop.matrix import GROUPS, changed, excused, failing, verdicts
from tests.shop.texts import LANGUAGES

from troth.audit.rules import all_rules
from troth.audit.verdict import Verdict

FULL = os.environ.get("TROTH_FULL_MATRIX") == "1"
NEVER_HERE = {
    "evergreen-countdown",
    "invented-activity",
    "chat-honest",
    "vulnerable-scripts",
    "pressing-words",
}
"""Rules with nothing to judge in the honest shop: no countdown, count, chat, known library, pressing text."""

pytestmark = pytest.mark.browser
Said = dict[str, Verdict]
Honest = Callable[[str], Said]


def spread(number: int) -> tuple[str, ...]:
    """The languages to try a thing in: all, or one after the other."""
    return LANGUAGES if FULL else (LANGUAGES[number % 3],)


@pytest.fixture(scope="module")
def audited(chromium: Path) -> Path:
    from tests.support.chromium import driver_runs

    if not driver_runs():
        pytest.skip("Playwright's driver needs libatomic: install Debian's libatomic1")
    return chromium


def decided(audited: Path, language: str, faults: Sequence[str], expected: Collection[str]) -> Said:
    """What the rules say of the shop; those `expected` to decide must not be left open by a hurried visit.

    On a busy machine a visit may be cut short, and its rules say that they could not see enough. It is then
    made once more. A rule that decided, rightly or wrongly, is never asked again.
    """
    said = verdicts(audited, language, faults)
    left_open = {id_ for id_ in expected if said[id_].state in {"review", "not-applicable"}}
    return verdicts(audited, language, faults) if left_open else said


@pytest.fixture(scope="module")
def honest(audited: Path) -> Honest:
    """What the rules say of the honest shop, once a language."""
    return cache(lambda language: decided(audited, language, [], FAULTS.keys() - NEVER_HERE))


def test_there_is_a_rule_for_every_fault_and_every_fault_is_in_a_group() -> None:
    assert {rule.id for rule in all_rules()} == set(FAULTS)
    assert sorted(id_ for group in GROUPS for id_ in group) == sorted(FAULTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_honest_shop_passes_every_rule(honest: Honest, language: str) -> None:
    said = honest(language)
    wrong = {id_: verdict for id_, verdict in said.items() if verdict.state != "passed"}
    assert wrong.keys() == NEVER_HERE, {id_: wrong[id_] for id_ in wrong.keys() - NEVER_HERE}
    assert {verdict.state for verdict in wrong.values()} == {"not-applicable"}


@pytest.mark.skipif(FULL, reason="each fault alone says more")
@pytest.mark.parametrize(
    ("group", "language"),
    [(group, language) for number, group in enumerate(GROUPS) for language in spread(number)],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_faults_fail_their_rules_and_no_others(audited: Path, group: tuple[str, ...], language: str) -> None:
    said = decided(audited, language, group, [id_ for id_ in group if id_ not in TOLD])
    missed = {id_: said[id_] for id_ in group if said[id_].state != TOLD.get(id_, "failed")}
    assert missed == {}
    others = failing(said) - set(group) - excused(group)
    assert others == set(), {id_: said[id_] for id_ in others}


@pytest.mark.skipif(not FULL, reason="TROTH_FULL_MATRIX=1 asks for it: it takes its time")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_alone_changes_its_rule_and_no_other(
    audited: Path, honest: Honest, fault: str, language: str
) -> None:
    said = verdicts(audited, language, [fault])
    assert said[fault].state == TOLD.get(fault, "failed"), said[fault]
    others = changed(said, honest(language)) - {fault} - ALSO.get(fault, {}).keys()
    assert others == set(), {id_: said[id_] for id_ in others}


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for number, name in enumerate(AWKWARD) for language in spread(number)],
)
def test_an_awkward_shop_raises_no_false_alarm(audited: Path, name: str, language: str) -> None:
    said = verdicts(audited, language, awkward=[name])
    alarms = failing(said) - SPARED.get(name, {}).keys()
    assert alarms == set(), {id_: said[id_] for id_ in alarms}

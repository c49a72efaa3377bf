"""Names refer to something, shares and severities make sense."""

# ruff: noqa: E501 - one case a line, to be read as a table

from collections.abc import Callable

import pytest

Faults = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("phase: buy", "phase: by", "7:27: There is no phase “by”. Did you mean “buy”?"),
        ("touchpoint: checkout", "touchpoint: chekout", "24:17: There is no touchpoint “chekout”. Did you mean “checkout”?"),
        ("from: orders", "from: order", "23:11: There is no record kind “order”. Did you mean “orders”?"),
        ("from: orders", "from: experiences", "23:11: There is no record kind “experiences”."),
        ("mechanism: clarity", "mechanism: {clarity: 0.5, ability: 0.4}", "25:16: The shares add up to 0.9."),
        ("mechanism: clarity", "mechanism: {clarity: 0.5, ability: 0.500000002}", "25:16: The shares add up"),
        ("id: on-time", "id: total", "30:9: The id “total” is taken already."),
        ("id: on-time", "id: import", "30:9: The id “import” is kept"),
        ("{id: checkout,", "{id: checkout, phase: buy, name: x}\n  - {id: checkout,", "8:10: The id “checkout” is taken"),
        ("kept: delivered_at", "kept: delivered_at\n    late: {0d: S2, 1d: S1}", "37:11: A longer delay must be"),
        ("kept: delivered_at", "kept: delivered_at\n    late: {0d: S2, 1d: S2}", "37:11: A longer delay must be"),
        ("{en: Shop}", "{}", "3:9: A name in at least one language is needed."),
        ("troth: 1", "parameters: {severity: {S2: 200}}", "1:24: The severities must grow from S1 to S4; here they are S1 300, S2 200"),
        ("troth: 1", "parameters: {mechanisms: {clarity: {severity: {S2: 200}}}}", "1:47: The severities must grow from S1 to S4; here they are S1 300, S2 200"),
        ("troth: 1", "parameters: {mechanisms: {clarity: {severity: {S5: 200}}}}", "1:48: “S5” is not known here."),
        ("weight: CASE", "weight: KASE", "28:13: In “KASE WHEN gift"),
        ("when: total > 10", "when: totl > 10", "27:11: In “totl > 10”, character 1: “orders” has no column “totl”. Did you mean “total”?"),
        ("when: total > 10", "when: >-\n      totl\n      > 10", "27:11: In “totl > 10”"),
        ("when: total > 10", "when: total", "27:11: In “total”, character 1: The expression gives a number; it must give true or false."),
        ("at: placed_at", "at: total", "26:9: In “total”, character 1: The expression gives a number; it must give a time or a date."),
        ("due: promised_at", "due: gift", "35:10: In “gift”"),
        ("troth: 1", "outcomes: [{id: o, name: O, from: orders, at: placed_at, value: gift, baseline: order_id}]", "1:81: In “order_id”, character 1: The expression gives text; it must give true or false or an integer or a number."),
        ("weight: CASE", "weight: '''a''' # CASE", "28:13: In “'a'”"),
    ],
)  # fmt: skip
def test_a_fault_of_reference_is_named_in_place(
    small: str, faults: Faults, old: str, new: str, expected: str
) -> None:
    found = faults(small.replace(old, new, 1))
    assert any(fault.startswith(expected) for fault in found), found


def test_shares_may_differ_by_rounding(small: str, faults: Faults) -> None:
    thirds = "{clarity: 0.3333333333, ability: 0.3333333333, integrity: 0.3333333334}"
    assert faults(small.replace("mechanism: clarity", f"mechanism: {thirds}")) == []


def test_the_small_blueprint_has_no_fault(small: str, faults: Faults) -> None:
    assert faults(small) == []


def test_segments_and_outcomes_are_checked_too(small: str, faults: Faults) -> None:
    text = small + (
        "segments: [{id: s, name: S, from: orders, value: totl}]\n"
        "outcomes: [{id: o, name: O, from: orders, at: placed_at, value: total, baseline: itms > 1}]\n"
    )
    assert [fault.split("”")[0] for fault in faults(text)] == [
        "37:50: In “totl", "38:65: In “total", "38:82: In “itms > 1",
    ]  # fmt: skip

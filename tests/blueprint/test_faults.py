"""What is wrong is said in place, with the nearest known name, all of it in one run."""

# ruff: noqa: E501 - one case a line, to be read as a table

from collections.abc import Callable

import pytest

from troth.blueprint import BlueprintError, parse
from troth.blueprint.faults import MAX_FAULTS

Faults = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("troth: 1", "troth: 2", "1:8: “2” is not known here."),
        ("touchpoints:", "touchpiont: x\ntouchpoints:", "6:1: There is no key “touchpiont” here. Did you mean “touchpoints”?"),
        ("    weight:", "    wieght:", "28:5: There is no key “wieght” here. Did you mean “weight”?"),
        ("    weight:", "    wieght:", "22:5: “weight” is missing."),
        ("mechanism: clarity", "mechanism: clarty", "25:16: There is no mechanism “clarty”. Did you mean “clarity”?"),
        ("mechanism: clarity", "mechanism: {clarty: 1}", "25:17: There is no mechanism “clarty”. Did you mean “clarity”?"),
        ("mechanism: clarity", "mechanism: {clarity: x}", "25:26: “x” is no number."),
        ("mechanism: clarity", "mechanism: {clarity: 2}", "25:26: 2 must be at most 1."),
        ("mechanism: clarity", "mechanism: {clarity: nan}", "25:26:"),
        ("mechanism: clarity", "mechanism: {}", "25:16: At least one is needed here."),
        ("total: number", "total: numbr", "18:14: “numbr” is not known here. Did you mean “number”?"),
        ("total: number", "total: {typ: number}", "18:15: There is no key “typ” here. Did you mean “type”?"),
        ("total: number", "total:", "18:7: Here must stand keys with values."),
        ("total: number", "Total: number", "18:7: “Total” is no name"),
        ("total: number", "_total: number", "18:7: “_total” is no name"),
        ("id: checkout", "id: Check out", "7:10: “Check out” is no name"),
        ("kept: delivered_at", "kept: delivered_at\n    grace: 2 days", "37:12: “2 days” is no duration"),
        ("kept: delivered_at", "kept: delivered_at\n    late: {1d: S1, 24h: S2}", "37:11: “1d” and “24h” are the same delay."),
        ("kept: delivered_at", "kept: delivered_at\n    late: {1d: S9}", "37:16: “S9” is not known here."),
        ("kept: delivered_at", "kept: delivered_at\n    good: 1.5", "37:11: “1.5” is no whole number."),
        ("rules:", "rules: none\nx_rules:", "21:8: Here must stand a list."),
        ("{en: Shop}", "{en: Shop, fr: Magasin}", "3:20: There is no key “fr” here. Known are en, de, nl."),
        ("{en: Shop}", "[Shop]", "3:9: Here must stand keys with values."),
        ("troth: 1", "parameters: {ratio: five}", "1:21: “five” is not known here."),
        ("troth: 1", "parameters: {ratio: 5:30}", "1:21: “5:30” is not known here. Known are five-to-one, rule-of-four, loss-aversion. A number will do too."),
        ("troth: 1", "parameters: {ratio: 5.0001}", "1:21: A ratio has at most three decimals; here stands 5.0001."),
        ("troth: 1", "parameters: {ratio: 0}", "1:21: 0 must be at least 0.1."),
        ("troth: 1", "parameters: {half_life_days: {good: 0, bad: 9}}", "1:37: 0 must be greater than 0."),
        ("troth: 1", "parameters: {interval: inf}", "1:24:"),
        ("troth: 1", "privacy: {pseudonymise: perhaps}", "1:25: “perhaps” is neither true nor false."),
    ],
)  # fmt: skip
def test_a_fault_of_shape_is_named_in_place(
    small: str, faults: Faults, old: str, new: str, expected: str
) -> None:
    assert any(fault.startswith(expected) for fault in faults(small.replace(old, new, 1))), faults(
        small.replace(old, new, 1)
    )


def test_all_faults_are_reported_together_in_the_order_of_the_file(small: str, faults: Faults) -> None:
    text = (
        small.replace("{en: Shop}", "{en: Shop, fr: Magasin}")
        .replace("key: order_id", "key: order_idd")
        .replace("mechanism: clarity", "mechanism: clarty")
        .replace("at: placed_at", "at: placd_at")
        .replace("touchpoint: checkout\n    mechanism: rel", "touchpoint: chekout\n    mechanism: rel")
        .replace("troth: 1", "troth: 1\nprivacy:\nprivacy:")
    )
    assert [fault.split(" ")[0] for fault in faults(text)] == [
        "3:1:", "5:20:", "12:10:", "27:16:", "28:9:", "34:17:",
    ]  # fmt: skip


def test_a_fault_is_machine_readable(small: str) -> None:
    with pytest.raises(BlueprintError) as error:
        parse(small.replace("clarity", "clarty"), "b.yaml")
    assert error.value.as_dict()["faults"] == [
        {
            "code": "TB401",
            "line": 25,
            "column": 16,
            "message": "There is no mechanism “clarty”.",
            "hint": "Did you mean “clarity”?",
        }
    ]


def test_a_faulty_member_is_not_called_missing(small: str, faults: Faults) -> None:
    assert faults(
        small.replace("{id: checkout, phase: buy, name: Checkout}", "{id: checkout, phase: buy}")
    ) == ["7:5: “name” is missing."]


def test_only_so_many_faults_are_looked_for(small: str, faults: Faults) -> None:
    keys = "".join(f"key_{number}: x\n" for number in range(2 * MAX_FAULTS))
    assert len(faults(small + keys)) == MAX_FAULTS
    rules = "".join(
        f"  - {{id: r{n}, from: orders, touchpoint: checkout, mechanism: ability, at: placed_at, weight: x}}\n"
        for n in range(2 * MAX_FAULTS)
    )
    assert len(faults(small.replace("rules:\n", "rules:\n" + rules))) == MAX_FAULTS

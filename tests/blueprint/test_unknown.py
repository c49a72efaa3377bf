"""Every name that refers to nothing is told under the code that has a page."""

# ruff: noqa: E501 - one case a line, to be read as a table

import pytest

from troth.blueprint import BlueprintError, parse
from troth.blueprint.faults import Fault
from troth.blueprint.unknown import UNKNOWN


@pytest.fixture
def shop(small: str) -> str:
    """The small blueprint with parcels whose customer is that of their order."""
    parcels = """\
  parcels:
    key: parcel_id
    customer: order.customer_id
    links: {order: {to: orders, by: order_id}}
    columns: {parcel_id: text, order_id: text}
rules:
"""
    return small.replace("rules:\n", parcels)


def only_fault(text: str) -> Fault:
    with pytest.raises(BlueprintError) as error:
        parse(text, "b.yaml")
    (fault,) = error.value.faults
    assert str(error.value).endswith(f"[{fault.code}]")
    assert error.value.as_dict()["faults"] == [fault.as_dict()]
    return fault


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("mechanism: clarity", "mechanism: clarty", "TB401"),
        ("mechanism: clarity", "mechanism: {clarty: 1}", "TB401"),
        ("troth: 1", "troth: 1\nparameters: {mechanisms: {clarty: {ratio: 4}}}", "TB401"),
        ("touchpoint: checkout\n    mechanism: rel", "touchpoint: chekout\n    mechanism: rel", "TB402"),
        ("phase: buy", "phase: bye", "TB403"),
        ("from: orders\n    touchpoint: checkout\n    mechanism: cl", "from: order\n    touchpoint: checkout\n    mechanism: cl", "TB404"),
        ("{to: orders, by", "{to: order, by", "TB404"),
        ("key: parcel_id", "key: parcel", "TB405"),
        ("key: parcel_id", "key: parcel_id\n    version: sent_at", "TB405"),
        ("by: order_id", "by: order", "TB405"),
        ("order.customer_id", "order.custmer", "TB405"),
        ("when: total > 10", "when: totl > 10", "TB405"),
        ("order.customer_id", "ordr.customer_id", "TB406"),
        ("when: total > 10", "when: sqrt(total) > 10", "TB407"),
        ("troth: 1", "troth: 1\nsegmnts: []", "TB408"),
        ("total: number", "total: numbr", "TB409"),
        ("kept: delivered_at", "kept: delivered_at\n    late: {0d: S5}", "TB409"),
        ("troth: 1", "troth: 1\nparameters: {preset: shopp}", "TB409"),
    ],
)  # fmt: skip
def test_an_unknown_name_has_its_code(shop: str, old: str, new: str, code: str) -> None:
    assert old in shop
    assert only_fault(shop.replace(old, new, 1)).code == code


def test_every_kind_says_its_own_code() -> None:
    assert {code: say("x", ["y"]).code for code, say in UNKNOWN.items()} == {code: code for code in UNKNOWN}


def test_other_faults_have_no_code(shop: str) -> None:
    with pytest.raises(BlueprintError) as error:
        parse(shop.replace("total: number", "total:"), "b.yaml")
    assert [fault.code for fault in error.value.faults] == [""]
    assert not str(error.value).endswith("]")


def test_where_no_column_is_near_all_are_listed(shop: str) -> None:
    columns = "order_id, customer_id, placed_at, promised_at, delivered_at, total, items, gift"
    assert only_fault(shop.replace("total > 10", "xyz > 10")).hint == f"Known are {columns}."
    assert only_fault(shop.replace("key: parcel_id", "key: xyz")).hint == "Known are parcel_id, order_id."


def test_where_no_function_is_near_all_are_listed(shop: str) -> None:
    hint = only_fault(shop.replace("total > 10", "xyz(total) > 10")).hint
    assert hint.startswith("Known are abs, ceil, coalesce,")

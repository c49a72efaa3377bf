"""Record kinds: keys, customers, links, zones and formats exist and fit."""

# ruff: noqa: E501 - one case a line, to be read as a table

from collections.abc import Callable

import pytest

Faults = Callable[[str], list[str]]

REVIEWS = """\
  reviews:
    key: review_id
    customer: order.customer_id
    columns: {review_id: text, order_id: text, at: time}
    links:
      order: {to: orders, by: order_id}
rules:
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key: order_id", "key: order_idd", "10:10: There is no column “order_idd”. Did you mean “order_id”?"),
        ("key: order_id", "key: [order_id, order_id]", "10:10: A column stands twice in the key."),
        ("customer: customer_id", "customer: customr", "11:15: There is no column “customr”. Did you mean “customer_id”?"),
        ("customer: customer_id", "customer: gift", "11:15: A customer's id is a text or an integer, not boolean."),
        ("customer: customer_id", "customer: order.customer_id", "11:15: There is no link “order”."),
        ("    columns:", "    version: x\n    columns:", "12:14: There is no column “x”."),
        ("    columns:", "    ids: x\n    columns:", "12:10: There is no column “x”."),
        ("    columns:", "    ids: [order_id, total]\n    columns:", "12:21: A customer's id is a text or an integer, not number."),
        ("    columns:", "    keep: 23h\n    columns:", "12:11: Records are kept for a day at least. Write it like 730d."),
        ("    columns:", "    keep: long\n    columns:", "12:11: “long” is no duration"),
        ("    columns:", "    keep: 30d\n    keep_from: x\n    columns:", "13:16: There is no column “x”."),
        ("    columns:", "    keep: 30d\n    keep_from: total\n    columns:", "13:16: Time is counted from a date or a time, not from number."),
        ("    columns:", "    keep_from: placed_at\n    columns:", "12:16: It says from when, but not how long. Write `keep`, too."),
        ("    columns:", "    zone: Europe/Berln\n    columns:", "12:11: There is no time zone “Europe/Berln”. Did you mean “Europe/Berlin”?"),
        ("    columns:", "    zone: ../../etc/passwd\n    columns:", "12:11: There is no time zone"),
        ("  orders:\n", "  experiences:\n    key: a\n    customer: a\n    columns: {a: text}\n  orders:\n", "10:5: The record kind “experiences” is kept"),
        ("total: number", "rowid: number", "18:14: The column name “rowid” is kept for the ledger."),
        ("total: number", "total: {type: number, source: ' GIFT '}", "20:13: The columns “total” and “gift” read the same header."),
        ("total: number", 'total: {type: number, format: "%d"}', "18:37: Only a date or a time has a format."),
        ("total: number", "total: {type: text, decimal: ','}", "18:36: Only a number has a decimal mark."),
        ("placed_at: time", 'placed_at: {type: time, format: "%d-%m-%Q"}', "15:39: “%Q” means nothing in a format. Write it like %d-%m-%Y %H:%M."),
        ("placed_at: time", 'placed_at: {type: time, format: "dd-mm-yyyy"}', "15:39: The format has no year or no month. Write it like %d-%m-%Y %H:%M."),
        ("placed_at: time", 'placed_at: {type: time, format: "%H:%M"}', "15:39: The format has no year or no month."),
    ],
)  # fmt: skip
def test_a_fault_of_a_kind_is_named_in_place(
    small: str, faults: Faults, old: str, new: str, expected: str
) -> None:
    found = faults(small.replace(old, new, 1))
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("to: orders", "to: order", "26:19: There is no record kind “order”. Did you mean “orders”?"),
        ("by: order_id", "by: order", "26:31: There is no column “order”. Did you mean “order_id”?"),
        ("order_id: text, at", "order_id: integer, at", "26:31: “order_id” is integer, but the key of “orders” is text."),
        ("order: {to", "record: {to", "26:15: The name “record” is kept for the record itself."),
        ("order.customer_id", "order.customer", "23:15: There is no column “order.customer”. Did you mean “customer_id”?"),
        ("order.customer_id", "ordr.customer_id", "23:15: There is no link “ordr”. Did you mean “order”?"),
        ("key: order_id", "key: '*'", "26:19: “orders” has no single column as key, so nothing can link to it."),
        ("key: order_id", "key: [order_id, placed_at]", "26:19: “orders” has no single column as key"),
    ],
)  # fmt: skip
def test_a_fault_of_a_link_is_named_in_place(
    small: str, faults: Faults, old: str, new: str, expected: str
) -> None:
    text = small.replace("rules:\n", REVIEWS, 1)
    assert faults(text) == []
    found = faults(text.replace(old, new, 1))
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize(
    "written", ["%Y-%m-%d %H:%M:%S %z", "%-d.%-m.%y", "%d %b %Y", "%Y%j", "%c", "100%% %x"]
)
def test_plausible_formats_pass(small: str, faults: Faults, written: str) -> None:
    column = f'placed_at: {{type: time, format: "{written}"}}'
    assert faults(small.replace("placed_at: time", column, 1)) == []

"""Every refusal says where in the expression, what, and the nearest known name."""

# ruff: noqa: E501 - one case a line, to be read as a table

from collections.abc import Callable

import pytest

from troth.blueprint.expressions import ExpressionError, Want

Refused = Callable[..., ExpressionError]


@pytest.mark.parametrize(
    ("text", "want", "offset", "message", "hint"),
    [
        ("paid AND totl > 3", "any", 9, "“orders” has no column “totl”.", "Did you mean “total”?"),
        ("before.totl", "any", 0, "“orders” has no column “before.totl”.", "Did you mean “before.total”?"),
        ("befor.total", "any", 0, "“orders” has no column “befor.total”.", "Did you mean “before.total”?"),
        ("S5", "any", 0, "“orders” has no column “S5”.", ""),
        ("-GOD", "any", 1, "“orders” has no column “GOD”.", "Did you mean “GOOD”?"),
        ("1 + lowr(note)", "any", 4, "The function “lowr” is not allowed.", "Did you mean “lower”?"),
        ("datediff('day', placed, shipped) > datedif('day', placed, shipped)", "any", 35, "The function “datedif” is not allowed.", "Did you mean “date_diff”?"),
        ("total\n  > (SELECT 1)", "any", 11, "“SELECT” is not allowed in an expression.", ""),
        ("if = 3", "any", 0, "“if” is not allowed in an expression.", ""),
        ("using = 'x'", "any", 0, "“using” does not fit here", "The column “using” is a word of SQL: write it in double quotes."),
        ("paid ORR gift", "any", 5, "“ORR” does not fit here.", ""),
        ("note = 5", "any", 0, "These cannot be brought together: text, an integer.", ""),
        ("paid = 'yes'", "any", 0, "These cannot be brought together: true or false, text.", ""),
        ("paid AND note", "any", 9, "“note” is text; here must stand true or false.", ""),
        ("total + placed", "any", 8, "“placed” is a time; here must stand an integer or a number.", ""),
        ("upper(total)", "any", 6, "“total” is a number; here must stand text.", ""),
        ("total = NULL", "any", 0, "A comparison with NULL is never true.", "Write IS NULL or IS NOT NULL."),
        ("placed > '31-01-2026'", "any", 9, "“31-01-2026” is neither a date nor a time.", "Write 2026-01-31 or 2026-01-31 12:30:00 (in UTC)."),
        ("CAST(note AS INTEGER)", "any", 5, "This cast could fail on some row: CAST(note AS INT).", ""),
        ("date_diff('century', placed, shipped)", "any", 0, "“CENTURY” is not a unit that may stand here.", ""),
        ("date_diff(note, placed, shipped)", "any", 0, "“NOTE” is not a unit that may stand here.", ""),
        ("date_diff('week', placed, shipped)", "any", 0, "“WEEK” is not a unit that may stand here.", "Allowed are second, minute, hour, day, month, quarter, year."),
        ("date_diff(day, placed, shipped)", "any", 0, "The unit must be quoted", ""),
        ("shipped + INTERVAL 101 YEAR", "any", 0, "An interval is at most 100 years.", ""),
        ("shipped - placed", "any", 0, "A time can only be moved by an interval.", ""),
        ("shipped + INTERVAL (items) DAY", "any", 0, "An interval is a whole number and a unit, such as INTERVAL 2 DAY.", ""),
        ("shipped + INTERVAL '1 day 2 hours'", "any", 0, "An interval is a whole number and a unit, such as INTERVAL 2 DAY.", ""),
        ("INTERVAL 2 DAY", "any", 0, "“INTERVAL '2' DAY” is not allowed in an expression.", ""),
        ("note LIKE comment", "any", 0, "The pattern of LIKE must be a quoted text without a backslash.", ""),
        ("items IN ()", "any", 0, "IN wants a list of values in brackets.", ""),
        ("items % 0", "any", 0, "After % must stand a whole number greater than 0.", ""),
        ("1e999", "any", 0, "“1e999” is too large a number.", ""),
        ("NULL", "any", 0, "The expression gives nothing; it must give a value.", ""),
        ("total", "boolean", 0, "The expression gives a number; it must give true or false.", ""),
        ("paid", "number", 0, "The expression gives true or false; it must give an integer or a number.", ""),
        ("total", "time", 0, "The expression gives a number; it must give a time or a date.", ""),
        ("paid < gift", "any", 0, "True and false have no order.", ""),
        ("now() > placed", "any", 0, "“now” reads the clock, and an experience may not depend on when one looks.", ""),
        ("ｐaid", "any", 0, "The character “ｐ” (U+FF50) is not allowed outside quotes.", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_where(
    refused: Refused, text: str, want: Want, offset: int, message: str, hint: str
) -> None:
    error = refused(text, want)
    assert error.message.startswith(message)
    assert error.hint.startswith(hint)
    assert error.offset == offset

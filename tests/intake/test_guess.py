import pytest

from troth.intake import guess
from troth.intake.guess import Guess


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "2", "", None], Guess("integer")),
        (["007", "012"], Guess("text")),
        (["1", "0"], Guess("integer")),
        (["yes", "no", "N/A"], Guess("boolean")),
        (["ja", "ja"], Guess("boolean")),
        (["1.5", "2"], Guess("number", decimal=".")),
        (["1,5", "2"], Guess("number", decimal=",")),
        (["1.234,50"], Guess("number", decimal=",")),
        (["1,234"], Guess("number", decimal=".", doubt=True)),
        (["2025-01-02", "?"], Guess("date")),
        (["2025-01-02 10:00:00"], Guess("time")),
        (["2025-01-02T10:00:00+01:00"], Guess("time")),
        (["31-01-2025", "01-02-2025"], Guess("date", "%d-%m-%Y")),
        (["01/31/2025", "02/01/2025"], Guess("date", "%m/%d/%Y")),
        (["01/02/2025"], Guess("date", "%d/%m/%Y", doubt=True)),
        (["31.01.2025 10:30"], Guess("time", "%d.%m.%Y %H:%M")),
        (["31.01.25"], Guess("date", "%d.%m.%y")),
        (["1/31/2025 1:30 PM"], Guess("time", "%m/%d/%Y %I:%M %p")),
        (["2025/31/01"], Guess("date", "%Y/%d/%m")),
        (["3 Mar 2025"], Guess("date", "%d %b %Y")),
        (["March 3, 2025", "May 4, 2025"], Guess("date", "%B %d, %Y")),
        (["13-01-2025", "01-13-2025"], Guess("text")),
        (["10-11", "12-13"], Guess("text")),
        ([], Guess("text")),
        (["", None, "NULL"], Guess("text")),
        (["late", "2025-01-02"], Guess("text")),
        (["12/30/1899 10:00:00 AM"], Guess("text")),
        (["31-12-1899"], Guess("date", "%d-%m-%Y")),
    ],
)
def test_a_column_is_told_from_its_values(values: list[str | None], expected: Guess) -> None:
    assert guess.column(values) == expected


def test_the_whole_sample_decides_between_day_and_month() -> None:
    ambiguous = ["01-02-2025"] * 500
    assert guess.dates(ambiguous) == Guess("date", "%d-%m-%Y", doubt=True)
    assert guess.dates([*ambiguous, "01-13-2025"]) == Guess("date", "%m-%d-%Y")
    assert guess.dates([*ambiguous, "13-01-2025"]) == Guess("date", "%d-%m-%Y")


def test_a_few_unreadable_dates_do_not_hide_the_format() -> None:
    assert guess.dates(["31-01-2025"] * 20 + ["soon"]) == Guess("date", "%d-%m-%Y")


@pytest.mark.parametrize(
    ("values", "mark"), [(["1,5"], ","), (["1.5"], "."), (["1"], "."), (["1,5", "x", "2,25"], ",")]
)
def test_the_decimal_mark_is_what_more_values_have(values: list[str], mark: str) -> None:
    assert guess.decimal_mark(values) == mark

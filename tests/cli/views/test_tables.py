"""Tables that fit, and figures as lines."""

import io

import pytest
from rich.console import Console

from troth.cli.views.scale import scale
from troth.cli.views.tables import Column, table
from troth.insight.estimate import Estimate

COLUMNS = [
    Column("Touchpoint"),
    Column("Good", "right", spare=1),
    Column("Bad", "right", spare=2),
    Column("Score", "right"),
]
ROWS = [["delivery of the parcel", "12,345.6", "12.3", "88.1"], ["service", "1.0", "0.0", "70.0"]]


def drawn(width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    console.print(table(console, COLUMNS, ROWS))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_all_columns_are_there_when_there_is_room() -> None:
    assert drawn(80)[0].split() == ["Touchpoint", "Good", "Bad", "Score"]


def test_spare_columns_go_first_where_there_is_none() -> None:
    assert drawn(42)[0].split() == ["Touchpoint", "Good", "Score"]
    assert drawn(30)[0].split() == ["Touchpoint", "Score"]


def test_a_narrow_table_folds_texts_between_words_and_keeps_figures_whole() -> None:
    lines = drawn(18)
    assert max(map(len, lines)) <= 18
    assert any(line.endswith("88.1") for line in lines)
    assert [line.rstrip() for line in lines[2:5]] == [
        "delivery of   88.1",
        "the parcel",
        "service       70.0",
    ]


def test_where_no_table_fits_the_rows_are_listed_with_their_words_whole() -> None:
    assert [line.rstrip() for line in drawn(15)] == [
        *("Touchpoint:", "delivery of the", "parcel", "Score: 88.1", ""),
        *("Touchpoint:", "service", "Score: 70.0"),
    ]


@pytest.mark.parametrize("width", range(11, 60))
def test_no_width_breaks_a_word(width: int) -> None:
    whole = {word for row in [[column.title for column in COLUMNS], *ROWS] for word in " ".join(row).split()}
    lines = drawn(width)
    found = {word.removesuffix(":") for line in lines for word in line.split()} - {"─" * n for n in range(99)}
    assert found <= whole
    assert max(map(len, lines)) <= width


def test_a_pseudonym_is_folded_rather_than_making_a_list() -> None:
    console = Console(file=io.StringIO(), width=40)
    console.print(table(console, [Column("Customer"), Column("Score", "right")], [["c" * 64, "88.1"]]))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines()[0].split() == ["Customer", "Score"]


def test_the_scale_shows_interval_value_and_neutral() -> None:
    assert scale(Estimate(70, 60, 80), 11, ascii_only=True) == "-----|=o=--"
    assert scale(Estimate(50, 0, 100), 11) == "━━━━━●━━━━━"
    assert scale(None, 5) == "──│──"

"""Tables as files."""

import io

import pyarrow.parquet as pq
import pytest

from troth.web.frame.files import csv_text, parquet_bytes
from troth.web.frame.page import Table

TABLE = Table({"name": str, "n": int, "x": float, "sure": bool}, list)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_takes_a_text_for_a_formula(start: str) -> None:
    row = {"name": f"{start}1+1", "n": 1, "x": 0.5, "sure": True}
    assert f"'{start}1+1" in csv_text(TABLE, [row])


def test_numbers_stay_numbers_and_texts_are_quoted() -> None:
    row = {"name": 'a "b", c', "n": -5, "x": -0.25, "sure": None}
    assert csv_text(TABLE, [row]) == 'name,n,x,sure\r\n"a ""b"", c",-5,-0.25,\r\n'


def test_a_table_without_rows_still_names_its_columns() -> None:
    assert csv_text(TABLE, []) == "name,n,x,sure\r\n"
    assert pq.read_table(io.BytesIO(parquet_bytes(TABLE, []))).column_names == ["name", "n", "x", "sure"]


def test_parquet_keeps_types_and_values() -> None:
    rows = [
        {"name": "=1", "n": 1, "x": None, "sure": True},
        {"name": None, "n": None, "x": 2.5, "sure": False},
    ]
    read = pq.read_table(io.BytesIO(parquet_bytes(TABLE, rows)))
    assert read.to_pylist() == rows
    assert [str(field.type) for field in read.schema] == ["string", "int64", "double", "bool"]


def test_columns_that_nobody_declared_are_those_of_the_first_row() -> None:
    table = Table({}, list)
    assert csv_text(table, [{"a": 1, "b": "x"}]) == "a,b\r\n1,x\r\n"
    assert csv_text(table, []) == "\r\n"

"""A record kind is written into the file, and no other line changes."""

import difflib
from datetime import timedelta
from pathlib import Path

import pytest

from troth.blueprint import BlueprintError, load, save_kind, starter
from troth.blueprint.schema import Column, FileFormat, Link, RecordKind
from troth.errors import TrothError

VISITS = RecordKind(
    key=("visitor", "at"),
    customer="visitor",
    zone="Europe/Berlin",
    columns={
        "visitor": Column(type="text"),
        "at": Column(type="time", source="Date: time", format="%d-%m-%Y %H:%M"),
        "paid": Column(type="number", decimal=","),
    },
    links={"order": Link(to="orders", by="visitor")},
    file=FileFormat(delimiter=";", empty=("?",)),
)
WRITTEN = """\
  visits:
    key: [visitor, at]
    customer: visitor
    zone: Europe/Berlin
    columns:
      visitor: text
      at: {type: time, source: 'Date: time', format: '%d-%m-%Y %H:%M'}
      paid: {type: number, decimal: ','}
    links:
      order: {to: orders, by: visitor}
    file:
      delimiter: ;
      empty:
        - '?'
"""


def changes(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


@pytest.fixture
def file(tmp_path: Path, small: str) -> Path:
    path = tmp_path / "blueprint.yaml"
    path.write_text(small.replace("rules:", "\n# What counts.\nrules:  # two\n", 1), encoding="utf-8")
    return path


def test_a_new_kind_comes_after_the_others_and_changes_nothing_else(file: Path) -> None:
    before = file.read_text("utf-8")
    save_kind(file, "visits", VISITS)
    assert load(file).records["visits"] == VISITS
    added = "".join(line[2:] for line in changes(before, file.read_text("utf-8")))
    assert added.strip("\n") == WRITTEN.strip("\n")
    assert all(line[0] == "+" for line in changes(before, file.read_text("utf-8")))


def test_saving_what_is_there_already_changes_nothing(file: Path) -> None:
    save_kind(file, "visits", VISITS)
    before = file.read_bytes()
    save_kind(file, "visits", VISITS)
    assert file.read_bytes() == before


def test_a_change_keeps_comments_order_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(starter("shop"), encoding="utf-8")
    kind = load(path).records["orders"]
    columns = kind.columns | {
        "total": Column(type="number", source="Total", decimal=","),
        "vat": Column(type="number"),
    }
    save_kind(path, "orders", kind.model_copy(update={"columns": columns}))
    assert changes(starter("shop"), path.read_text("utf-8")) == [
        "-       total: {type: number, source: Total}\n",
        "+       total: {type: number, source: Total, decimal: ','}\n",
        "+       vat: number\n",
    ]


@pytest.mark.parametrize("records", ["", "records:\n", "records: {}\n", "records: ~\n"])
def test_the_first_kind_makes_the_section(tmp_path: Path, records: str) -> None:
    path = tmp_path / "blueprint.yaml"
    path.write_text(
        "journey: {name: N, phases: [{id: p, name: P}]}\n"
        + records
        + "touchpoints: [{id: t, phase: p, name: T}]\n",
        encoding="utf-8",
    )
    kind = RecordKind(key=("a",), customer="a", columns={"a": Column(type="text")})
    save_kind(path, "visits", kind)
    assert load(path).records == {"visits": kind}


def test_line_ends_and_indents_are_kept(tmp_path: Path, small: str) -> None:
    path = tmp_path / "blueprint.yaml"
    wide = small.replace("\n      ", "\n            ").replace("\n    key", "\n        key")
    wide = wide.replace("\n    customer", "\n        customer").replace("\n    columns", "\n        columns")
    path.write_bytes(wide.replace("\n  orders", "\n    orders").replace("\n", "\r\n").encode())
    save_kind(path, "visits", VISITS.model_copy(update={"links": {}}))
    raw = path.read_bytes()
    assert b"\r\n    visits:\r\n        key: [visitor, at]\r\n" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_an_impossible_kind_leaves_the_file_alone(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(BlueprintError, match="no_such_column"):
        save_kind(file, "visits", VISITS.model_copy(update={"key": ("no_such_column",)}))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["blueprint.yaml"]


def test_a_broken_file_is_not_touched(file: Path) -> None:
    file.write_text("rules: [", encoding="utf-8")
    with pytest.raises(BlueprintError):
        save_kind(file, "visits", VISITS)
    assert file.read_text("utf-8") == "rules: ["


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  orders:\n    key: order_id\n", "  orders: &kind\n    key: order_id\n"),
        ("    columns:\n", "    zone: UTC\n    columns: &columns\n"),
    ],
)
def test_what_an_alias_repeats_is_not_changed_behind_the_back(
    tmp_path: Path, small: str, old: str, new: str
) -> None:
    path = tmp_path / "blueprint.yaml"
    other = (
        "  others: *kind\n"
        if "&kind" in new
        else "  others: {key: order_id, customer: customer_id, columns: *columns}\n"
    )
    text = small.replace(old, new).replace("rules:", other + "rules:", 1)
    path.write_text(text, encoding="utf-8")
    kind = load(path).records["others"]
    changed = kind.model_copy(update={"columns": kind.columns | {"more": Column(type="text")}})
    with pytest.raises(TrothError) as error:
        save_kind(path, "others", changed)
    assert error.value.code == "blueprint-unchanged"
    assert path.read_text("utf-8") == text


def test_the_mode_of_the_file_is_kept(file: Path) -> None:
    file.chmod(0o640)
    save_kind(file, "visits", VISITS)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_kind_keeps_its_ids_and_retention(tmp_path: Path) -> None:
    path = tmp_path / "blueprint.yaml"
    path.write_text(starter("shop"), "utf-8")
    kept = {"keep": timedelta(days=730), "keep_from": None, "ids": ("email",)}
    columns = VISITS.columns | {"email": Column(type="text")}
    kind = VISITS.model_copy(update={"links": {}, "columns": columns, **kept})
    save_kind(path, "visits", kind)
    assert load(path).records["visits"] == kind
    assert "keep: 730d" in path.read_text("utf-8")

import codecs
import gzip
from pathlib import Path

import pytest
from tests.intake.helpers import Bring, Rows, blueprint

from troth.errors import TrothError
from troth.intake import quarantine_rows
from troth.store import Store

PLAN = blueprint("key: id\ncustomer: who\ncolumns: {id: text, who: text, price: number, day: date}")
TEXT = "id;who;price;day\n1;Zoë;1.234,50 €;31-01-2025\n2;Ünal €;2,5;01-02-2025\n".replace(" €;31", ";31")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("01-2025\n", "01-2025\r\n").encode(),
        ("sep=;\n" + TEXT).encode(),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT.encode("cp1252")),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
        TEXT.replace("\n", "\n\n").encode(),
        TEXT.replace("2;Ü", '2;"Ü').replace("€;2", '€";2').encode(),
    ],
    ids=[
        "utf-8", "mark", "utf-16", "utf-16-be", "utf-16 without mark", "1252", "crlf", "cr",
        "mixed ends", "sep line",
        "gz", "gz 1252", "tab", "pipe", "empty lines", "quoted",
    ],
)  # fmt: skip
def test_a_file_is_read_however_it_is_written(content: bytes, bring: Bring, rows: Rows) -> None:
    assert bring(content, PLAN).quarantined == 0
    assert rows("who, price, day::VARCHAR, _row") == [
        ("Zoë", 1234.5, "2025-01-31", 1),
        ("Ünal €", 2.5, "2025-02-01", 2),
    ]


def test_an_encoding_that_shows_late_is_found(bring: Bring, rows: Rows) -> None:
    plain = "".join(f"{n};plain;1;2025-01-31\n" for n in range(120_000))
    summary = bring(("id;who;price;day\n" + plain + "x;Zoë €;1;2025-01-31\n").encode("cp1252"), PLAN)
    assert (summary.added, summary.quarantined) == (120_001, 0)
    assert "windows-1252" in summary.format
    assert rows("who")[-1] == ("Zoë €",)


@pytest.mark.parametrize(
    ("content", "declared"),
    [(TEXT.encode("cp1252"), "utf-8"), (TEXT.encode(), "windows-1252"), (TEXT.encode(), "utf-16")],
)
def test_a_wrongly_declared_encoding_is_an_error(content: bytes, declared: str, bring: Bring) -> None:
    plan = blueprint(
        f"key: id\ncustomer: who\ncolumns: {{id: text, who: text}}\nfile: {{encoding: {declared}}}"
    )
    with pytest.raises(TrothError, match="encoding-wrong"):
        bring(content, plan)


BROKEN = {
    "1,c1\n": "too-few-fields: 2 of 3",
    "1,c1,,x\n": "too-many-fields: 4 of 3",
    '1,"c1,\n': "open-quote",
    '1,"c"1,\n': "broken-quote",
    "1,c\0,\n": "nul-byte",
    "1,\xff,\n": "invalid-encoding",
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_row_harms_no_other(line: str, bring: Bring, rows: Rows, store: Store) -> None:
    plan = blueprint("key: id\ncustomer: who\ncolumns: {id: text, who: text, é: text}".replace("é", "e"))
    good = [f"{name},c,é\n" for name in "abcdef"]
    content = (
        "".join(["id,who,e\n", *good[:3], "#", *good[3:]]).encode().replace(b"#", line.encode("latin-1"))
    )
    summary = bring(content, plan)
    assert (summary.added, summary.quarantined) == (6, 1)
    assert rows("id, _row") == [("a", 1), ("b", 2), ("c", 3), ("d", 5), ("e", 6), ("f", 7)]
    [bad] = quarantine_rows(store)
    assert (bad.row_no, bad.reason, bad.detail) == (4, "malformed-row", BROKEN[line])


def test_surplus_empty_fields_lose_nothing(bring: Bring, rows: Rows) -> None:
    assert bring("id,customer,made,total\n1,c1,,5,,\n").quarantined == 0
    assert rows("total") == [(5.0,)]


def test_a_row_that_is_too_long_is_cut_out(bring: Bring, rows: Rows, store: Store) -> None:
    summary = bring("id,customer,made,total\n1,c1,,\n2," + "x" * 5_000_000 + ",,\n3,c3,,\n")
    assert (summary.added, summary.quarantined) == (2, 1)
    assert rows("id, _row") == [("1", 1), ("3", 3)]
    [bad] = quarantine_rows(store)
    assert bad.detail == "line-too-long: 5000005 bytes"
    assert len(str(bad.row)) < 10_000


def test_two_hundred_columns_are_fine(bring: Bring, rows: Rows) -> None:
    names = ["id", "customer", "made", "total", *(f"c{n}" for n in range(196))]
    bring(",".join(names) + "\n" + ",".join(["1", "k", "", "3", *("x" for _ in range(196))]) + "\n")
    assert rows("id, total") == [("1", 3.0)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "source-empty"),
        (b"\n\n", "source-empty"),
        (b"\0\0\0\0", "source-empty"),
        (b"id,customer,made,total\n", "source-empty"),
        (b"1,c1,2025-01-01,2\n2,c2,2025-01-01,3\n", "header-missing"),
        (b"id,made,total\n1,,\n", "column-missing"),
        (b"id,customer,made,total,ID\n", "source-empty"),
        (b"Id,customer,made,total,ID\n1,2,,,\n", "header-twice"),
        (b"\x1f\x8b\x08 this is no archive", "source-damaged"),
        (gzip.compress(b"id,customer,made,total\n1,c,,\n" * 9999)[:-20], "source-damaged"),
        (b"PK\x03\x04 a zip", "source-unknown"),
    ],
)
def test_what_is_no_table_is_an_error(content: bytes, code: str, bring: Bring) -> None:
    with pytest.raises(TrothError) as caught:
        bring(content)
    assert caught.value.code == code
    assert "orders.csv" in caught.value.where


def test_a_missing_column_names_the_nearest_header(bring: Bring) -> None:
    with pytest.raises(TrothError) as caught:
        bring("id,custommer,made,total\n1,c,,\n")
    assert "custommer" in caught.value.hint
    assert "blueprint.yaml:9:" in caught.value.hint


def test_the_nearest_spelling_of_a_header_counts(bring: Bring, rows: Rows) -> None:
    plan = blueprint("key: q_2\ncustomer: q_2\ncolumns: {q_2: text, q2: text}")
    bring("Q2,Q_2\nb,a\n", plan)
    assert rows("q_2, q2") == [("a", "b")]


def test_a_missing_column_that_is_not_needed_is_a_note(bring: Bring, rows: Rows) -> None:
    summary = bring("ID,Customer , made\n1,c,\n")
    assert [note for note in summary.notes if "total" in note]
    assert rows("id, total") == [("1", None)]


def test_missing_files_and_folders(bring: Bring, tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.csv", "source-missing"), (tmp_path, "source-is-folder")):
        with pytest.raises(TrothError, match=code):
            bring(path)


def test_a_file_that_may_not_be_read_is_named(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("troth.intake.readers.csv.open_text", forbid)
    with pytest.raises(TrothError, match="source-forbidden"):
        bring("id,customer,made,total\n1,c,,\n")


def test_a_name_with_wild_cards_is_one_file(bring: Bring) -> None:
    bring("id,customer,made,total\n1,c,,\n", name="orders [1]*.csv")
    assert bring("id,customer,made,total\n1,c,,\n", name="it's.csv").same == 1

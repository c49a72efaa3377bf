"""`troth read`: a text's reading with its proof, and corrections."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Call

TEXT = "De bezorging was te laat, maar de medewerker was vriendelijk. Bel 0612345678"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_text_is_shown_masked_with_its_proof(call: Call) -> None:
    answer = call("read", TEXT)
    assert answer.code == 0
    assert "Bel [phone]" in answer.out
    assert "0612345678" not in answer.out
    assert "Reliability" in answer.out
    assert "bezorging te laat" in answer.out
    assert "by the lexica" in answer.out


def test_a_machine_gets_spans_and_proof(call: Call) -> None:
    found = call("read", TEXT, "--json").json
    assert (found["language"], found["why_not"], found["by"]) == ("nl", "", "lexicon")
    said = {(one["topic"], one["mechanism"]): one for one in found["statements"]}
    late = said["delivery", "reliability"]
    assert (
        [found["text"][begin:end] for begin, end in late["spans"]]
        == late["proof"]
        == ["bezorging", "te", "laat"]
    )


def test_a_question_says_what_it_is_about(call: Call) -> None:
    text = "Wann kommt meine Rechnung?"
    out = call("read", text).out
    assert "German, neither good nor bad" in out
    assert out.rstrip().endswith("It judges nothing.\nIt is about: Invoice")
    found = call("read", text, "--json").json
    assert (found["mentions"], found["statements"]) == (["invoice"], [])
    assert call("read", TEXT, "--json").json["mentions"] == []
    german = call("--lang", "de", "read", text).out
    assert german.rstrip().endswith("Er urteilt über nichts.\nEr handelt von: Rechnung")


def test_what_is_only_supposed_is_told(call: Call) -> None:
    out = call("read", "Super!", "--language", "de").out
    assert "Product (supposed)" in out
    assert "Supposed: no word of the text says it" in out
    assert "upposed" not in call("read", TEXT).out


def test_from_a_file_from_standard_input_and_line_by_line(call: Call, folder: Path) -> None:
    (folder / "texts.txt").write_text("Top!\n\nSlecht.\n", "utf-8")
    assert len(call("read", "--file", "texts.txt", "--lines", "--json").json["readings"]) == 2
    assert call("read", "--json", input=TEXT).json == call("read", TEXT, "--json").json
    answer = call("read", "x", "--file", "texts.txt", "--json")
    assert (answer.code, answer.error["code"]) == (2, "text-twice")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Le colis n'est jamais arrivé, je ne suis pas content.", "a language that is not read. (French)"),
        ("Товар пришёл вовремя", "a script that is not read."),
        ("", "nothing in it"),
        ("12 34", "no words"),
    ],
)
def test_why_a_text_is_not_read(call: Call, text: str, why: str) -> None:
    assert why in call("read", text).out


def test_a_language_that_is_known_need_not_be_guessed(call: Call) -> None:
    assert call("read", "super", "--language", "de", "--json").json["language"] == "de"
    assert call("read", "super", "--language", "nl", "--json").json["language"] == "nl"


def test_a_correction_is_kept_masked_and_holds_from_then_on(call: Call, folder: Path) -> None:
    answers = ("--polarity", "negative", "--mechanisms", "reliability-", "--topics", "delivery")
    found = call("read", TEXT, "--correct", *answers, "--json")
    assert (found.code, found.json["by"], found.json["polarity"]) == (0, "person", -1)
    [line] = (folder / "labels.ndjson").read_text("utf-8").splitlines()
    label = json.loads(line)
    assert label["text"].endswith("Bel [phone]")
    assert (label["polarity"], label["mechanisms"], label["topics"]) == (
        "negative",
        ["reliability-"],
        ["delivery"],
    )
    assert "0612345678" not in line
    again = call("read", TEXT, "--json").json
    assert [(one["topic"], one["mechanism"]) for one in again["statements"]] == [("delivery", "reliability")]
    assert "as a person corrected it" in call("read", TEXT).out


def test_corrections_that_say_nothing_are_refused(call: Call, folder: Path) -> None:
    for arguments, code in (
        (("x", "--correct"), "correct-empty"),
        (("x", "--polarity", "negative"), "correct-missing"),
        (("", "--correct", "--polarity", "negative"), "text-empty"),
        (("x", "--correct", "--lines", "--polarity", "negative"), "correct-lines"),
        (("x", "--correct", "--polarity", "bad"), "label-unknown"),
    ):
        answer = call("read", *arguments, "--json")
        assert (answer.code, answer.error["code"]) == (2, code)
    assert not (folder / "labels.ndjson").exists()


def test_a_person_is_asked_on_a_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("troth.cli.importing.is_interactive", lambda: True)
    answer = call("read", TEXT, "--correct", "--json", input="bad\nmixed\n\nservice\n")
    assert answer.code == 0
    assert "negative" in answer.err
    assert answer.json["polarity"] == 0
    assert {one["topic"] for one in answer.json["statements"]} == {"service"}


def test_control_characters_are_not_obeyed(call: Call) -> None:
    assert "\x1b" not in call("read", "Goed \x1b[31m").out


def test_a_verdict_without_a_mechanism_is_not_told_as_none(call: Call) -> None:
    answers = ("--polarity", "positive", "--mechanisms", "none", "--topics", "service")
    out = call("read", "Top!", "--correct", *answers).out
    assert "good: valence +0.59" in out
    assert "judges nothing" not in out
    assert "It gives a verdict, but names no mechanism: it counts at none.\nIt is about: Service" in out


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
        b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj",
        b"PK\x03\x04\x14\0\x06\0" + bytes(range(1, 256)) * 9,
        bytes(number * 73 % 256 or 1 for number in range(4_000)),
    ],
)
def test_what_is_no_text_is_refused(call: Call, folder: Path, data: bytes) -> None:
    (folder / "photo").write_bytes(data)
    answer = call("read", "--file", "photo", "--json")
    assert (answer.code, answer.error["code"], answer.error["where"]) == (2, "text-binary", "photo")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encoding_it_is_in(call: Call, folder: Path, encoding: str) -> None:
    text = "Schöne Lieferung – für 5 € prima."
    (folder / "text.txt").write_bytes(text.encode(encoding))
    assert call("read", "--file", "text.txt", "--json").json["text"] == text


def test_of_a_very_long_text_the_beginning_is_printed(call: Call, folder: Path) -> None:
    (folder / "long.txt").write_text("De bezorging was te laat. " * 60_000, "utf-8")
    answer = call("read", "--file", "long.txt")
    assert answer.code == 0
    assert len(answer.out) < 5_000
    assert "more characters)" in answer.out
    assert "bezorging te laat" in answer.out
    assert " …" in answer.out.split("Share")[1]


def test_the_share_stays_where_it_is_narrow(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "46")
    out = call("read", TEXT).out
    assert ("Share" in out, "%" in out) == (True, True)

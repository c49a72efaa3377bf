"""YAML as plain data: nothing resolved, everything placed, nothing that hangs or crashes."""

import time

import pytest

from troth.blueprint.document import MAX_CHARACTERS, MAX_NESTING, MAX_PARTS, read
from troth.blueprint.faults import BlueprintError
from troth.texts import use_language


def fault(text: str) -> str:
    with pytest.raises(BlueprintError) as error:
        read(text, "b.yaml")
    return str(error.value)


@pytest.mark.parametrize(
    "written",
    ["no", "on", "yes", "1_000", "0123", "12:30", "2026-01-31", "1e3", "true", ".inf", "<<", "0x1F"],
)
def test_plain_scalars_stay_what_they_look_like(written: str) -> None:
    assert read(f"a: {written}\n{written}: b", "").data == {"a": written, written: "b"}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_nothing(nothing: str) -> None:
    assert read(f"a: {nothing}", "").data == {"a": None}


@pytest.mark.parametrize("written", ["''", '"null"', "'~'"])
def test_what_is_quoted_is_text(written: str) -> None:
    assert read(f"a: {written}", "").data == {"a": written[1:-1]}


def test_every_part_has_its_place() -> None:
    document = read("a:\n  - b: |\n      x\n      y\n  - {c: d}\ne:\n", "")
    assert document.place(("a", 0, "b"), key=True) == (2, 5)
    assert document.place(("a", 0, "b")) == (2, 8)
    assert document.place(("a", 1, "c")) == (5, 9)
    assert document.place(("e",)) == (6, 1)
    assert document.place(("a", 1, "unknown", 7)) == (5, 5)
    assert (document.last_line(("a", 0)), document.last_line(("a", 1))) == (4, 5)


def test_an_alias_stands_for_its_anchor() -> None:
    assert read("a: &x {b: 1}\nc: *x\nd: &y z\ne: *y", "").data == {
        "a": {"b": "1"},
        "c": {"b": "1"},
        "d": "z",
        "e": "z",
    }


def test_a_key_that_stands_twice_is_a_fault_with_both_places() -> None:
    document = read("a: 1\nb: 2\na: 3", "b.yaml")
    assert [(f.line, f.column) for f in document.faults] == [(3, 1)]
    assert "line 1" in document.faults[0].message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b\n\tc: d", "2:1"),
        ("a: [1,", "1:7"),
        ("a: 'x", "1:4"),
        ("key: val: x", "1:9"),
        ("a: \x07", "1:4"),
        ("a: b\nc: \x00", "2:4"),
        ("a: b\n- c", "2:1"),
        ("a: *nothing", "1:4"),
        ("a: &x [*x]", "1:8"),
        ("--- a\n--- b", "2:1"),
        ("? [a]\n: b", "1:3"),
        ("%YAML 3.0\n--- a", "1:1"),
    ],
)
def test_what_is_no_usable_yaml_is_named_in_place(text: str, place: str) -> None:
    assert fault(text).startswith(f"b.yaml:{place}: ")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a:\n\tb: c", "2:1", "A tab stands where the line is indented. Indent with blanks, not with tabs."),
        ("a: 1\n  b: 2", "2:4", "A “:” makes a key of a text where none may stand. Indent the line as"),
        ("a: b: c", "1:5", "A “:” makes a key of a text where none may stand."),
        (
            "a:\n    b: 1\n  c: 2",
            "3:3",
            "This line is indented like none that it could belong to. What belongs",
        ),
        ("a:\n  - x\n - y", "3:2", "This line is indented like none that it could belong to."),
        ("a: 1\nb\nc: 1", "2:1", "This line is neither a key with “:” nor a part of what is above."),
        ("a: 'bc\nd: 1", "1:4", "The quotes that open here are never closed."),
        ('a: "bc\nd: 1', "1:4", "The quotes that open here are never closed."),
        ("a: {b: 1\nc: 2", "2:2", "A comma or “}” is missing before this."),
        ("a: [1, 2\nc: 2", "2:2", "A comma or “]” is missing before this."),
        ("a: }", "1:4", "A value is missing here."),
        ("a: @x", "1:4", "A text may not begin with “@”. Put it into quotes."),
        ("a: %x", "1:4", "A text may not begin with “%”."),
        ('a: "\\d"', "1:6", "“\\d” means nothing in double quotes."),
        ("a: !<x y>", "1:7", "This is not YAML: expected '>' but found ' '."),
    ],
)
def test_what_the_reader_complains_of_is_said_plainly(text: str, place: str, said: str) -> None:
    assert fault(text).startswith(f"b.yaml:{place}: {said}")


def test_what_the_reader_complains_of_is_said_in_the_reader_s_language() -> None:
    with use_language("de"):
        assert "eingerückt" in fault("a:\n    b: 1\n  c: 2")


def test_tags_are_refused() -> None:
    assert "!!python/object" in read("a: !!python/object:os.system x", "").faults[0].message.replace(
        "tag:yaml.org,2002:", "!!"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{a: " * 10_000,
        "\n".join(" " * i + "a:" for i in range(2_000)),
        "- " * 10_000,
    ],
)
def test_deep_nesting_is_refused_quickly(text: str) -> None:
    begun = time.process_time()
    assert str(MAX_NESTING) in fault(text)
    assert time.process_time() - begun < 5


def test_an_alias_bomb_is_refused_quickly() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    begun = time.process_time()
    assert "aliases" in fault("\n".join(levels))
    assert time.process_time() - begun < 5


def test_too_many_parts_are_refused() -> None:
    assert str(MAX_PARTS) in fault("- \n" * (MAX_PARTS + 1))


def test_a_text_too_long_is_refused_unread() -> None:
    begun = time.process_time()
    assert str(MAX_CHARACTERS) in fault("a: b\n" * 2_500_000)
    assert time.process_time() - begun < 1

"""Whatever the file holds, it is a blueprint or it has faults with a place in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from troth.blueprint import Blueprint, BlueprintError, Fault, lint, parse, starter

SHOP = starter("shop").splitlines()
PIECES = st.sampled_from(
    [
        "",
        ":",
        "-",
        "{",
        "}",
        "[",
        "'",
        '"',
        "&a",
        "*a",
        "!x",
        "|",
        "\t",
        "~",
        "null",
        "S2",
        "records",
        "0d",
        "é",
    ]
)


def outcome(text: str) -> Blueprint | list[Fault]:
    try:
        return parse(text, "b.yaml")
    except BlueprintError as error:
        return list(error.faults)


def check(faults: list[Fault], text: str) -> None:
    lines = len(text.splitlines()) + 2  # the end of a text is a line of its own
    assert faults
    assert all(1 <= fault.line <= lines and fault.column >= 1 and fault.message for fault in faults)


@given(text=st.text() | st.text(alphabet=" \n-:{}[]'\"&*!|>#%@`?,ab~\t"))
def test_text_that_is_no_blueprint_has_faults(text: str) -> None:
    found = outcome(text)
    assert isinstance(found, list)
    check(found, text)


@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_blueprint_is_one_or_has_faults(data: st.DataObject) -> None:
    lines = list(SHOP)
    for _damage in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.integers(0, len(lines) - 1))
        column = data.draw(st.integers(0, len(lines[row])))
        cut = data.draw(st.integers(0, 12))
        lines[row] = lines[row][:column] + data.draw(PIECES) + lines[row][column + cut :]
    found = outcome("\n".join(lines))
    if isinstance(found, Blueprint):
        lint(found)
    else:
        check(found, "\n".join(lines))

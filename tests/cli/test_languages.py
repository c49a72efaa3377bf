"""The commands speak one language: nothing English is left in the German and the Dutch help."""

import re

import click
import pytest
from tests.cli.conftest import Call
from tests.cli.test_application import every_command

from troth.cli.application import speak

TRANSLATED = ["de", "nl"]
PATHS = [path for path, _command in every_command()]
CLICK = re.compile(r"Usage:|Options:|Commands:|Positional arguments:|Show this message|\[default|\[required")


def helps(command: click.Command) -> dict[str, str]:
    """What a command says in the language in force, by what it is said of."""
    said = {"": command.help or ""}
    said |= {parameter.name or "": getattr(parameter, "help", "") for parameter in command.params}
    return said


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("path", PATHS)
def test_every_help_differs_from_the_english_one(path: str, language: str, call: Call) -> None:
    command = dict(every_command())[path]
    speak("en")
    english = helps(command)
    answer = call("--lang", language, *path.split()[1:], "--help")
    translated = helps(command)
    speak("en")
    assert [of for of, text in translated.items() if text == english[of]] == []
    assert CLICK.findall(answer.out) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("path", [path for path in PATHS if path in {"troth", "troth quarantine"}])
def test_the_list_of_commands_is_not_cut_short(path: str, language: str, call: Call) -> None:
    lines = call("--lang", language, *path.split()[1:], "--help").out.splitlines()[1:]
    assert [line for line in lines if line.endswith("...")] == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["trust", "--fly"],
        ["init"],
        ["init", "zoo"],
        ["trust", "--limit", "none"],
        ["-C", "/no/where", "trust"],
    ],
)
def test_an_error_is_told_in_the_language_asked_for(arguments: list[str], language: str, call: Call) -> None:
    english, translated = call("--lang", "en", *arguments).err, call("--lang", language, *arguments).err
    assert translated.startswith({"de": "Fehler [", "nl": "Fout ["}[language])
    assert set(translated.splitlines()) & set(english.splitlines()) <= {"\tshop,", "\tinsurer,", "\tbank"}


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["summary"],
        ["moments"],
        ["trust"],
        ["explain", "c1"],
        ["outcome"],
        ["quarantine", "list"],
        ["check"],
    ],
)
@pytest.mark.usefixtures("shop")
def test_no_line_of_an_answer_is_english(arguments: list[str], language: str, call: Call) -> None:
    english, translated = call("--lang", "en", *arguments), call("--lang", language, *arguments)
    assert english.code == translated.code
    left = set(english.out.splitlines()) & set(translated.out.splitlines())
    rows_as_they_came = {line for line in left if line.startswith("  {")}
    assert {line for line in left - rows_as_they_came if re.search(r"[A-Za-z]{4}", line)} == set()

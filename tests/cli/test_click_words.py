"""The list of click's words is click's."""

from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from troth.cli.click_words import WORDS, counted_words
from troth.texts import LOCALE_DIRECTORY


@pytest.fixture(scope="module")
def spoken_by_click() -> set[str]:
    found = extract_from_dir(Path(click.__file__).parent)
    ids = (entry[2] for entry in found)
    return {text for message in ids for text in ([message] if isinstance(message, str) else message)}


def fields(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name}


def test_every_listed_word_is_one_that_click_says(spoken_by_click: set[str]) -> None:
    listed = {word.message for word in WORDS} | {*counted_words(1), *counted_words(2)}
    assert listed - spoken_by_click == set()


@pytest.mark.parametrize("language", ["de", "nl"])
def test_a_translated_word_keeps_its_fields(language: str) -> None:
    with (LOCALE_DIRECTORY / language / "LC_MESSAGES" / "troth.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    faults = [
        word.message
        for word in WORDS
        if (entry := catalogue.get(word.message))
        and entry.string
        and fields(str(entry.string)) != fields(word.message)
    ]
    assert faults == []

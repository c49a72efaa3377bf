"""Every text in the source is translated, and each translation keeps its placeholders."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from troth.texts import LANGUAGES, LOCALE_DIRECTORY

ROOT = Path(__file__).parent.parent
TRANSLATED = [language for language in LANGUAGES if language != "en"]
UNNAMED = re.compile(r"(?<!%)%[dfirs]\b|\{\w*\}")
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[#0-9.]*[a-zX]|\{\w+(?:!r)?\}")
MARKERS = {"_": 1, "lazy": 1, "ngettext": 2}
"""What marks a text, and how many of its arguments are texts."""
CLICK = "troth/cli/click_words.py"
"""Where the placeholders are click's, which are written {so}."""

Texts = dict[tuple[str | None, str | tuple[str, ...]], str]
"""Every text in the source: (context, id) → where it stands."""


@pytest.fixture(scope="module")
def source() -> Texts:
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        ROOT / "src",
        method_map=[(mapping["pattern"], mapping["method"]) for mapping in mappings],
        keywords={**DEFAULT_KEYWORDS, "lazy": None},
    )
    return {(context, message): f"{file}:{line}" for file, line, message, _comments, context in found}


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (LOCALE_DIRECTORY / request.param / "LC_MESSAGES" / "troth.po").open("rb") as file:
        return read_po(file, locale=request.param)


def translations(message: Message | None) -> tuple[str, ...]:
    if message is None:
        return ("",)
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_text_is_translated(source: Texts, catalogue: Catalog) -> None:
    missing = [
        f"{where}: {message!r}"
        for (context, message), where in source.items()
        if not all(translations(catalogue.get(message, context)))
    ]
    assert missing == []


def test_every_marked_text_is_collected(source: Texts) -> None:
    """Babel sees no text inside an f-string, and none that is put together."""
    known = {
        text for _context, message in source for text in ([message] if isinstance(message, str) else message)
    }
    calls = [
        (file, node)
        for file in (ROOT / "src").rglob("*.py")
        if file.name != "texts.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS
    ]
    missed = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file, node in calls
        for text in node.args[: MARKERS[getattr(node.func, "id", "")]]
        if not isinstance(text, ast.Constant) or text.value not in known
    ]
    assert missed == []


def test_every_translation_is_of_a_text(source: Texts, catalogue: Catalog) -> None:
    ids = [(message.context, message.id) for message in catalogue if message.id]
    assert [key for key in ids if key not in source] == []


def test_placeholders_survive_translation(catalogue: Catalog) -> None:
    faults = [f"{message.id!r}: {fault}" for message in catalogue for fault in message.check(catalogue)]
    assert faults == []


def test_a_translation_has_the_same_placeholders_and_the_same_shape(catalogue: Catalog) -> None:
    def shape(text: str) -> tuple[object, ...]:
        start, end = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        commands = sorted(re.findall(r"`troth [a-z]+|--[a-z][a-z-]*|TROTH_[A-Z_]+", text))
        return start, end, text.count("\n\n"), sorted(set(PLACEHOLDER.findall(text))), commands

    faults = [
        (id_, text)
        for message in catalogue
        if message.id
        for id_, text in zip(
            [message.id] if isinstance(message.id, str) else message.id, translations(message), strict=True
        )
        if text and shape(id_) != shape(text)
    ]
    assert faults == []


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_placeholders_are_named(source: Texts) -> None:
    unnamed = [
        f"{where}: {message!r}"
        for (_context, message), where in source.items()
        if not where.startswith(CLICK)
        for text in ([message] if isinstance(message, str) else message)
        if UNNAMED.search(text)
    ]
    assert unnamed == []


def test_no_translation_stands_twice_in_one(catalogue: Catalog) -> None:
    """Two sentences without a blank between them are two translations that were run together."""
    glued = re.compile(r"\w\w[.!?][A-ZÄÖÜ][a-zäöü]")
    found = [
        text for message in catalogue if message.id for text in translations(message) if glued.search(text)
    ]
    assert found == []

import io
from dataclasses import replace

import pytest
from tests.audit.result.example import example, nasty

from troth.audit.result.comparison import compared
from troth.audit.result.shape import AuditResult
from troth.cli.console import Terminal
from troth.cli.views.audit import show_audit, show_comparison
from troth.report.audit.sentences import sentences
from troth.texts import LANGUAGES, use_language


def shown(result: AuditResult, width: int = 80) -> list[str]:
    stream = io.StringIO()
    show_audit(Terminal(file=stream, width=width, highlight=False, emoji=False, markup=False), result)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("width", [40, 60])
def test_what_goes_on_in_a_second_line_stands_below_its_first(width: int) -> None:
    lines = shown(example(), width)
    first = next(place for place, line in enumerate(lines) if line.startswith(" 1. "))
    following = lines[first + 1 : next(n for n, line in enumerate(lines) if line.startswith(" 2. "))]
    assert following
    assert all(line.startswith(" " * 11) and len(line) <= width for line in following)


def test_only_the_words_of_the_shop_stand_in_quotes() -> None:
    text = "\n".join(shown(example(), 120))
    assert "https://shop.test/first-1: “Place 0”" in text
    assert "https://shop.test/first-1: None here." in text
    with use_language("de"):
        assert "„Place 0“" in "\n".join(shown(example(), 120))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_shop_is_only_text(language: str) -> None:
    with use_language(language):
        lines = shown(nasty(language))
    assert "window.pwned=1" in "\n".join(lines)
    assert max(map(len, lines)) <= 80


def test_nothing_is_taken_off_a_score_that_there_is_none_of() -> None:
    made = example()
    assert "take" in "\n".join(shown(made))
    unscored = replace(made, score=replace(made.score, value=None))
    assert "take" not in "\n".join(shown(unscored))
    assert not any("take" in sentence for sentence in sentences(unscored))


def test_what_a_person_is_to_look_at_is_asked() -> None:
    lines = shown(example(), 120)
    told = lines[lines.index("Needs a person's look:") + 1]
    assert told == "  Is it good? [chat-honest]: Look."


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "14 November 2023, 22:13 UTC"),
        ("de", "14. November 2023, 22:13 UTC"),
        ("nl", "14 november 2023, 22:13 UTC"),
    ],
)
def test_times_are_written_as_the_language_does(language: str, day: str) -> None:
    made = example(language)
    stream = io.StringIO()
    with use_language(language):
        assert shown(made, 120)[0] == f"https://shop.test/  {day}"
        show_comparison(Terminal(file=stream, width=120), compared(made, made))
    assert day in stream.getvalue()

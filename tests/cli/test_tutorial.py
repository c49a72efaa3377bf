"""The tutorial shows what the commands print."""

from tools.tutorial import PAGE, rendered


def test_the_tutorial_is_what_the_commands_print() -> None:
    text = PAGE.read_text("utf-8")
    assert rendered(text) == text, "run `python tools/tutorial.py`"

"""The console that results are printed on."""

from typing import Any

from rich.console import Console
from rich.text import Text

from troth.cli.visible import visible


class Terminal(Console):
    """rich's console, but one that obeys no control characters and leaves a broken pipe to the caller."""

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - rich's own options
        """The text as rich draws it, with control characters spelled out."""
        return super().render_str(visible(text), **options)

    def on_broken_pipe(self) -> None:
        """Let the error through; rich would exit with 1, which stands for findings."""
        raise BrokenPipeError

"""The report as one HTML file: `html(twin, language)`. `words` can be had without its weight."""

from typing import Any


def html(twin: dict[str, Any], language: str) -> str:
    """The twin as an HTML page; see `render.html`."""
    from troth.report.page.render import html

    return html(twin, language)

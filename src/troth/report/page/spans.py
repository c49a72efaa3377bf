"""Texts with words of code in them, between backticks as on a terminal, for a page."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from troth.texts import Lazy

_CODE = re.compile(r"`([^`\n]+)`")


def with_code(text: str | Lazy | Markup) -> Markup:
    """`text` as HTML, what stands between backticks in `<code>`; everything in it is escaped.

    >>> with_code("Set `a < b` & go.")
    Markup('Set <code>a &lt; b</code> &amp; go.')
    """
    safe = text if isinstance(text, Markup) else escape(str(text))
    return Markup(_CODE.sub(r"<code>\1</code>", str(safe)))  # noqa: S704 - escaped the line before

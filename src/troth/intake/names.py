"""How headers are compared."""

import re

_GAPS = re.compile(r"[\s_\-]+")


def squeezed(header: str) -> str:
    """`header` as headers are compared: without case, blanks, hyphens and underscores."""
    return _GAPS.sub("", header).casefold()

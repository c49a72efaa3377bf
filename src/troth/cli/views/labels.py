"""Lines of the file of labels that nobody can read."""

from collections.abc import Iterator, Sequence

from troth.reading.labels import Damaged
from troth.texts import ngettext

MOST_SHOWN = 10


def damaged_lines(found: Sequence[Damaged]) -> Iterator[str]:
    """How many there are, then where and why, the first ones of them; the same hint once."""
    if not found:
        return
    yield ngettext(
        "%(n)d line of labels cannot be read. It is left as it is; the other labels are used.",
        "%(n)d lines of labels cannot be read. They are left as they are; the other labels are used.",
        len(found),
    ) % {"n": len(found)}
    told = ""
    for one in found[:MOST_SHOWN]:
        yield f"  {one.where}: {one.message} {'' if one.hint == told else one.hint}".rstrip()
        told = one.hint or told
    if len(found) > MOST_SHOWN:
        yield "  …"

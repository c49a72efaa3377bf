"""What the YAML reader complains of, in our words, with a hint at what is mostly behind it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError

from troth.blueprint.faults import Fault
from troth.texts import _


class _Reading(NamedTuple):
    """A complaint: how it begins, what to say, whether it is about where the part began."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], tuple[str, str]]
    from_start: bool = False


def _indent() -> str:
    return _("What belongs together begins in the same column. Indent with blanks, not with tabs.")


_READINGS = (
    _Reading(
        re.compile(r"found character '\\t'"),
        lambda _m: (_("A tab stands where the line is indented."), _("Indent with blanks, not with tabs.")),
    ),
    _Reading(
        re.compile(r"found character '(?P<sign>.)' that cannot start"),
        lambda m: (
            _("A text may not begin with “%(sign)s”.") % {"sign": m["sign"]},
            _("Put it into quotes."),
        ),
    ),
    _Reading(
        re.compile(r"expected <block end>"),
        lambda _m: (_("This line is indented like none that it could belong to."), _indent()),
    ),
    _Reading(
        re.compile(r"mapping values are not allowed"),
        lambda _m: (
            _("A “:” makes a key of a text where none may stand."),
            _("Indent the line as its neighbours are, or put a text with a “:” into quotes."),
        ),
    ),
    _Reading(
        re.compile(r"could not find expected ':'"),
        lambda _m: (_("This line is neither a key with “:” nor a part of what is above."), _indent()),
        from_start=True,
    ),
    _Reading(
        re.compile(r"found unexpected end of stream"),
        lambda _m: (_("The quotes that open here are never closed."), ""),
        from_start=True,
    ),
    _Reading(
        re.compile(r"expected ',' or '(?P<sign>[}\]])'"),
        lambda m: (
            _("A comma or “%(sign)s” is missing before this.") % {"sign": m["sign"]},
            _("Put a text with one of , : { } [ ] into quotes."),
        ),
    ),
    _Reading(
        re.compile(r"expected the node content"),
        lambda _m: (
            _("A value is missing here."),
            _("Put a text that begins with a sign into quotes."),
        ),
    ),
    _Reading(
        re.compile(r"found unknown escape character '(?P<sign>.)'"),
        lambda m: (
            _("“\\%(sign)s” means nothing in double quotes.") % {"sign": m["sign"]},
            _("Put the text into single quotes."),
        ),
    ),
)


def misread(error: MarkedYAMLError) -> Fault:
    """The reader's complaint as a fault, in its place."""
    problem = str(error.problem or error.context)
    mark = error.problem_mark or error.context_mark
    message, hint = _("This is not YAML: %(problem)s.") % {"problem": problem}, ""
    for reading in _READINGS:
        if match := reading.pattern.search(problem):
            message, hint = reading.say(match)
            mark = error.context_mark if reading.from_start and error.context_mark else mark
            break
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Fault(line, column, message, hint)

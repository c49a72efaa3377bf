"""Every text a user sees, in English, German and Dutch.

A text is an English message id, marked with `_`, `ngettext` or `pgettext`, and translated by that call:

    _("No such mechanism.")
    ngettext("%(n)d record", "%(n)d records", n) % {"n": n}

Placeholders are written one way: named and %-style, filled in after the translation, never inside the call.
So a translator sees the whole sentence, and the catalogues' placeholders can be checked against it. A literal
percent sign is doubled in a text with placeholders. Numbers, shares and dates are formatted by `number`,
`percent` and `date` first and put in as `%(name)s`.

What is made before the language is known (a constant, a field of a vocabulary, the help of a command) is
marked with `lazy` and translated each time it becomes a `str`.

The language is that of the context (`use_language`: a request, a report), else that of the process
(`set_language`: the command line), else English. A text without a translation stays English.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from troth.errors import UsageError, nearest

if TYPE_CHECKING:
    import datetime as dt

    from babel.core import Locale
    from babel.numbers import NumberPattern

LANGUAGES = ("en", "de", "nl")
LOCALE_DIRECTORY = Path(__file__).parent / "locale"

_WRITTEN_AS = {"en": "en_GB"}
"""Whose way of writing numbers, days and times a language takes, where it has several."""

_process_language = "en"
_context_language: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The language in force: one of `LANGUAGES`."""
    return _context_language.get() or _process_language


def set_language(name: str) -> None:
    """Make `name` the language of the whole process, in every thread; `UsageError` unless in `LANGUAGES`."""
    global _process_language  # noqa: PLW0603 - the one setting that is the process's
    _process_language = _checked(name)


@contextmanager
def use_language(name: str) -> Iterator[None]:
    """Make `name` the language of this context until the block ends; `UsageError` unless in `LANGUAGES`."""
    token = _context_language.set(_checked(name))
    try:
        yield
    finally:
        _context_language.reset(token)


def language_from_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the first set one of LANGUAGE, LC_ALL, LC_MESSAGES and LANG asks for, else English.

    LANGUAGE may list several, separated by colons: the first that Troth speaks is taken.
    """
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := environment.get(variable):
            spoken = (name[:2].lower() for name in wanted.split(":") if not name[2:3].isalpha())
            return next((name for name in spoken if name in LANGUAGES), "en")
    return "en"


def _(message: str) -> str:
    """`message` in the language in force."""
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the text that `n` things take, in the language in force."""
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """`message` in the language in force; `context` says which meaning, where an English word has several."""
    return _catalogue(language()).pgettext(context, message)


class Lazy:
    """A text translated whenever it is used as a string. Equal to, and hashed as, its English message id.

    It behaves as a `str` in f-strings, `%`, templates and method calls; where a real `str` is demanded
    (`str.join`, JSON) it fails loudly instead of staying English: call `str()` on it there.
    """

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return _(self.message)

    def __repr__(self) -> str:
        return f"lazy({self.message!r})"

    def __format__(self, specification: str) -> str:
        return format(str(self), specification)

    def __mod__(self, values: Mapping[str, object]) -> str:
        return str(self) % values

    def __len__(self) -> int:
        return len(str(self))

    def __contains__(self, part: str) -> bool:
        return part in str(self)

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: str) -> str:
        return other + str(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and self.message == other.message

    def __hash__(self) -> int:
        return hash(self.message)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever `str` has under that name
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(str(self), name)


def lazy(message: str) -> Lazy:
    """`message` in the language that is in force when it is used, not when this is called.

    For constants and for `click`'s help. (`click.Option` reads its help when it is made; a subclass that sets
    `self.help` again afterwards keeps it lazy.)
    """
    return Lazy(message)


def locale() -> Locale:
    """How numbers, days and times are written in the language in force; English as in Europe."""
    return _locale(language())


def number(value: float, digits: int = 0) -> str:
    """`value` with exactly `digits` decimals and the language's separators: 1,234.5 or 1.234,5."""
    written = locale()
    return str(_fixed(written.decimal_formats[None], digits).apply(value, written))


def percent(share: float, digits: int = 0) -> str:
    """`share` (1 is the whole) in percent with exactly `digits` decimals: 12.5% or 12,5 %."""
    written = locale()
    return str(_fixed(written.percent_formats[None], digits).apply(share, written))


def date(day: dt.date, style: Literal["short", "medium", "long", "full"] = "medium") -> str:
    """`day` as the language writes it; a datetime is taken at its own calendar day."""
    from babel.dates import format_date

    return format_date(day, style, locale())


def moment(when: dt.datetime) -> str:
    """`when`, a time in UTC, as the language writes it: 31 January 2026, 13:06 UTC."""
    from babel.dates import format_time

    time = format_time(when, "short", locale=locale())
    return f"{date(when, 'long')}, {time} UTC"


def _checked(name: str) -> str:
    if name in LANGUAGES:
        return name
    near = nearest(name, LANGUAGES)
    raise UsageError(
        "language-unknown",
        _("Troth does not speak %(language)r.") % {"language": name},
        _("Did you mean %(near)s?") % {"near": near} if near else "",
        allowed=LANGUAGES,
    )


def language_name(code: str) -> str:
    """The name of the language with an ISO 639-1 code, in the language in force; the code if it has none.

    >>> language_name("nl")
    'Dutch'
    """
    return str(locale().languages.get(code, code))


@cache
def _catalogue(name: str) -> _gettext.NullTranslations:
    return _gettext.translation("troth", LOCALE_DIRECTORY, [name], fallback=True)


@cache
def _locale(name: str) -> Locale:
    from babel.core import Locale

    return Locale.parse(_WRITTEN_AS.get(name, name))


@cache
def _fixed(pattern: NumberPattern, digits: int) -> NumberPattern:
    from copy import copy

    fixed = copy(pattern)
    fixed.frac_prec = (digits, digits)
    return fixed

"""What all pages of Troth share: one file that loads nothing, in both themes, on screen and on paper."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from troth import texts
from troth.report.page import palette, words
from troth.report.page.spans import with_code

_PAGE = "troth.report.page"
_ASSETS = files(_PAGE) / "assets"
_PLACES_TO_BREAK = re.compile(r"(?<=[^/:]/)(?=[^/])|(?<=\w[-_=])(?=\w)|(?<=.)(?=[?&#])")


def policy(style: str, scripts: Sequence[str] = ()) -> str:
    """A content security policy: nothing is loaded, and only what is named by its hash takes effect."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def style(*sheets: Traversable) -> str:
    """The style sheet of a page: the colours, what all pages share, its own `sheets`, and the paper's."""
    own = [_ASSETS / "base.css", *sheets, _ASSETS / "print.css"]
    return palette.custom_properties() + "".join(sheet.read_text("utf-8") for sheet in own)


@cache
def environment(package: str) -> Environment:
    """The templates of `package`, on top of those that all pages share; whatever they show is escaped."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(_PAGE)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(texts._, texts.ngettext, newstyle=False)  # type: ignore[attr-defined]
    written = (
        words.balance, words.coded, words.day, words.digits, words.evidence, words.experiences,
        words.grammatical_number, words.interval, words.iso_day, words.iso_moment, words.limits,
        words.number, words.points, words.share, words.short_day, words.signed, words.signed_interval,
        words.weight,
    )  # fmt: skip
    made.globals.update({function.__name__: function for function in written})
    made.globals["linked"] = unlinked
    made.filters["coordinate"] = words.coordinate
    made.filters["breakable"] = words.breakable
    made.filters["quoted"] = words.quoted
    made.filters["with_code"] = with_code
    made.filters["address"] = breakable_address
    return made


def unlinked(text: str, *_address: str) -> str:
    """`text` as it is: in a file there are no other pages to go to."""
    return text


def breakable_address(address: str) -> Markup:
    """An address that a line may break after slashes, hyphens and the like, and before its parameters.

    >>> breakable_address("https://shop.example/all-lamps?page=2")
    Markup('https://shop.example/<wbr>all-<wbr>lamps<wbr>?page=<wbr>2')
    """
    return Markup("<wbr>").join(_PLACES_TO_BREAK.split(address))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

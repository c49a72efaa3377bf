"""The HTML report: one file that loads nothing."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from troth import texts
from troth.report.page import marks, palette, words
from troth.report.page.view import context
from troth.report.twin import from_json

_ASSETS = files("troth.report.page") / "assets"


def html(twin: dict[str, Any], language: str) -> str:
    """The twin as an HTML page in `language` (`en`, `de`, `nl`), with everything it needs inside.

    The page draws what the twin holds and computes nothing but where things lie. Every text of the twin is
    shown, never run. Raises UsageError for an unknown language and pydantic's ValidationError for a dict that
    is no twin.
    """
    report = from_json(twin)
    with texts.use_language(language):
        shown = context(report)
        style, scripts = _style(), [_bundle(), _script()] if shown["index_chart"] else []
        template = _environment().get_template("report.html")
        return template.render(shown, style=style, scripts=scripts, policy=_policy(style, scripts))


def _policy(style: str, scripts: list[str]) -> str:
    """A content security policy: nothing is loaded, and only what is named by its hash takes effect."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    sheets = ("base.css", "pictures.css", "sections.css", "print.css")
    return palette.custom_properties() + "".join((_ASSETS / sheet).read_text("utf-8") for sheet in sheets)


@cache
def _script() -> str:
    return (_ASSETS / "live.js").read_text("utf-8")


@cache
def _bundle() -> str:
    """Vega, Vega-Lite and vega-embed as vl-convert ships them; `</script` in a text would end the element."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).replace(
        "</script", r"<\/script"
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("troth.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(texts._, texts.ngettext, newstyle=False)  # type: ignore[attr-defined]
    written = (
        words.balance, words.coded, words.day, words.digits, words.evidence, words.experiences,
        words.grammatical_number, words.interval, words.limits, words.number, words.points, words.share,
        words.short_day, words.signed, words.signed_interval, words.weight, marks.mark, marks.tint,
    )  # fmt: skip
    environment.globals.update({function.__name__: function for function in written})
    environment.filters["coordinate"] = words.coordinate
    environment.filters["breakable"] = words.breakable
    return environment

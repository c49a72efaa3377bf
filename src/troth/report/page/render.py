"""The HTML report: one file that loads nothing."""

from functools import cache
from importlib.resources import files
from typing import Any

from troth import texts
from troth.report import document
from troth.report.page import marks
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
        template = document.environment(__package__).get_template("report.html")
        return template.render(
            shown, style=style, scripts=scripts, policy=document.policy(style, scripts),
            mark=marks.mark, tint=marks.tint,
        )  # fmt: skip


@cache
def _style() -> str:
    return document.style(_ASSETS / "pictures.css", _ASSETS / "sections.css")


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

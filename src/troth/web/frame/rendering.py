"""Pages as HTML: the layout, the menu, the page's own template."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from troth import __version__, texts
from troth.report.page import marks, words
from troth.web.access.rights import Visitor

_FRAME = "troth.web.frame"


@cache
def environment(package: str) -> Environment:
    """The templates of `package`, on top of the frame's; whatever they show is escaped."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, "."), PackageLoader(_FRAME)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(texts._, texts.ngettext, newstyle=False)  # type: ignore[attr-defined]
    written = (
        words.balance, words.coded, words.day, words.digits, words.evidence, words.experiences,
        words.grammatical_number, words.interval, words.limits, words.number, words.points, words.share,
        words.short_day, words.signed, words.signed_interval, words.weight,
    )  # fmt: skip
    made.globals.update({function.__name__: function for function in written})
    made.globals.update(version=__version__, mark=marks.mark, tint=marks.tint)
    made.filters["coordinate"] = words.coordinate
    made.filters["breakable"] = words.breakable
    return made


def page_response(
    request: Request, package: str, name: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HTMLResponse:
    """The template `name` of `package`, in the language in force."""
    visitor = getattr(request.state, "visitor", None)
    template = environment(package).get_template(name)
    shown = {
        "language": texts.language(),
        "title": title,
        "menu": request.app.state.menu,
        "here": request.url.path,
        "visitor": visitor if isinstance(visitor, Visitor) else None,
        "asset": request.app.state.assets.address,
        "form_token": getattr(request.state, "form_token", ""),
        **context,
    }
    return HTMLResponse(template.render(shown), status_code=status)

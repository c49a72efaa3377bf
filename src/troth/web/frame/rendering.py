"""Pages as HTML: the layout, the menu, the page's own template."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from troth import __version__, texts
from troth.report.page import marks, words
from troth.report.page.spans import with_code
from troth.web.access.forms import take_notice
from troth.web.access.rights import ROLE_NAMES, Visitor
from troth.web.frame import notices, preferences
from troth.web.frame.addresses import with_query, written

if TYPE_CHECKING:
    from jinja2.runtime import Context

_FRAME = "troth.web.frame"
_REPORT = "troth.report.page"
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "nl": "Nederlands"}


@cache
def environment(package: str) -> Environment:
    """The templates of `package`, on top of the frame's and the report's; whatever they show is escaped."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, "."), PackageLoader(_FRAME), PackageLoader(_REPORT)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(texts._, texts.ngettext, newstyle=False)  # type: ignore[attr-defined]
    written_words = (
        words.balance, words.coded, words.day, words.digits, words.evidence, words.experiences,
        words.grammatical_number, words.interval, words.limits, words.number, words.points, words.share,
        words.short_day, words.signed, words.signed_interval, words.weight,
    )  # fmt: skip
    made.globals.update({function.__name__: function for function in written_words})
    made.globals.update(
        version=__version__, mark=marks.mark, tint=marks.tint, mark_words=marks.MARK_WORDS,
        linked=linked, address=address, language_names=LANGUAGE_NAMES, themes=preferences.THEMES,
        role_names=ROLE_NAMES,
    )  # fmt: skip
    made.filters["coordinate"] = words.coordinate
    made.filters["breakable"] = words.breakable
    made.filters["quoted"] = words.quoted
    made.filters["with_code"] = with_code
    return made


@pass_context
def address(context: Context, *parts: str) -> str:
    """Where `/parts/…` is, with the period and the segment that are chosen now."""
    asked = context.get("asked")
    kept = asked.filters.kept() if asked else {}
    return with_query("/" + "/".join(map(written, parts)), kept)


@pass_context
def linked(context: Context, text: str, *parts: str) -> Markup:
    """`text` as a link to `/parts/…`."""
    return Markup('<a href="{}">{}</a>').format(address(context, *parts), text)


def page_response(
    request: Request, package: str, name: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HTMLResponse:
    """The template `name` of `package`, in the language in force."""
    visitor = getattr(request.state, "visitor", None)
    template = environment(package).get_template(name)
    query = f"?{request.url.query}" if request.url.query else ""
    shown = {
        "language": texts.language(),
        "theme": preferences.theme_of(request),
        "title": title,
        "menu": request.app.state.menu,
        "here": request.url.path,
        "under": "",
        "base": request.app.state.access.settings.url or str(request.base_url).rstrip("/"),
        "back": request.url.path + query,
        "visitor": visitor if isinstance(visitor, Visitor) else None,
        "form_token": getattr(request.state, "form_token", ""),
        "said": notices.said(request),
        "asset": request.app.state.assets.address,
        "asked": None,
        "error": None,
        "notice": take_notice(request),
        "late_s": 0.0,
        **context,
    }
    response = HTMLResponse(template.render(shown), status_code=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Cookie, Accept-Language"
    notices.unsay(request, response)
    return response

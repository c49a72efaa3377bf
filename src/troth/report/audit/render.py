"""The page of an audit."""

from functools import cache
from importlib.resources import files

from troth import texts
from troth.audit.result.shape import AuditResult
from troth.report import document
from troth.report.audit.view import context

_ASSETS = files("troth.report.audit") / "assets"
_PICTURES = files("troth.report.page") / "assets"


def html(result: AuditResult) -> str:
    """The result as an HTML page in the result's language, with everything it needs inside.

    What the shop wrote (quotes, addresses, selectors) is shown, never run. Raises UsageError for a language
    that Troth does not speak.
    """
    with texts.use_language(result.language):
        sheet = style()
        template = document.environment(__package__).get_template("audit.html")
        return template.render(context(result), style=sheet, policy=document.policy(sheet))


@cache
def style() -> str:
    """The style sheet of an audit's pages."""
    return document.style(_PICTURES / "pictures.css", _PICTURES / "sections.css", _ASSETS / "audit.css")

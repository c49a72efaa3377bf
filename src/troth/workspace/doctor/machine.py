"""What audits need of the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from troth.errors import UsageError
from troth.texts import _
from troth.workspace.doctor.check import Check
from troth.workspace.doctor.patient import Patient

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FONTS = {".ttf", ".otf", ".ttc", ".pfb", ".woff", ".woff2"}


def browser(_patient: Patient) -> Check:
    """Whether `troth audit` finds a browser."""
    from troth.audit.browser.finding import required

    if find_spec("playwright") is None:
        return Check(
            "browser",
            "note",
            _("`troth audit` is not installed."),
            _("If shops are to be audited: pip install 'troth[audit]'."),
            "audit-missing",
        )
    try:
        path = required()
    except UsageError as error:
        what = _("`troth audit` finds no browser: %(reason)s") % {"reason": error.message}
        return Check("browser", "note", what, error.hint, error.code)
    return Check("browser", "fine", _("Audits use %(path)s.") % {"path": path}, figures={"path": str(path)})


def fonts(_patient: Patient) -> Check | None:
    """Whether pages in it have letters: a minimal Linux has no fonts at all."""
    if sys.platform != "linux":
        return None
    if next(_fonts(), None) is not None:
        return Check("fonts", "fine", _("There are fonts for the pages that audits look at."))
    return Check(
        "fonts",
        "note",
        _("There are no fonts: pages that audits look at would show boxes for letters."),
        _("Install some, such as Debian's fonts-liberation and fonts-noto-color-emoji."),
        "fonts-missing",
    )


def _fonts() -> Iterator[Path]:
    for folder in FONT_FOLDERS:
        yield from (path for path in Path(folder).expanduser().rglob("*") if path.suffix.lower() in _FONTS)

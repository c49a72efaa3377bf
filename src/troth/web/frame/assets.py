"""Files that do not change while the server runs: style sheets, scripts. Their names carry their digest."""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from troth.errors import TrothError
from troth.report.page import palette
from troth.texts import _

_STATIC = files("troth.web.frame") / "static"
_REPORT = files("troth.report.page") / "assets"
_SHEETS = (
    _REPORT / "base.css",
    _REPORT / "pictures.css",
    _REPORT / "sections.css",
    _STATIC / "frame.css",
    _STATIC / "rooms.css",
    _STATIC / "parts.css",
    _STATIC / "access.css",
    _REPORT / "print.css",
    _STATIC / "paper.css",
)
"""What makes up `troth.css`, in its order: the report's looks, the server's own, paper last."""
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


class Assets:
    """The files of `web/frame/static`, in memory, under addresses that change with their content."""

    @cached_property
    def _files(self) -> dict[str, bytes]:
        found = {
            file.name: file.read_bytes()
            for file in _STATIC.iterdir()
            if file.name.rpartition(".")[2] in _TYPES and file not in _SHEETS
        }
        sheets = "".join(sheet.read_text("utf-8") for sheet in _SHEETS)
        found["troth.css"] = (palette.custom_properties() + sheets).encode()
        return found

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {
            name: f"{hashlib.sha256(content).hexdigest()[:12]}/{name}"
            for name, content in self._files.items()
        }

    def address(self, name: str) -> str:
        """Where the file `name` is served."""
        return f"/static/{self._addresses[name]}"

    def respond(self, request: Request) -> Response:
        """The file that is asked for; it may be kept for a year."""
        name, digest = request.path_params["name"], request.path_params["digest"]
        if name not in self._files or self._addresses[name] != f"{digest}/{name}":
            raise TrothError("page-missing", _("There is nothing at this address."))
        return Response(
            self._files[name],
            media_type=_TYPES[name.rpartition(".")[2]],
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

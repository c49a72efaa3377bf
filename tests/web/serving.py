"""A small shop behind the application, and visitors with the rights that a test needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from troth.web.access.rights import Right, Visitor
from troth.web.application import application
from troth.workspace.live import Live

EVERY = frozenset(Right)
FORM_TOKEN = "the token of the page's form"  # noqa: S105 - one of a test


class Let:
    """Middleware that lets in whoever `visitor` makes, as access does for those who have signed in."""

    def __init__(self, app: ASGIApp, visitor: Callable[[], Visitor | None]) -> None:
        self.app, self.visitor = app, visitor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (found := self.visitor()):
            scope.setdefault("state", {}).update(visitor=found, session=None, form_token=FORM_TOKEN)
        await self.app(scope, receive, send)


def visitor(*rights: Right) -> Visitor:
    return Visitor("tester@example.org", "Tester", frozenset(rights) or EVERY)


class Browser(TestClient):
    """Sends forms as pages do: with their token."""

    def post(self, url: str, *, data: dict[str, str] | None = None, **more: Any) -> httpx2.Response:  # noqa: ANN401 - the client’s own options
        given = data if str(url).startswith("/api/") else {"form_token": FORM_TOKEN, **(data or {})}
        return super().post(url, data=given, **more)


@contextmanager
def client(live: Live, who: Visitor | None = None) -> Iterator[TestClient]:
    """A client whose requests come from `who`, by default from somebody who may do everything."""
    found = visitor() if who is None else who
    app = application(live)
    app.user_middleware.clear()  # the gate has tests of its own
    with Browser(Let(app, lambda: found), raise_server_exceptions=True) as running:
        yield running


def write(folder: Path, blueprint: str) -> Path:
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    return folder

"""A small shop behind the application, and visitors with the rights that a test needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from troth.web.access.rights import Right, Visitor
from troth.web.application import application
from troth.workspace.live import Live

EVERY = frozenset(Right)


class Let:
    """Middleware that lets in whoever `visitor` makes, as access does for those who have signed in."""

    def __init__(self, app: ASGIApp, visitor: Callable[[], Visitor | None]) -> None:
        self.app, self.visitor = app, visitor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (found := self.visitor()):
            scope.setdefault("state", {})["visitor"] = found
        await self.app(scope, receive, send)


def visitor(*rights: Right) -> Visitor:
    return Visitor("tester@example.org", "Tester", frozenset(rights) or EVERY)


@contextmanager
def client(live: Live, who: Visitor | None = None) -> Iterator[TestClient]:
    """A client whose requests come from `who`, by default from somebody who may do everything."""
    found = visitor() if who is None else who
    with TestClient(Let(application(live), lambda: found), raise_server_exceptions=True) as running:
        yield running


def write(folder: Path, blueprint: str) -> Path:
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    return folder

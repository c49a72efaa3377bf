"""A running server for tests: a small workspace, people who are signed in, programs with keys."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.cli.conftest import BLUEPRINT, ORDERS

from troth.store.office.tables import trail
from troth.web.access import accounts, keys, sessions
from troth.web.access.passwords import Passwords
from troth.web.access.rights import RIGHTS, Right, Role
from troth.web.access.settings import AccessSettings
from troth.web.access.state import Access
from troth.web.access.tokens import form_token
from troth.web.application import application
from troth.workspace.live import Live

BASE = "http://localhost:8765"


def shop(folder: Path) -> Path:
    """A workspace with four orders, one of them in quarantine."""
    (folder / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Served:
    """A server in this process; its clients follow no redirects, which tests want to see."""

    live: Live
    app: FastAPI

    @property
    def access(self) -> Access:
        """What access remembers."""
        found: Access = self.app.state.access
        return found

    def trail(self) -> list[tuple[str, str, str]]:
        """Actor, action and subject of every line of the trail, the oldest first."""
        with self.live.office.transaction() as connection:
            lines = connection.execute(select(trail).order_by(trail.c.id))
            return [(line.actor, line.action, line.subject) for line in lines]

    def with_password(self, role: Role, password: str, email: str = "") -> accounts.Account:
        """An account that has a password."""
        who = self.account(role, email)
        with self.live.office.transaction() as connection:
            accounts.change(connection, who.id, password_hash=self.access.passwords.kept(password))
        return who

    def anybody(self, *, base: str = BASE) -> TestClient:
        """A browser that nobody is signed in with."""
        return TestClient(self.app, base_url=base, follow_redirects=False)

    def account(self, role: Role = Role.ADMIN, email: str = "") -> accounts.Account:
        """An account of that role, made when it is not there."""
        email = email or f"{role.value}@example.com"
        with self.live.office.transaction() as connection:
            found = accounts.by_email(connection, email)
            return found or accounts.make(connection, email, role.value.title(), role, self.live.now_ms())

    def signed_in(self, role: Role = Role.ADMIN, email: str = "", *, base: str = BASE) -> TestClient:
        """A browser that an account of that role is signed in with; its headers carry the form's token."""
        who = self.account(role, email)
        with self.live.office.transaction() as connection:
            token = sessions.start(connection, who, "tests", "testclient", self.live.now_ms())
        client = self.anybody(base=base)
        client.cookies.set("troth-session", token)
        client.headers["X-Form-Token"] = form_token(token)
        return client

    def with_key(self, *scopes: Right, role: Role = Role.ADMIN) -> TestClient:
        """A program with a key of these scopes; without any, of all that the role may."""
        who = self.account(role)
        wanted = scopes or tuple(RIGHTS[role])
        with self.live.office.transaction() as connection:
            _key, secret = keys.make(connection, who.id, "tests", wanted, 30, self.live.now_ms())
        client = self.anybody()
        client.headers["Authorization"] = f"Bearer {secret}"
        return client


@contextmanager
def served(folder: Path, settings: AccessSettings | None = None) -> Iterator[Served]:
    """The server over the workspace in `folder`."""
    with Live.open(folder) as live:
        with live.changing() as workspace:
            workspace.import_("orders", folder / "orders.csv")
        app = application(live, settings)
        app.state.access.passwords = Passwords(1, 8, 1)  # hundreds of tries; the real costs have their test
        yield Served(live, app)


def page_token(client: TestClient, path: str) -> str:
    """The token that the forms of a page carry."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', client.get(path).text)
    assert found, path
    return found[1]


def send(client: TestClient, page: str, fields: dict[str, str], to: str = "") -> Response:
    """Open a page and send its form, as a browser does."""
    return client.post(to or page, data={"form_token": page_token(client, page), **fields})

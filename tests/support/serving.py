"""A running server for tests: a small workspace, people who are signed in, programs with keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient
from tests.cli.conftest import BLUEPRINT, ORDERS

from troth.web.access import accounts, keys, sessions
from troth.web.access.rights import RIGHTS, Right, Role
from troth.web.access.settings import AccessSettings
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
    app: object

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
        yield Served(live, application(live, settings))

"""`troth account`: the people who sign in at the server; also when nobody can any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import Group, argument, declare_in, json_option, option
from troth.errors import UsageError
from troth.texts import _, lazy

if TYPE_CHECKING:
    from troth.store.office import Office

ROLES = ("viewer", "case-worker", "analyst", "admin")
ACTOR = "command line"
"""Who did it, in the trail."""

command = Group(
    "account",
    help=lazy(
        "The people who sign in at the server: list, invite, link.\n\n"
        "Works while the server runs, and when everybody is locked out: whoever may write in the workspace's "
        "folder, or knows TROTH_STORE, may do this."
    ),
)


@contextmanager
def _office(invocation: Invocation) -> Iterator[Office]:
    """The office of the workspace, which must be there already."""
    from troth.store.office import Office
    from troth.workspace import Workspace

    with Workspace.open(invocation.folder) as workspace:
        folder = workspace.folder
    with Office.open(folder) as office:
        yield office


@declare_in(command, "list", lazy("List the accounts."))
@json_option
@click.pass_obj
def list_(invocation: Invocation) -> None:
    """Print them, by address."""
    from troth.web.access import accounts

    with _office(invocation) as office, office.transaction() as connection:
        found = accounts.everyone(connection)
    if invocation.json:
        shown = ("email", "name", "role", "has_password", "created_ms", "last_seen_ms", "disabled_ms")
        invocation.emit([{name: getattr(one, name) for name in shown} for one in found])
        return
    from troth.cli.views.account import show_accounts

    show_accounts(invocation.console(), found)


@declare_in(command, "invite", lazy("Make an account, and print the one-time link that lets its owner in."))
@argument("email", help=lazy("E-mail address."))
@option("--role", type=click.Choice(ROLES), default="viewer", show_default=True, help=lazy("What it is."))
@option("--name", metavar="NAME", help=lazy("Whose it is; else the address's first part."))
@click.pass_obj
def invite(invocation: Invocation, email: str, role: str, name: str | None) -> None:
    """Make it and print the link."""
    from troth.web.access import administering
    from troth.web.access.rights import Role

    with _office(invocation) as office, office.transaction() as connection:
        _made, token = administering.invite(connection, ACTOR, email, name or "", Role(role), _now_ms())
    _print_link(invocation, token)


@declare_in(
    command, "link", lazy("Print a one-time link by which an account's owner chooses a password anew.")
)
@argument("email", help=lazy("E-mail address."))
@option("--enable", is_flag=True, help=lazy("Let the account in again, if it is disabled."))
@click.pass_obj
def link(invocation: Invocation, email: str, enable: bool) -> None:
    """Make the link and print it."""
    from troth.web.access import accounts, administering

    now_ms = _now_ms()
    with _office(invocation) as office, office.transaction() as connection:
        found = accounts.by_email(connection, accounts.email_of(email))
        if found is None:
            known = [one.email for one in accounts.everyone(connection)]
            raise UsageError("account-unknown", _("There is no such account."), allowed=known)
        if enable:
            found = administering.enable(connection, ACTOR, found.id, now_ms)
        if found.disabled_ms is not None:
            raise UsageError("account-disabled", _("This account is disabled."), _("Add --enable."))
        token = administering.link(connection, ACTOR, found.id, now_ms)
    _print_link(invocation, token)


def _now_ms() -> int:
    import time

    return time.time_ns() // 1_000_000


def _print_link(invocation: Invocation, token: str) -> None:
    from troth.web.access.settings import AccessSettings
    from troth.workspace.presence import announcement

    settings = AccessSettings.read()
    running = None if settings.url else announcement(invocation.folder)
    click.echo(f"{running.address if running else settings.base}/invitation/{token}")
    invocation.note(_("It can be used once, within seven days."))

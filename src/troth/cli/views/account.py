"""The accounts of the server."""

from rich.console import Console

from troth.cli.views.tables import Column, table
from troth.texts import _
from troth.web.access.accounts import Account
from troth.web.access.rights import ROLE_NAMES
from troth.web.frame.moments import moment


def show_accounts(console: Console, accounts: list[Account]) -> None:
    """Print who there is."""
    if not accounts:
        console.print(_("There is no account yet. The server prints a link that makes the first one."))
        return
    columns = [
        Column(_("E-mail address")),
        Column(_("Name"), spare=2),
        Column(_("Role")),
        Column(_("Last seen (UTC)"), spare=1),
        Column(_("State")),
    ]
    rows = [
        [one.email, one.name, str(ROLE_NAMES[one.role]), moment(one.last_seen_ms), _state(one)]
        for one in accounts
    ]
    console.print(table(console, columns, rows))


def _state(one: Account) -> str:
    if one.disabled_ms is not None:
        return _("disabled")
    came = one.has_password or one.last_seen_ms is not None
    return _("may come in") if came else _("invited, not come yet")

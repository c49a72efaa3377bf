"""What administrators do with accounts."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from troth.texts import _
from troth.web.access import accounts, administering
from troth.web.access.accounts import Account
from troth.web.access.rights import Right, Role
from troth.web.access.state import Access, Notice, access_in
from troth.web.frame.action import Action, Asking, Done, Form
from troth.workspace.live import Live

BACK = "/settings/people"


@dataclass(frozen=True, slots=True)
class Changed:
    """The account as it is now; `link`: what its owner comes in by, once, within seven days."""

    id: int
    email: str
    role: Role
    disabled: bool
    link: str | None = None


class InviteForm(Form):
    """Who is invited, and as what; without a name the address's first part is taken."""

    email: str = Field(max_length=400)
    name: str = Field("", max_length=400)
    role: Role


class AccountForm(Form):
    """An account, by its id."""

    id: int = Field(ge=1, le=2**53)


class RoleForm(AccountForm):
    """What it shall be."""

    role: Role


def _invite(_live: Live, asking: Asking) -> Done:
    """Make an account, and a link by which its owner comes in."""
    access, form = access_in(asking.access), asking.form
    with access.office.transaction() as connection:
        made, token = administering.invite(
            connection, asking.visitor.actor, form.email, form.name, form.role, access.now_ms()
        )
    return _linked(access, made, token, _("%(email)s was invited."))


def _link(_live: Live, asking: Asking) -> Done:
    """Make a link by which an account's owner chooses a password anew."""
    access = access_in(asking.access)
    with access.office.transaction() as connection:
        token = administering.link(connection, asking.visitor.actor, asking.form.id, access.now_ms())
        who = accounts.by_id(connection, asking.form.id)
    return _linked(access, who, token, _("A link for %(email)s was made."))


def _give_role(_live: Live, asking: Asking) -> Done:
    """Let an account be something else."""
    access, form = access_in(asking.access), asking.form
    with access.office.transaction() as connection:
        who = administering.give_role(connection, asking.visitor.actor, form.id, form.role, access.now_ms())
    return _changed(access, who)


def _disable(_live: Live, asking: Asking) -> Done:
    """Let an account in no more; its sessions end and its keys do not hold."""
    access = access_in(asking.access)
    with access.office.transaction() as connection:
        who = administering.disable(connection, asking.visitor.actor, asking.form.id, access.now_ms())
    return _changed(access, who)


def _enable(_live: Live, asking: Asking) -> Done:
    """Let an account in again."""
    access = access_in(asking.access)
    with access.office.transaction() as connection:
        who = administering.enable(connection, asking.visitor.actor, asking.form.id, access.now_ms())
    return _changed(access, who)


def _changed(access: Access, who: Account) -> Done:
    access.ring.forget()  # its keys may do something else from now on
    answer = Changed(who.id, who.email, who.role, who.disabled_ms is not None)
    return Done(BACK, answer, Notice(_("%(email)s was changed.") % {"email": who.email}))


def _linked(access: Access, who: Account, token: str, text: str) -> Done:
    address = f"{access.settings.base}/invitation/{token}"
    notice = Notice(
        text % {"email": who.email},
        hint=_("Give it to its owner on a way that only they read. It can be used once, within seven days."),
        label=_("Link"),
        secret=address,
    )
    return Done(BACK, Changed(who.id, who.email, who.role, who.disabled_ms is not None, address), notice)


_MAY = Right.ADMINISTER
ACTIONS = (
    Action("account-invite", "/settings/people/invite", _MAY, Changed, _invite, InviteForm, back=BACK),
    Action("account-link", "/settings/people/link", _MAY, Changed, _link, AccountForm, back=BACK),
    Action("account-role", "/settings/people/role", _MAY, Changed, _give_role, RoleForm, back=BACK),
    Action("account-disable", "/settings/people/disable", _MAY, Changed, _disable, AccountForm, back=BACK),
    Action("account-enable", "/settings/people/enable", _MAY, Changed, _enable, AccountForm, back=BACK),
)

"""What people do with their own account."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from troth.texts import _, ngettext
from troth.web.access import owning
from troth.web.access.rights import Right
from troth.web.access.state import Notice, access_in
from troth.web.frame.action import Action, Asking, Done, Form
from troth.workspace.live import Live

BACK = "/settings"


@dataclass(frozen=True, slots=True)
class Changed:
    """It was done; `sessions`: how many ended by it."""

    sessions: int = 0


class OwnForm(Form):
    """The own name and language; an empty language follows the browser's."""

    name: str = Field(max_length=400)
    language: str = Field("", max_length=10)


class PasswordForm(Form):
    """The current password, empty when there is none, and the new one."""

    current: str = Field("", max_length=1_000)
    password: str = Field(max_length=1_000)


class SessionForm(Form):
    """A session, by its id."""

    id: int = Field(ge=1, le=2**53)


def _describe(_live: Live, asking: Asking) -> Done:
    """Change the own name and language."""
    owning.describe(access_in(asking.access), asking.visitor, asking.form.name, asking.form.language)
    return Done(BACK, Changed(), Notice(_("Your account was changed.")))


def _change_password(_live: Live, asking: Asking) -> Done:
    """Change the own password; all other sessions end."""
    access, form = access_in(asking.access), asking.form
    ended = owning.change_password(access, asking.visitor, form.current, form.password)
    return Done(BACK, Changed(ended), Notice(_("Your password was changed."), hint=_ended(ended)))


def _end_session(_live: Live, asking: Asking) -> Done:
    """End one of the own sessions."""
    owning.end_session(access_in(asking.access), asking.visitor, asking.form.id)
    return Done(BACK, Changed(1), Notice(_ended(1)))


def _end_others(_live: Live, asking: Asking) -> Done:
    """End all own sessions but the one that asks."""
    ended = owning.end_other_sessions(access_in(asking.access), asking.visitor)
    return Done(BACK, Changed(ended), Notice(_ended(ended) or _("There was no other session.")))


def _ended(n: int) -> str:
    return ngettext("%(n)d session was ended.", "%(n)d sessions were ended.", n) % {"n": n} if n else ""


_SEE = Right.SEE
ACTIONS = (
    Action("own-account", "/settings/account", _SEE, Changed, _describe, OwnForm, back=BACK),
    Action("own-password", "/settings/password", _SEE, Changed, _change_password, PasswordForm, back=BACK),
    Action("own-session-end", "/settings/session/end", _SEE, Changed, _end_session, SessionForm, back=BACK),
    Action("own-sessions-end", "/settings/sessions/end", _SEE, Changed, _end_others, back=BACK),
)

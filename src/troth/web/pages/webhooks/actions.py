"""What administrators do with endpoints of webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from troth.errors import UsageError, nearest
from troth.texts import _
from troth.web.access.rights import Right
from troth.web.access.state import Notice
from troth.web.frame.action import Action, Asking, Done, Form
from troth.web.ingest.hooks import endpoints
from troth.web.ingest.hooks.receiving import NAME
from troth.web.pages.webhooks.query import Shown, shown
from troth.workspace.live import Live

BACK = "/settings/webhooks"

Name = Annotated[str, StringConstraints(pattern=f"^{NAME.pattern}$")]
Path = Annotated[str, StringConstraints(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class Secret:
    """An endpoint, and the secret that was made for it: it is told here and never again.

    One that was given is not told back.
    """

    endpoint: Shown
    secret: str | None


@dataclass(frozen=True, slots=True)
class Removed:
    """The name of the endpoint that is gone."""

    name: str


def _lines(value: object) -> object:
    """The paths of a form's text: a line each, `order_id = order.id`."""
    if not isinstance(value, str):
        return value
    pairs = (line.partition("=") for line in value.splitlines() if line.strip())
    return {column.strip(): path.strip() for column, _equals, path in pairs}


def _if_any(value: object) -> object:
    """A form's empty field is none."""
    return (value.strip() or None) if isinstance(value, str) else value


Given = Annotated[Annotated[str, StringConstraints(max_length=300)] | None, BeforeValidator(_if_any)]


class MakeForm(Form):
    """An endpoint to be made."""

    name: Name = Field(description="The last part of its address.")
    scheme: Literal["standard", "shopify", "woocommerce", "shopware"] = Field(
        description="How the sender signs."
    )
    kind: str = Field(max_length=200, description="The record kind that a payload is.")
    paths: Annotated[dict[str, Path], BeforeValidator(_lines)] = Field(
        default_factory=dict,
        max_length=500,
        description="Where columns are in the payload, if not where the blueprint says.",
    )
    secret: Given = Field(None, description="The sender's, where the sender makes it; else one is made here.")


class EndpointForm(Form):
    """An endpoint, by its name."""

    name: str = Field(max_length=100)


class SwitchForm(EndpointForm):
    """Whether it takes what comes."""

    enabled: bool


class SecretForm(EndpointForm):
    """Its new secret."""

    secret: Given = Field(None, description="The sender's, where the sender makes it; else one is made here.")
    at_once: bool = Field(default=False, description="The secret of before stops now, not in a day.")


def _make(live: Live, asking: Asking) -> Done:
    """Make an endpoint; a secret that is made for it is shown only in this answer."""
    form: MakeForm = asking.form
    endpoints.demand_free(live.office, form.name)
    types = live.arrivals.judge(form.kind).types
    if strange := sorted(form.paths.keys() - types.keys()):
        near = nearest(strange[0], types)
        raise UsageError(
            "column-missing",
            _("The record kind has no column “%(column)s”.") % {"column": strange[0][:200]},
            _("Did you mean %(near)s?") % {"near": near} if near else "",
            allowed=types,
            where="paths",
        )
    draft = endpoints.Draft(form.name, form.scheme, form.kind, form.paths, form.secret)
    made, secret = endpoints.make(live.office, draft, asking.visitor.actor, live.now_ms())
    return _told(made, secret, _("The endpoint “%(name)s” was made."))


def _renew(live: Live, asking: Asking) -> Done:
    """Give an endpoint a new secret; the one of before holds for another day, or stops at once."""
    form: SecretForm = asking.form
    renewed, secret = endpoints.renew(
        live.office, form.name, form.secret, asking.visitor.actor, live.now_ms(), at_once=form.at_once
    )
    return _told(renewed, secret, _("The endpoint “%(name)s” has a new secret."))


def _switch(live: Live, asking: Asking) -> Done:
    """Switch an endpoint off or on: what is off answers as if it were not there."""
    form: SwitchForm = asking.form
    changed = endpoints.switch(
        live.office, form.name, asking.visitor.actor, live.now_ms(), enabled=form.enabled
    )
    text = _("The endpoint “%(name)s” is on.") if form.enabled else _("The endpoint “%(name)s” is off.")
    return Done(BACK, shown(changed), Notice(text % {"name": changed.name}))


def _remove(live: Live, asking: Asking) -> Done:
    """Remove an endpoint and its secret; the records that came by it stay."""
    name: str = asking.form.name
    endpoints.remove(live.office, name, asking.visitor.actor, live.now_ms())
    return Done(BACK, Removed(name), Notice(_("The endpoint “%(name)s” was removed.") % {"name": name}))


def _told(endpoint: endpoints.Endpoint, secret: str | None, text: str) -> Done:
    hint = _("Give it to the sender now: it is not shown again.") if secret else ""
    notice = Notice(text % {"name": endpoint.name}, hint=hint, label=_("Secret"), secret=secret or "")
    return Done(BACK, Secret(shown(endpoint), secret), notice)


_MAY = Right.ADMINISTER
ACTIONS = (
    Action("endpoint-make", f"{BACK}/make", _MAY, Secret, _make, MakeForm, back=BACK),
    Action("endpoint-secret", f"{BACK}/secret", _MAY, Secret, _renew, SecretForm, back=BACK),
    Action("endpoint-switch", f"{BACK}/switch", _MAY, Shown, _switch, SwitchForm, back=BACK),
    Action("endpoint-remove", f"{BACK}/remove", _MAY, Removed, _remove, EndpointForm, back=BACK),
)

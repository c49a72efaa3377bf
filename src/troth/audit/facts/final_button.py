"""The checkout's last button: what the button that concludes the contract says."""

from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.shape import Artifacts
from troth.audit.facts.site import Site
from troth.audit.words import words

Says = Literal["pays", "unclear"]
_CLICKED = frozenset({"button", "submit", "link"})
_SIDES = frozenset({"header", "nav", "footer", "dialog"})


@dataclass(frozen=True, slots=True)
class FinalButton:
    """A button of the checkout; `says`: that it costs money, or only that something is ordered or sent."""

    page: str
    text: str
    selector: str
    says: Says


@dataclass(frozen=True, slots=True)
class FinalButtons:
    """The buttons that may conclude the contract. `reached`: a page of the checkout was seen.

    `stopped`: at which step the walk ended, and why, as it said itself.
    """

    buttons: tuple[FinalButton, ...]
    reached: bool
    stopped: str


def final_buttons(artifacts: Artifacts, site: Site) -> FinalButtons:
    """The buttons of the checkout's pages that conclude a contract, by their words."""
    found = []
    for page in site.of("checkout"):
        for control in page.seen.controls if page.seen else ():
            if control.role not in _CLICKED or not control.visible or control.region in _SIDES:
                continue
            if words("order_button_pays").whole(control.name):
                found.append(FinalButton(page.id, control.name, control.selector, "pays"))
            elif words("order_button_unclear").whole(control.name) and control.role != "link":
                found.append(FinalButton(page.id, control.name, control.selector, "unclear"))
    stop = next((step for step in artifacts.walk if not step.reached), None)
    stopped = f"{stop.name}: {stop.note}".rstrip(": ") if stop else ""
    return FinalButtons(tuple(found), bool(site.of("checkout")), stopped)


FACTS = (final_buttons,)

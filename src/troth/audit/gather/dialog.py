"""Reading the dialog that asks for consent out of what a page shows: pure functions of `Seen`.

A dialog is something that lies over the page, or a banner in its flow, that speaks of cookies or consent and
has a button to answer with.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.page import Control, Field, Frame, Place, Seen
from troth.audit.artifacts.shape import Button, Purpose
from troth.audit.gather.kinds import link_kinds
from troth.audit.words import words

Does = Literal["accept", "reject", "settings", "save", "other"]

_ROLES = {"button", "link", "submit"}
_TICKS = {"checkbox", "switch", "radio"}
_ORDER: tuple[Does, ...] = ("reject", "save", "accept", "settings")
_LONGEST = 80
_MOST_BUTTONS, _MOST_PURPOSES = 40, 60
_FRAMED = re.compile(r"consent|cookie|privacy-?m(?:gm)?t|sp_message|sp-prod|truste|\bcmp\b", re.IGNORECASE)
_NECESSARY = re.compile(
    r"noodzakelijk|functione|strikt|essenti|notwendig|erforderlich|technisch|necessary|required|strictly",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dialog:
    """The dialog as it stands: its words, where it is, its buttons and the switches for purposes."""

    text: str
    selector: str
    buttons: tuple[Button, ...]
    purposes: tuple[Purpose, ...]

    def button(self, does: Does) -> Button | None:
        """The first button that does this."""
        return next((button for button in self.buttons if button.does == does), None)


def answer_of(name: str) -> Does:
    """What a button of a dialog for consent does, by its words.

    >>> [answer_of(name) for name in ("Alles weigeren", "Alle akzeptieren", "Manage preferences", "Imprint")]
    ['reject', 'accept', 'settings', 'other']
    """
    said = " ".join(name.split())
    if len(said) > _LONGEST:
        return "other"
    return next((does for does in _ORDER if words(f"consent-{does}").whole(said)), "other")


def dialog_of(seen: Seen, layer: int = 1) -> Dialog | None:
    """The dialog that asks for consent, None when the page shows none."""
    for overlay in sorted(seen.overlays, key=lambda one: (not one.dialog, -one.share)):
        if overlay.text in words("consent-subject"):
            inside = [
                control
                for control in seen.controls
                if _answers(control) and _within(control.place, overlay.place)
            ]
            if any(answer_of(control.name) in {"accept", "reject", "save"} for control in inside):
                return _dialog(seen, overlay.text, overlay.selector, inside, overlay.place, layer)
    return _in_the_flow(seen, layer)


def _dialog(
    seen: Seen, text: str, selector: str, controls: Sequence[Control], place: Place, layer: int
) -> Dialog:
    hrefs = {link.selector: link.href for link in seen.links}
    answers = [one for one in controls if not _only_leads(one, hrefs.get(one.selector, ""))]
    buttons = tuple(_button(seen, control, layer) for control in answers[:_MOST_BUTTONS])
    ticks = [
        field
        for field in seen.fields
        if field.type in _TICKS and field.visible and _within(field.place, place)
    ]
    return Dialog(text[:5000], selector, buttons, tuple(map(_purpose, ticks[:_MOST_PURPOSES])))


def _only_leads(control: Control, href: str) -> bool:
    """Whether it is a link to read more (the privacy policy, the imprint) and no answer."""
    return bool(href) and answer_of(control.name) == "other" and bool(link_kinds(control.name, href))


def framed(seen: Seen) -> Frame | None:
    """A visible frame that by its address or its element's name asks for consent; it is not read."""
    named = (
        frame for frame in seen.frames if frame.visible and _FRAMED.search(f"{frame.src} {frame.selector}")
    )
    return next((frame for frame in named if frame.place[2] > 150 and frame.place[3] > 50), None)


def _in_the_flow(seen: Seen, layer: int) -> Dialog | None:
    """A banner that is no overlay: buttons to say yes and something else stand near words on cookies."""
    answers = [
        control for control in seen.controls if _answers(control) and answer_of(control.name) != "other"
    ]
    spoken = [control for control in answers if control.name in words("consent-subject")]
    for said in seen.runs:
        if said.region == "footer" or said.text not in words("consent-subject") or len(said.text) < 20:
            continue
        place = _around(said.place)
        near = [control for control in answers if _within(control.place, place)]
        does = {answer_of(control.name) for control in near}
        if does & {"accept", "reject"} and (len(near) > 1 or any(control in spoken for control in near)):
            first = near[0]
            return _dialog(seen, said.text, first.selector, near, place, layer)
    return None


def _answers(control: Control) -> bool:
    return control.visible and control.role in _ROLES and bool(control.name.strip())


def _button(seen: Seen, control: Control, layer: int) -> Button:
    runs = [run for run in seen.runs if _within(run.place, control.place) and run.text.strip()]
    run = max(runs, key=lambda one: len(one.text), default=None)
    return Button(
        answer_of(control.name),
        control.name[:200],
        control.selector,
        layer,
        control.place,
        run.contrast if run else None,
        run.background if run else "",
    )


def _purpose(field: Field) -> Purpose:
    label = field.label or field.near or field.name
    necessary = field.checked and _NECESSARY.search(label) is not None
    return Purpose(label[:200], field.checked, necessary, field.selector)


def _within(inner: Place, outer: Place, slack: float = 4) -> bool:
    x, y, width, height = inner
    left, top, wide, high = outer
    middle, centre = x + width / 2, y + height / 2
    return left - slack <= middle <= left + wide + slack and top - slack <= centre <= top + high + slack


def _around(place: Place) -> Place:
    x, y, width, height = place
    return (x - 400, y - 80, width + 800, height + 240)

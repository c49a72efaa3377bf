"""Reading the dialog that asks for consent out of what a page shows: pure functions of `Seen`.

A dialog is something that lies over the page, or a banner in its flow, that speaks of cookies or consent and
has a button to answer with.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.page import Control, Field, Frame, Overlay, Place, Seen
from troth.audit.artifacts.shape import Button, Purpose
from troth.audit.gather.kinds import link_kinds
from troth.audit.words import words

Does = Literal["accept", "reject", "settings", "save", "other"]

_ROLES = {"button", "link", "submit"}
_TICKS = {"checkbox", "switch", "radio"}
_WRITTEN = {"email", "tel", "text", "password", "search", "number", "textarea"}
_ORDER: tuple[Does, ...] = ("reject", "save", "accept", "settings")
_LONGEST = 80
_MOST_BUTTONS, _MOST_PURPOSES = 40, 60
_CHOICES: tuple[Does, ...] = ("accept", "reject", "save")
_EVERYWHERE: Place = (-1e6, -1e6, 2e6, 2e6)
_FRAMED = re.compile(
    r"consent|(?<!no)(?<!no-)cookie|privacy-?(?:mgmt|manager)|sp_message|sp-prod|truste|\bcmp\b",
    re.IGNORECASE,
)
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
    """The dialog that asks for consent, None when the page shows none; frames are not looked into."""
    return next(iter(overlaid(seen, layer)), None) or in_the_flow(seen, layer)


def overlaid(seen: Seen, layer: int = 1) -> list[Dialog]:
    """The dialogs for consent that lie over the page."""
    found = []
    for overlay in sorted(seen.overlays, key=lambda one: (not one.dialog, -one.share)):
        if overlay.text in words("consent-subject"):
            inside = [
                control
                for control in seen.controls
                if _answers(control) and _within(control.place, overlay.place)
            ]
            if any(answer_of(control.name) in _CHOICES for control in inside):
                found.append(_dialog(seen, overlay.text, overlay.selector, inside, overlay.place, layer))
    return found


def not_understood(seen: Seen) -> list[Overlay]:
    """What lies over the page, tells of cookies and wants an answer, with buttons of unknown words.

    Not so a notice that can only be closed or read on, what asks for more than a press (a newsletter), and
    what is in a header or a footer.
    """
    return [overlay for overlay in seen.overlays if _asks_unclearly(seen, overlay)]


def _asks_unclearly(seen: Seen, overlay: Overlay) -> bool:
    inside = [
        control
        for control in seen.controls
        if control.region == "dialog" and _answers(control) and _within(control.place, overlay.place)
    ]
    told = overlay.text
    for control in inside:
        told = told.replace(control.name, " ")
    wants_words = any(
        field.type in _WRITTEN and field.visible and _within(field.place, overlay.place)
        for field in seen.fields
    )
    hrefs = {link.selector: link.href for link in seen.links}
    return (
        told in words("consent-cookies")
        and told in words("consent-told")
        and not wants_words
        and any(_unclear(control.name, hrefs.get(control.selector, "")) for control in inside)
    )


def _unclear(name: str, href: str) -> bool:
    """Whether a button may be an answer, and is none that is known; a link to another page is none."""
    if (href and "#" not in href) or not any(letter.isalpha() for letter in name):
        return False
    return answer_of(name) == "other" and not words("consent-aside").whole(name) and not link_kinds(name, "")


def dialog_within(seen: Seen, layer: int = 1) -> Dialog | None:
    """The dialog that a frame's whole document is; None when the frame is for something else."""
    inside = _asked_within(seen)
    if not any(answer_of(control.name) in _CHOICES for control in inside):
        return None
    return _dialog(seen, seen.text, "body", inside, _EVERYWHERE, layer)


def asks_within(seen: Seen) -> bool:
    """Whether a frame's document speaks of consent and has buttons, understood or not."""
    return bool(_asked_within(seen))


def _asked_within(seen: Seen) -> list[Control]:
    """The buttons of a document that speaks of consent."""
    speaks = seen.text in words("consent-subject")
    return [control for control in seen.controls if _answers(control)] if speaks else []


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


def asking_frames(seen: Seen, *, named: bool = False) -> list[Frame]:
    """The frames that may ask for consent: by their address or element's name, then those in an overlay.

    `named`: the former only. None that begins below the window.
    """
    frames = [frame for frame in shown(seen) if frame.place[1] < seen.layout.window_height]
    called = [frame for frame in frames if _FRAMED.search(f"{frame.src} {frame.selector}")]
    if named:
        return called
    over = [
        frame
        for frame in frames
        if frame not in called and any(_within(frame.place, one.place) for one in seen.overlays)
    ]
    return called + over


def shown(seen: Seen) -> list[Frame]:
    """The frames that are large enough to ask something."""
    return [frame for frame in seen.frames if frame.visible and frame.place[2] > 150 and frame.place[3] > 50]


def in_the_flow(seen: Seen, layer: int = 1) -> Dialog | None:
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

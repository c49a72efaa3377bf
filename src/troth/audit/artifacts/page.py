"""What the one-pass collector sees in a page: every class here is filled by `gather/collector.js`.

Lengths are CSS pixels, places are `(x, y, width, height)` from the page's top left, colours are `#rrggbb`.
A selector is a CSS selector that finds the one element again; before that of an element in a frame stands the
frame's own (see `IN_FRAME`).
"""

from dataclasses import dataclass
from typing import Literal

Place = tuple[float, float, float, float]
Region = Literal["header", "nav", "main", "footer", "dialog"]
"""Where in the page an element stands; `dialog`: in something that lies over the page."""

IN_FRAME = " >>> "
"""Stands in a selector between the one of a frame and the one in the frame's document."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its absolute address and what it says (its text, else its accessible name)."""

    href: str
    text: str
    region: Region
    selector: str
    visible: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Control:
    """A button, link, field, select or picture; `name` is its accessible name, empty when it has none."""

    role: str
    name: str
    selector: str
    place: Place
    region: Region
    visible: bool = True
    form: int | None = None
    submits: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A form field as it stands; `preset`: ticked or filled by the page itself."""

    selector: str
    type: str
    name: str
    label: str
    form: int | None
    autocomplete: str
    required: bool
    checked: bool
    preset: bool
    visible: bool
    region: Region
    near: str
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it goes, how, and all that it says."""

    selector: str
    action: str
    method: str
    text: str
    region: Region
    visible: bool


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: as drawn and as it is; `natural_width` 0 with `complete`: it is broken."""

    src: str
    alt: str
    selector: str
    place: Place
    natural_width: int
    natural_height: int
    complete: bool
    region: Region
    linked_to: str
    visible: bool


@dataclass(frozen=True, slots=True)
class TextRun:
    """A visible piece of text of one element, its size, and its contrast.

    `contrast` is WCAG's ratio (1 to 21); None where the ground behind it is a picture or a gradient.
    """

    text: str
    selector: str
    size: float
    weight: int
    contrast: float | None
    foreground: str
    background: str
    struck: bool
    region: Region
    place: Place


@dataclass(frozen=True, slots=True)
class Overlay:
    """Something fixed above the page that covers `share` (0 to 1) of the window."""

    selector: str
    text: str
    share: float
    dialog: bool
    blocking: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Frame:
    """An embedded page."""

    src: str
    selector: str
    visible: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or so of visible text, with the language the page declares for it."""

    text: str
    selector: str
    language: str
    region: Region


@dataclass(frozen=True, slots=True)
class Layout:
    """How the page fits its window: sizes in CSS pixels, shares from 0 to 1."""

    window_width: int
    window_height: int
    scroll_width: int
    scroll_height: int
    small_text_share: float
    small_targets: tuple[str, ...]
    targets: int


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the collector saw in one pass."""

    title: str
    language: str
    text: str
    html: str
    links: tuple[Link, ...]
    controls: tuple[Control, ...]
    fields: tuple[Field, ...]
    forms: tuple[Form, ...]
    images: tuple[Image, ...]
    runs: tuple[TextRun, ...]
    overlays: tuple[Overlay, ...]
    frames: tuple[Frame, ...]
    blocks: tuple[Block, ...]
    layout: Layout
    fonts: dict[str, float]
    colours: dict[str, float]
    landmarks: tuple[str, ...]
    logo: str | None
    cut: tuple[str, ...] = ()
    """The names of lists that were cut off at their limit."""

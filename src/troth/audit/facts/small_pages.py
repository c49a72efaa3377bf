"""How pages fit a phone's window, 375 pixels wide."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts, Kind
from troth.audit.facts.site import visited

_TOLERANCE = 2


@dataclass(frozen=True, slots=True)
class SmallPage:
    """One page: its overflow in pixels; shares (0 to 1) of text below 12 pixels and of small targets."""

    page: str
    kind: Kind
    overflow: int
    small_text: float
    small_targets: float
    first_target: str


def small_pages(artifacts: Artifacts) -> tuple[SmallPage, ...]:
    """The pages of the visit on a small screen."""
    found = []
    for page in visited(artifacts, "small"):
        layout = page.seen.layout if page.seen else None
        if layout is None:
            continue
        overflow = layout.scroll_width - layout.window_width
        found.append(
            SmallPage(
                page.id,
                page.kind,
                overflow if overflow > _TOLERANCE else 0,
                layout.small_text_share,
                len(layout.small_targets) / layout.targets if layout.targets else 0.0,
                layout.small_targets[0] if layout.small_targets else "",
            )
        )
    return tuple(found)


FACTS = (small_pages,)

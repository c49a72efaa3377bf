"""How quickly pages loaded and whether they stood still.

The middle of several visits, since one load is noisy.
"""

from dataclasses import dataclass
from statistics import median

from troth.audit.artifacts.shape import Artifacts, Kind, Page

_KINDS: tuple[Kind, ...] = ("home", "product", "basket")
_VISITS = ("first", "second", "reject", "accept")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A kind of page: medians in milliseconds, the layout's shift without a unit; None where untold.

    `page` is the id of the first visit's page, `loads` how many loads are behind the medians.
    """

    kind: Kind
    page: str
    loads: int
    largest_paint_ms: float | None
    blocking_ms: float | None
    layout_shift: float | None


def loading(artifacts: Artifacts) -> tuple[Loaded, ...]:
    """The kinds of page that were measured, in the order of the journey."""
    measured = [page for page in artifacts.pages if page.vitals and page.visit in _VISITS]
    found = []
    for kind in _KINDS:
        pages = [page for page in measured if page.kind == kind]
        if pages:
            found.append(
                Loaded(
                    kind,
                    pages[0].id,
                    len(pages),
                    _middle(pages, "largest_paint_ms"),
                    _middle(pages, "blocking_ms"),
                    _middle(pages, "layout_shift"),
                )
            )
    return tuple(found)


def _middle(pages: list[Page], name: str) -> float | None:
    told = [value for page in pages if (value := getattr(page.vitals, name)) is not None]
    return median(told) if told else None


FACTS = (loading,)

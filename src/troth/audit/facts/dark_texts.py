"""Texts that press or trick, by what they say alone: told to the reader, never counted against a shop."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from troth.audit.artifacts.shape import Kind as PageKind
from troth.audit.artifacts.shape import Page
from troth.audit.dark_text import Kind, kind_of, worded
from troth.audit.facts.site import Site

_PAGES: tuple[PageKind, ...] = ("home", "category", "product", "basket", "checkout")
_SHORTEST, _LONGEST = 4, 300
_MOST = 300


@dataclass(frozen=True, slots=True)
class DarkText:
    """A text and how it presses. `times`: how many pages show it.

    `worded`: by the catalogue's words; else by the model, which is less sure of the kind.
    """

    page: str
    text: str
    selector: str
    kind: Kind
    times: int = 1
    worded: bool = True


@dataclass(frozen=True, slots=True)
class DarkTexts:
    """The texts found on the first visit's shopping pages, each once."""

    texts: tuple[DarkText, ...]

    def of(self, *kinds: Kind) -> tuple[DarkText, ...]:
        """The texts that are of these kinds by the catalogue's words."""
        return tuple(text for text in self.texts if text.worded and text.kind in kinds)

    def others(self, *kinds: Kind) -> tuple[DarkText, ...]:
        """All the texts that `of` does not give for these kinds."""
        return tuple(text for text in self.texts if not text.worded or text.kind not in kinds)


def dark_texts(site: Site) -> DarkTexts:
    """Buttons, links, labels and lines that press: by words or, on English pages, by the model."""
    found: dict[str, DarkText] = {}
    plain: set[tuple[str, str]] = set()
    for page in site.of(*_PAGES):
        language = _language(page, site)
        for text, selector in _pieces(page):
            if (first := found.get(text)) is not None:
                found[text] = replace(first, times=first.times + 1)
            elif (text, language) not in plain:
                if (kind := kind_of(text, language)) is None:
                    plain.add((text, language))
                else:
                    found[text] = DarkText(page.id, text, selector, kind, worded=worded(text))
    return DarkTexts(tuple(found.values()))


def _language(page: Page, site: Site) -> str:
    """The page's own, else the shop's."""
    return (page.seen.language[:2].lower() if page.seen else "") or site.language


def _pieces(page: Page) -> Iterator[tuple[str, str]]:
    """Lines of visible text and what buttons, links and boxes say, each once."""
    if page.seen is None:
        return
    told: dict[str, str] = {}
    for block in page.seen.blocks:
        told.setdefault(_line(block.text), block.selector)
    for control in page.seen.controls:
        if control.visible and control.role in {"button", "link"}:
            told.setdefault(_line(control.name), control.selector)
    for field in page.seen.fields:
        if field.visible:
            told.setdefault(_line(field.label), field.selector)
    for line in page.seen.text.split("\n"):
        told.setdefault(_line(line), "")
    fit = ((text, selector) for text, selector in told.items() if _SHORTEST <= len(text) <= _LONGEST)
    for _number, piece in zip(range(_MOST), fit, strict=False):
        yield piece


def _line(text: str) -> str:
    return " ".join(text.split())


FACTS = (dark_texts,)

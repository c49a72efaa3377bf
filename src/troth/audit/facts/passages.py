"""The visible text of every page, sentence by sentence, once for all who read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from troth.audit.artifacts.shape import Kind
from troth.audit.facts.site import Site
from troth.audit.parsing.sentences import sentences
from troth.audit.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (or a line) of a page, in one line."""

    page: str
    kind: Kind
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Passages:
    """All sentences of the first visit. `understood`: the shop speaks a language that is known here."""

    all: tuple[Passage, ...]
    understood: bool

    def of(self, *kinds: Kind) -> Iterator[Passage]:
        """The sentences of pages of these kinds."""
        return (passage for passage in self.all if passage.kind in kinds)

    def but(self, *kinds: Kind) -> Iterator[Passage]:
        """The sentences of all pages but these."""
        return (passage for passage in self.all if passage.kind not in kinds)


def passages(site: Site) -> Passages:
    """The sentences of the pages that could be seen; each once a page."""
    found = tuple(
        Passage(page.id, page.kind, page.seen.language[:2].lower() or site.language, text)
        for page in site.pages
        if page.seen
        for text in dict.fromkeys(sentences(page.seen.text))
    )
    return Passages(found, site.language in ("", *LANGUAGES))


FACTS = (passages,)

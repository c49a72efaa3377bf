"""What is said beside prices of VAT: included, not included, or not charged by a small business."""

from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.shape import Kind
from troth.audit.facts.passages import Passages
from troth.audit.parsing.sentences import shortened
from troth.audit.words import words

Says = Literal["included", "excluded", "small"]
_LOOKED_AT: tuple[Kind, ...] = ("product", "basket", "checkout")
_GROUPS: tuple[tuple[Says, str], ...] = (
    ("small", "small_business"),
    ("included", "vat_included"),
    ("excluded", "vat_excluded"),
)


@dataclass(frozen=True, slots=True)
class VatNote:
    """A sentence on VAT."""

    page: str
    kind: Kind
    says: Says
    quote: str


@dataclass(frozen=True, slots=True)
class VatNotes:
    """The sentences on VAT of the pages that show prices; `pages` were looked at.

    `small_business`: where the shop says anywhere that it charges no VAT.
    """

    pages: tuple[str, ...]
    notes: tuple[VatNote, ...]
    small_business: tuple[VatNote, ...]

    def of(self, page: str, *says: Says) -> tuple[VatNote, ...]:
        """The notes of one page that say one of these."""
        return tuple(note for note in self.notes if note.page == page and note.says in says)


def vat_notes(passages: Passages) -> VatNotes:
    """The notes on VAT of the first visit."""
    found = [
        VatNote(passage.page, passage.kind, says, shortened(passage.text, hit.start, hit.end))
        for passage in passages.all
        for says, group in _GROUPS
        if (hit := words(group).find(passage.text))
    ]
    seen = dict.fromkeys(passage.page for passage in passages.of(*_LOOKED_AT))
    return VatNotes(
        tuple(seen),
        tuple(note for note in found if note.kind in _LOOKED_AT),
        tuple(note for note in found if note.says == "small"),
    )


FACTS = (vat_notes,)

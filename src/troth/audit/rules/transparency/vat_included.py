"""It is said near the price that VAT is included.

What it checks
    On products' pages: words such as 'incl. VAT', also as a note for all prices. A small business that
    charges no VAT and says so is left out.

Why it matters
    A price that is the whole price needs no second look. Where it is not said, customers who were
    surprised once reckon with a surprise.

How to mend it
    Write 'incl. VAT' beside the price or in a note that belongs to it.

Sources
    Directive 98/6/EC, Articles 2 and 3; Germany, §§ 3 and 6 PAngV.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.site import Site
from troth.audit.facts.vat_notes import VatNotes
from troth.audit.reasons import no_product_page, unjudgeable
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy


def judge(vat_notes: VatNotes, passages: Passages, site: Site) -> Verdict:
    """Fails when a product's page does not say it, or says only that VAT comes on top."""
    if (end := unjudgeable(passages, site, "price-display")) is not None:
        return end
    pages = [page.id for page in site.of("product")]
    if not pages:
        return no_product_page()
    if vat_notes.small_business:
        return not_applicable(_("The shop says that it charges no VAT as a small business."))
    included = {page: vat_notes.of(page, "included") for page in pages}
    without = [page for page, notes in included.items() if not notes]
    if not without:
        quotes = [Proof(page, quote=notes[0].quote) for page, notes in included.items()]
        return passed(_("It is said that prices include VAT."), *quotes, confidence="text")
    on_top = [Proof(page, quote=note.quote) for page in without for note in vat_notes.of(page, "excluded")]
    if on_top:
        return failed(_("VAT is said to come on top of the price."), *on_top, confidence="text")
    reason = _("A product's page does not say whether VAT is included.")
    return failed(reason, *(Proof(page) for page in without), confidence="text")


RULE = Rule(
    id="vat-included",
    category="transparency",
    touchpoint="product",
    mechanism="clarity",
    title=lazy("It is said that prices include VAT"),
    failure=lazy("It is not said whether prices include VAT"),
    question=lazy("Is it said that prices include VAT?"),
    advice=lazy("Write 'incl. VAT' beside the price."),
    sources=("price-display", "pangv-6"),
    judge=judge,
)

"""There are at least two direct ways to reach people.

What it checks
    Phone numbers, e-mail addresses, a contact form, a chat and messengers on the pages that customers
    use. What stands only in the imprint does not count.

Why it matters
    A shop that can be called or written to is one that answers when something goes wrong. Being easy to
    reach is among the oldest signs of an honest business.

How to mend it
    Name a phone number and an e-mail address on the contact page and in the footer.

Sources
    Stanford Guidelines for Web Credibility, 5; Directive 2011/83/EU, Article 6(1)(c).
"""

from troth.audit.facts.contacts import Contacts
from troth.audit.facts.site import Site
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, needs_review, not_applicable
from troth.texts import _, lazy, ngettext


def judge(contacts: Contacts, site: Site) -> Verdict:
    """Scores half for one way, all for two; without the contact page, one way too few is left to a person."""
    if not contacts.pages:
        return not_applicable(_("No page was seen."))
    count = len(contacts.ways)
    first = {channel.way: channel for channel in reversed(contacts.channels)}
    proofs = [
        Proof(channel.page, quote=channel.value, selector=channel.selector) for channel in first.values()
    ]
    reason = ngettext(
        "%(n)d direct way to reach people was found.", "%(n)d direct ways to reach people were found.", count
    ) % {"n": count}
    if count < 2 and not site.of("contact"):
        return needs_review(reason + " " + _("The contact page was not seen."), *proofs)
    return graded(min(1.0, count / 2), reason, proofs)


RULE = Rule(
    id="contact-channels",
    category="transparency",
    touchpoint="service",
    mechanism="reliability",
    title=lazy("There are at least two direct ways to reach people"),
    failure=lazy("People are hard to reach"),
    question=lazy("Are there at least two direct ways to reach people?"),
    advice=lazy("Name a phone number and an e-mail address on the contact page."),
    sources=("stanford-5", "crd-6-1"),
    judge=judge,
    tags=("responsiveness",),
)

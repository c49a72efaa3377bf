"""No link leads to the Union's closed platform for disputes.

What it checks
    Links and addresses of the platform for online dispute resolution on every page. It was closed on 20
    July 2025.

Why it matters
    A dead way to complain tells that nobody looks after the legal texts, and sends those who need help
    into the void.

How to mend it
    Delete the link and the sentence around it.

Sources
    Regulation (EU) 2024/3228.
"""

import re

from troth.audit.facts.site import Site
from troth.audit.law import applies
from troth.audit.reasons import not_in_force
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.audit.words import quote
from troth.texts import _, lazy

_PLATFORM = re.compile(r"(?:webgate\.)?ec\.europa\.eu/(?:consumers/)?odr", re.IGNORECASE)


def judge(site: Site) -> Verdict:
    """Fails on the first link or address of the platform."""
    if not applies("eu-2024-3228", site):
        return not_in_force()
    if not site.of("imprint", "terms", "returns", "contact", "help", "about", "privacy"):
        return not_applicable(_("No page with legal texts was seen."))
    proofs = []
    for page in site.pages:
        if page.seen is None:
            continue
        links = [link for link in page.seen.links if _PLATFORM.search(link.href)]
        proofs += [Proof(page.id, quote=link.text or link.href, selector=link.selector) for link in links]
        if not links and (match := _PLATFORM.search(page.seen.text)):
            proofs.append(Proof(page.id, quote=quote(page.seen.text, *match.span())))
    if proofs:
        return failed(_("The closed platform for disputes is still named."), *proofs, confidence="proved")
    return passed(_("The closed platform for disputes is not named."), confidence="proved")


RULE = Rule(
    id="stale-odr",
    category="transparency",
    touchpoint="terms",
    mechanism="accountability",
    title=lazy("No link leads to the closed platform for disputes"),
    failure=lazy("A link leads to the closed platform for disputes"),
    question=lazy("Does a link lead to the closed platform for disputes?"),
    advice=lazy("Delete the link to the platform for online dispute resolution."),
    sources=("eu-2024-3228",),
    judge=judge,
)

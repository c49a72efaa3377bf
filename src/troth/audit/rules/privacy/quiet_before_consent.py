"""Before the visitor chose, no tracker is called and nothing that tracks is stored.

What it checks
    The calls to other hosts and the jar of cookies of a new visitor who has not answered the question of
    consent, against tables of trackers and of cookie names. Names and hosts that no table knows do not count.

Why it matters
    Whoever is asked after it happened was not asked. It is the part of a consent dialog that a visitor cannot
    see, and that a journalist or a supervisory authority looks at first.

How to mend it
    Load the named scripts only after a "yes". A consent manager does it when the scripts are registered
    with it, not written into the template.

Sources
    Directive 2002/58/EC, Article 5(3); Regulation (EU) 2016/679, Article 7.
"""

from troth.audit.facts.cookie_jar import CookieJar
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable, passed
from troth.texts import _, lazy


def judge(third_parties: ThirdParties, cookie_jar: CookieJar) -> Verdict:
    """Halves the score with each party that tracks before a choice."""
    if "first" not in cookie_jar.visits:
        return not_applicable(_("No page could be seen."))
    called = third_parties.trackers("first")
    kept = cookie_jar.tracking("first")
    parties = sorted({party.known_as for party in called} | {one.entity or one.name for one in kept})
    if not parties:
        return passed(_("No tracker was called and nothing that tracks was stored before a choice."))
    proofs = [
        Proof(party.pages[0], _("%(who)s is called before a choice.") % {"who": party.known_as}, party.url)
        for party in called
    ]
    proofs += [
        Proof(one.page, _("%(name)s is stored before a choice.") % {"name": one.name}, one.name)
        for one in kept
    ]
    reason = _("Before a choice, data go to: %(parties)s.") % {"parties": ", ".join(parties)}
    return graded(0.5 ** len(parties), reason, proofs, confidence="proved")


RULE = Rule(
    id="quiet-before-consent",
    category="privacy",
    touchpoint="arrival",
    mechanism="integrity",
    title=lazy("No tracker before a choice"),
    failure=lazy("Trackers start before the visitor chose"),
    question=lazy("Do trackers start before the visitor chose?"),
    advice=lazy("Load the named scripts only after the visitor agreed."),
    sources=("eprivacy-5-3", "gdpr-7"),
    judge=judge,
)

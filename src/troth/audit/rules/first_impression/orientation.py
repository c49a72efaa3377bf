"""A customer can search, sees the shop's parts, and knows where one is.

What it checks
    A search and a navigation on home, category and product page, and a breadcrumb on the latter two
    (visible, or in the structured data). Each of the three is a third of the score.

Why it matters
    Who cannot find one's way suspects that the next thing (the returns, the order) cannot be found either.

How to mend it
    Add what is missing to the template, marked as such: `role="search"`, `nav`, a breadcrumb with its
    label.

Sources
    Stanford Guidelines for Web Credibility, 7 (easy to use and useful).
"""

from troth.audit.facts.signposts import Signposts
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy


def judge(signposts: Signposts) -> Verdict:
    """A third for each that is on every page where it is looked for."""
    if not signposts.looked:
        return not_applicable(_("Neither home, category nor product page was seen."))
    parts = [
        (_("There is no search."), signposts.without_search),
        (_("There is no navigation."), signposts.without_navigation),
    ]
    if signposts.below:
        parts.append((_("There is no breadcrumb."), signposts.without_breadcrumb))
    proofs = [Proof(page, note) for note, missing in parts for page in missing[:2]]
    score = sum(not missing for _note, missing in parts) / len(parts)
    reason = _("Signposts are missing.") if proofs else _("Search, navigation and breadcrumb are there.")
    return graded(score, reason, proofs)


RULE = Rule(
    id="orientation",
    category="first-impression",
    touchpoint="search",
    mechanism="clarity",
    title=lazy("Search, navigation and breadcrumb are there"),
    failure=lazy("Search, navigation or breadcrumb is missing"),
    question=lazy("Are search, navigation and breadcrumb there?"),
    advice=lazy("Add what is missing to the template, marked as what it is."),
    sources=("stanford-7",),
    judge=judge,
)

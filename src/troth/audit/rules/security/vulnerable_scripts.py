"""No library with known holes runs in the customer's browser.

What it checks
    The libraries that the pages load, as far as a script's address or its banner tells the version, against a
    table of published holes. What is bundled without a name is not seen.

Why it matters
    A hole in a library on every page is a door to the checkout as well. And who has not replaced a library
    for years has hardly replaced the rest.

How to mend it
    Update the library to the version named, or replace one that is no longer kept.

Sources
    OWASP Top 10 (2021), A06; the CVE numbers named with each finding.
"""

from troth.audit.curves import fewer
from troth.audit.facts.scripts import Loaded, Scripts
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy, ngettext


def judge(scripts: Scripts) -> Verdict:
    """Takes a fifth away for each library with a hole."""
    if not scripts.pages:
        return not_applicable(_("No page could be seen."))
    open_ = [loaded for loaded in scripts.libraries if loaded.library.holes]
    if not scripts.libraries:
        return not_applicable(_("No library was recognised with its version."))
    if not open_:
        return graded(1.0, _("The libraries that were recognised have no known holes."))
    reason = ngettext(
        "%(n)d library with known holes is in use.",
        "%(n)d libraries with known holes are in use.",
        len(open_),
    ) % {"n": len(open_)}
    return graded(fewer(len(open_)), reason, [_proof(loaded) for loaded in open_])


def _proof(loaded: Loaded) -> Proof:
    library = loaded.library
    ids = ", ".join(dict.fromkeys(id_ for hole in library.holes for id_ in hole.ids))
    said = {"library": f"{library.name} {library.version}", "ids": ids, "version": library.mended}
    if said["version"]:
        note = _("%(library)s: %(ids)s, mended in %(version)s.") % said
    else:
        note = _("%(library)s: %(ids)s. It is no longer kept.") % said
    return Proof(loaded.page, note, loaded.url)


RULE = Rule(
    id="vulnerable-scripts",
    category="security",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("No library with known holes is in use"),
    failure=lazy("A library with known holes is in use"),
    question=lazy("Is a library with known holes in use?"),
    advice=lazy("Update the library to the version named, or replace one that is no longer kept."),
    sources=("owasp-components",),
    judge=judge,
    tags=("security",),
)

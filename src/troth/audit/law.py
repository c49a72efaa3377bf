"""Whether a law of the catalogue applied to a shop when it was seen: by its date and its countries."""

from datetime import UTC, date, datetime

from troth.audit.catalogue.citations import source
from troth.audit.facts.site import Site

EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip


def applies(id_: str, site: Site) -> bool:
    """Whether the source `id_` applied in the shop's country on the day of the visit.

    `countries` of a source are codes, `EU` stands for all of the Union. A shop whose country is not known is
    taken as one that sells in the Union.
    """
    law = source(id_)
    since = law.get("since")
    if since is not None and day(site) < date.fromisoformat(str(since)):
        return False
    named = law.get("countries")
    if not named or not site.country:
        return True
    return site.country in named or ("EU" in named and site.country in EU)


def day(site: Site) -> date:
    """The day of the visit, in UTC; the first day there is when no page was seen."""
    at_ms = max((page.taken_at_ms for page in site.pages), default=0)
    return datetime.fromtimestamp(at_ms / 1000, UTC).date()

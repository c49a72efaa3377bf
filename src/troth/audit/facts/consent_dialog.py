"""How the visitor is asked for consent, and the ways back to that answer."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts, Button, Consent, Page
from troth.audit.facts.cookie_jar import CookieJar
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.words import words
from troth.texts import _


@dataclass(frozen=True, slots=True)
class Way:
    """A link or button back to the settings; `standing`: outside the privacy page and any dialog."""

    page: str
    text: str
    selector: str
    standing: bool


@dataclass(frozen=True, slots=True)
class ConsentDialog:
    """The dialog, None when none was seen; `page`: the id of the page it lay on.

    `unseen`: why it could not be looked for, empty when it could. `asked_for_nothing`: after "yes" nothing
    came that needs one. `ways`: ways back to the settings, in the visits after an answer, else in the first.
    """

    dialog: Consent | None
    page: str
    unseen: str
    asked_for_nothing: bool
    ways: tuple[Way, ...]

    @property
    def absent(self) -> str:
        """Why there is no dialog to judge, a sentence in the language in force."""
        if self.unseen:
            return _("The dialog could not be looked for: %(why)s") % {"why": self.unseen}
        return _("No dialog asked for consent.")

    def buttons(self, does: str, layer: int | None = None) -> tuple[Button, ...]:
        """The dialog's buttons that do this, on one layer or on all."""
        buttons = self.dialog.buttons if self.dialog else ()
        return tuple(one for one in buttons if one.does == does and layer in {None, one.layer})


def consent_dialog(artifacts: Artifacts, third_parties: ThirdParties, cookie_jar: CookieJar) -> ConsentDialog:
    """The dialog of consent as the first visit met it."""
    homes = [page for page in artifacts.pages if page.kind == "home" and page.visit == "first"]
    failures = [failure.message for failure in artifacts.failures if "consent" in failure.what]
    nothing = "accept" in cookie_jar.visits and not (
        third_parties.trackers("accept") or cookie_jar.tracking("accept")
    )
    return ConsentDialog(
        dialog=artifacts.consent,
        page=homes[0].id if homes else "",
        unseen="" if artifacts.consent else next(iter(failures), ""),
        asked_for_nothing=nothing,
        ways=_ways(artifacts),
    )


def _ways(artifacts: Artifacts) -> tuple[Way, ...]:
    answered = [page for page in artifacts.pages if page.visit in {"accept", "reject"} and page.seen]
    pages = answered + [page for page in artifacts.pages if page.visit == "first" and page.seen]
    return tuple(way for page in pages for way in _ways_on(page))


def _ways_on(page: Page) -> list[Way]:
    """Links and buttons; before an answer not the dialog's own, after it also those that float above."""
    if page.seen is None:
        return []
    settings = words("cookie_settings")
    links = [(link.text, link.selector, link.region) for link in page.seen.links if link.visible]
    controls = [(one.name, one.selector, one.region) for one in page.seen.controls if one.visible]
    return [
        Way(page.id, text, selector, standing=page.kind != "privacy")
        for text, selector, region in links + controls
        if (region != "dialog" or page.visit != "first") and len(text) < 120 and text in settings
    ]


FACTS = (consent_dialog,)

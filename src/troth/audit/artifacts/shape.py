"""The artifacts of an audit: pages as seen in several visits, and what was learned of the host."""

from dataclasses import dataclass, field
from typing import Literal

from troth.audit.artifacts.page import Place, Seen
from troth.audit.artifacts.price import SeenPrice

Visit = Literal["first", "second", "forwarded", "pinned", "late", "reject", "accept", "small"]
"""Which visit a page was seen in.

`first`: a new customer walks the shop; `second`: another new customer, seconds later; `forwarded`: the page's
clock set past every countdown; `pinned`: `Math.random` made constant; `late`: ten seconds after loading, by
the page's clock; `reject`, `accept`: after that answer to the question of consent; `small`: in a window 375
wide.
"""

Kind = Literal[
    "home", "category", "product", "basket", "checkout", "imprint", "contact", "returns", "shipping",
    "payment", "privacy", "terms", "about", "help", "reviews", "guarantee", "withdrawal", "other",
]  # fmt: skip
"""What a page is for."""

SHOPPING: tuple[Kind, ...] = ("home", "category", "product", "basket", "checkout")


@dataclass(frozen=True, slots=True)
class Request:
    """A request that a page made; `status` is None when there was no answer, and `failure` says why."""

    url: str
    method: str
    type: str
    status: int | None
    failure: str = ""
    body: str = ""
    """The first 20,000 characters of a JSON or plain-text answer of a script's request, else empty."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the page wrote to the console, or an error nobody caught."""

    level: Literal["error", "warning", "uncaught"]
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a page did to its visitor and that was turned away: an alert, a new window, a file."""

    what: Literal["dialog", "popup", "download"]
    text: str


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie in the jar; `expires` in epoch seconds, None for one that ends with the session."""

    name: str
    domain: str
    path: str
    secure: bool
    http_only: bool
    same_site: str
    expires: float | None


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the page loaded: milliseconds; `layout_shift` has no unit. None where the browser told nothing."""

    first_byte_ms: float | None
    largest_paint_ms: float | None
    layout_shift: float | None
    blocking_ms: float | None


@dataclass(frozen=True, slots=True)
class Violation:
    """What axe-core found: its rule, how grave, and where."""

    rule: str
    impact: str
    help: str
    selectors: tuple[str, ...]
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one visit. `failure` names why it could not be seen (`seen` is None then)."""

    id: str
    visit: Visit
    kind: Kind
    url: str
    final_url: str
    status: int | None
    taken_at_ms: int
    headers: dict[str, str] = field(default_factory=dict)
    seen: Seen | None = None
    requests: tuple[Request, ...] = ()
    messages: tuple[Message, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    storage: tuple[str, ...] = ()
    """Names in local and session storage."""
    vitals: Vitals | None = None
    axe: tuple[Violation, ...] | None = None
    screenshot: str = ""
    """A file beside the artifacts; empty when none was taken."""
    logo_hash: str = ""
    """The perceptual hash (64 bit, hexadecimal) of the logo's picture."""
    failure: str = ""
    source: str = ""
    """The first 200,000 characters of the document as the server sent it; empty when that is not known."""
    clock_ms: int | None = None
    """What the page's own clock said at `taken_at_ms`, where it had been set (`forwarded`)."""
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the dialog that asks for consent; `layer` 1 is what shows first."""

    does: Literal["accept", "reject", "settings", "save", "other"]
    text: str
    selector: str
    layer: int
    place: Place
    contrast: float | None
    background: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """A switch for one purpose on the dialog's second layer."""

    label: str
    checked: bool
    disabled: bool
    selector: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The dialog that asks for consent, and how it could be answered.

    `clicks_to_reject` is None when no way was found; `found_by`: `autoconsent` or `words`.
    """

    provider: str
    found_by: str
    text: str
    selector: str
    buttons: tuple[Button, ...]
    purposes: tuple[Purpose, ...]
    clicks_to_accept: int | None
    clicks_to_reject: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk from home to checkout; `note` says why it was not taken, or what stood in the way.

    `code` names the same for a machine: `no-category` (the products stand elsewhere), `no-product`,
    `not-buyable`, `no-basket`, `basket-empty`, `basket-unread`, `no-checkout`, `login-wall` (reached, but it
    asks to sign in), `off-site`, `robots-denied`, `time`.
    """

    name: Literal["home", "category", "product", "basket", "checkout"]
    reached: bool
    url: str = ""
    note: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the basket or of the order's summary: what it is and its price as written.

    `item`: a line of goods, with a quantity or a control to remove it; else a sum, a fee or an offer.
    """

    text: str
    price: str
    selector: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Tls:
    """The host's certificate and handshake. `verify` is empty when the chain and the name are right."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before_ms: int
    not_after_ms: int
    verify: str
    versions: dict[str, bool | None]
    """`TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`: whether the host takes it; None: could not be tried."""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """A link of the shop that was asked for; `status` None: no answer."""

    url: str
    status: int | None
    found_on: tuple[str, ...]
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be gathered, and why; never silently left out."""

    what: str
    where: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Artifacts:
    """Everything one audit gathered. Judging needs nothing else.

    `plain_http`: the addresses that `http://host/` led through, empty when it did not answer.
    """

    schema: Literal["troth-artifacts/1"]
    shop: str
    taken_at_ms: int
    browser: str
    user_agent: str
    pages: tuple[Page, ...]
    walk: tuple[Step, ...]
    basket: tuple[Line, ...] = ()
    """The basket's lines and sums after the walk put `added` into it."""
    basket_before: tuple[Line, ...] = ()
    """The basket of another new customer who put nothing into it."""
    summary: tuple[Line, ...] = ()
    """The order's summary in the checkout, as far as it was reached."""
    added: str = ""
    """The name of the product that the walk put into the basket."""
    consent: Consent | None = None
    tls: Tls | None = None
    plain_http: tuple[str, ...] = ()
    links: tuple[LinkCheck, ...] = ()
    robots: tuple[str, ...] = ()
    """Addresses that robots.txt asked not to visit."""
    failures: tuple[Failure, ...] = ()
    walked_checkout: bool = False
    """Whether forms of the checkout were filled (`--walk-checkout`)."""
    earlier_prices: tuple[SeenPrice, ...] = ()
    """What earlier audits of the same shop saw asked, from its history."""

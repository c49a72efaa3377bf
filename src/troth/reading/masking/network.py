"""What a person is known by in a network: tokens in addresses of pages, handles, IP addresses, devices."""

import ipaddress
import re

from stdnum import luhn

PAGE = re.compile(r"((?:https?://|www\.)\S+)", re.IGNORECASE)

_USER = re.compile(r"(?<=://)[^\s/@?#\[\]]+@")
_PAIR = re.compile(r"([?&;#]|&amp;)([\w.\[\]-]{1,40})=([^&;#\s\"'<>”“»()\[\]]*[^&;#\s\"'<>”“»()\[\].,:!?])")
_WHO = re.compile(
    r"(?:.*[_.-])?(?:e?-?mail|user(?:_?name)?|login|(?:first|last|full|sur)?_?name|vorname|nachname"
    r"|voornaam"
    r"|achternaam|naam|phone|tel|telefoon|telefon|mobile?|address|adres|adresse|zip|postcode|plz|iban"
    r"|dob|pass\w*"
    r"|pwd|secret|auth(?:key|code)?|access_?key|api_?key|sess(?:ion)?(?:_?id)?|sid|sig(?:nature)?)|.*token",
    re.IGNORECASE,
)
"""Keys whose values are a person's, whatever they look like."""
_KEY = re.compile(
    r".*(?:key|token|auth|sess|sid|sig|hash|code|id|uuid|order|bestel|auftrag|customer|klant|kunde"
    r"|account|konto"
    r"|ref|ticket|booking|buchung|nr|number|nummer)",
    re.IGNORECASE,
)
_KEY_DIGITS = 4
"""Keys whose values are one person's where they have so many digits."""
_PATH_HANDLE = re.compile(r"/@\w[\w.]{1,30}")
_UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
_PATH_USER = re.compile(
    r"(/(?:u|users?|profiles?|profile?n?|members?)/)(?!(?:login|log-in|register|settings|password"
    r"|forgot|reset|edit"
    r"|orders?|me|home|index|search|new|help|page|list|all|in)(?![a-z]))[\w.-]*\w",
    re.IGNORECASE,
)
_PATH_NUMBER = re.compile(
    r"(/(?:polis(?:sen)?|polic(?:y|ies|e)|claims?|schaden?|schaeden|vertr(?:ag|aege)|contract(?:en"
    r"|s)?|orders?|bestelling(?:en)?"
    r"|bestellung(?:en)?|rechnung(?:en)?|factu(?:ur|ren)|invoices?|klant(?:en)?|kunden?|customers?"
    r"|accounts?|tickets?"
    r"|cases?|dossiers?|bookings?|boeking(?:en)?|buchung(?:en)?)/)(?=[\w-]*\d{5})[\w-]+",
    re.IGNORECASE,
)
"""What is one person's behind a word for it in an address."""
_RUN = re.compile(r"[A-Za-z0-9]{12,}")
_TURN = re.compile(r"[a-z](?=[A-Z0-9])|[A-Z](?=[A-Z]*[0-9])|[0-9](?=[A-Za-z])")
_LONG, _DIGITS, _QUERY = 16, 12, 9
"""What looks drawn is so long, of digits alone, and in a query."""

_NO_HANDLE = (
    r"(?:\d+(?:am|pm|h|uhr)?|me|home|work|school|noon|night|all|the|my|least|once|thuis|werk|hause"
    r"|arbeit)\b"
)
_HANDLE = re.compile(
    rf"(?<![^\s\"'“”„‚‘«(|&*.,;:!?…])(?<!\w\.)@(?!{_NO_HANDLE})(?=\w{{0,30}}[^\W\d_])\w{{2,30}}(?![\w@])",
    re.IGNORECASE,
)
_IP4 = re.compile(
    r"(?<![\w.,-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d|,\d"
    r"| ?(?:euro?|€|\$|£|%))"
)
_IP6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:]|\.\d)", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:(?<![^\W_])(?:version|versie|firmware|build|release|up(?:dat|grad)e[dt]?|patch|kernel|bios"
    r"|software|app|ios|macos|android"
    r"|windows|driver|treiber|chrome|firefox|safari|edge|opera|explorer|outlook|java|office|acrobat"
    r"|section|chapter|clause|kapitel|abschnitt|ziffer|hoofdstuk|paragraaf|artikel|art|punkt|punt|v)"
    r"|§)(?:s?[- ]?(?:nummer|number|nr|no))?(?: (?:is|ist|war|was|von|van|from|to|auf|naar))?"
    r"(?: \d[\d.]*(?: (?:to|auf|naar|and|und|en|of|or|oder))?)?[ .:(]*$",
    re.IGNORECASE,
)
_IP_WORD = re.compile(
    r"(?<![^\W_])(?:ip|log\w*|inge?log\w*|einge?log\w*|ange?meld\w*|adress?e?|address|access\w*"
    r"|zugriff|from|vanaf)(?![^\W_])",
    re.IGNORECASE,
)
_NEAR = 40
_LIKE_VERSION = 32
"""Of addresses one in four thousand has no part above; of versions most."""
_HOME = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
                                         "169.254.0.0/16", "0.0.0.0/8", "224.0.0.0/3")))  # fmt: skip
"""Many have these; they lead to nobody."""

_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])", re.IGNORECASE)
_IMEI = re.compile(
    r"(\bimei(?:[- ]?(?:nummer|number|nr\.?|code))?(?: (?:is|ist|lautet|was))?[ ]?[:#]?[ ]?)?"
    r"(?<![\w.,/-])(\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?:\d{2})?)(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_CARDS = ("34", "37")
"""Cards with 15 digits begin so."""
_IMEI_DIGITS = 15


def without_tokens(page: str) -> str:
    """The address of a page with `[token]` for what only one person's link has; host and words stay."""
    page = _USER.sub("[token]@", page)
    page = _PAIR.sub(_pair, page)
    page = _PATH_NUMBER.sub(r"\1[token]", _PATH_USER.sub(r"\1[token]", page))
    page = _UUID.sub("[token]", _PATH_HANDLE.sub("/[handle]", page))
    return _RUN.sub(_run, page)


def without_handles(text: str) -> str:
    """`text` with `[handle]` for @name, a company's too: one does not look different from the other."""
    return _HANDLE.sub("[handle]", text)


def without_devices(text: str, low: str, digits: int) -> str:
    """`text` with `[ip]` and `[device]` for addresses and serial numbers of devices.

    Args:
        text: What is masked.
        low: It in lower case.
        digits: How many digits it has.
    """
    if low.count(":") > 1 or low.count("-") > 4:
        text = _MAC.sub(_mac, text)
        if "::" in text or low.count(":") > 6:
            text = _IP6.sub(_ip6, text)
    if low.count(".") > 2:
        text = _IP4.sub(_ip4, text)
    return _IMEI.sub(_imei, text) if digits >= _IMEI_DIGITS else text


def _pair(found: re.Match[str]) -> str:
    key, value = found[2], found[3]
    own = sum(map(str.isdigit, value)) >= _KEY_DIGITS and _KEY.fullmatch(key) is not None
    hidden = own or _WHO.fullmatch(key) is not None or "%40" in value
    hidden = hidden or any(_random(one, _QUERY) for one in re.findall(r"[A-Za-z0-9]+", value))
    return f"{found[1]}{key}=[token]" if hidden else found[0]


def _run(found: re.Match[str]) -> str:
    return "[token]" if _random(found[0], _LONG) else found[0]


def _random(run: str, least: int) -> bool:
    """Whether letters and digits look drawn: long, and changing between capitals, letters and digits."""
    if run.isdigit():
        return len(run) >= min(least, _DIGITS)
    return len(run) >= least and len(_TURN.findall(run)) > 2 and any(map(str.isdigit, run))


def _ip4(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    address = ipaddress.ip_address(".".join(str(int(part)) for part in found[0].split(".")))
    version = _VERSION.search(before) is not None
    if not version and max(map(int, found[0].split("."))) < _LIKE_VERSION:
        version = _IP_WORD.search(before) is None
    return found[0] if version or any(address in one for one in _HOME) else "[ip]"


def _ip6(found: re.Match[str]) -> str:
    groups = sum(map(bool, found[0].split(":")))
    try:
        ipaddress.IPv6Address(found[0])
    except ValueError:
        return found[0]
    return "[ip]" if groups > 2 else found[0]


def _mac(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _NEAR) : found.start()].lower()
    return "[device]" if "mac" in before or any(map(str.isalpha, found[0])) else found[0]


def _imei(found: re.Match[str]) -> str:
    bare = re.sub(r"[ -]", "", found[2])
    shaped = len(bare) == _IMEI_DIGITS and luhn.is_valid(bare) and bare[:2] not in _CARDS
    return f"{found[1] or ''}[device]" if found[1] or shaped else found[0]

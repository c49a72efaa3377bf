"""Why a page could not be seen: short codes, and a sentence for each."""

import re

from troth.texts import lazy

SENTENCES = {
    "address-invalid": lazy("This is not the address of a web page."),
    "address-private": lazy("The address leads into a private network, which was not allowed."),
    "answer-broken": lazy("The answer of the host could not be read."),
    "bot-wall": lazy("The shop wants to know whether a person is asking; the audit does not get round that."),
    "certificate-invalid": lazy("The certificate of the host is not valid."),
    "connection-lost": lazy("The host broke the connection off."),
    "connection-refused": lazy("The host refused the connection."),
    "download": lazy("The address gives a file to save, no page."),
    "host-foreign": lazy("The address leads to another host than the shop's."),
    "host-unknown": lazy("There is no host of this name."),
    "host-unreachable": lazy("The host could not be reached."),
    "login-wall": lazy("The page is only shown to those who sign in."),
    "no-page": lazy("The answer holds no page."),
    "page-crashed": lazy("The page made the browser's tab crash."),
    "page-failed": lazy("The page could not be opened."),
    "page-stuck": lazy("The page keeps the browser so busy that it cannot be seen."),
    "page-timeout": lazy("The page did not load in time."),
    "page-too-large": lazy("The page is too large: loading was stopped."),
    "page-unreadable": lazy("The page could not be read."),
    "page-unsteady": lazy("The page went on to others without end."),
    "port-blocked": lazy("Browsers do not open this port: it is kept for another service."),
    "redirect-loop": lazy("The address leads round in circles."),
    "request-flood": lazy("The page loads too many things: loading was stopped."),
    "robots-denied": lazy("The shop's robots.txt asks not to visit this page."),
    "robots-unreadable": lazy("The shop's robots.txt could not be read, so it allows nothing."),
    "script-endless": lazy("A script of the page did not end in time."),
    "tls-failed": lazy("No encrypted connection could be made."),
}
"""The translated sentence of each code that `Page.failure` may have."""

_CODES = {
    "ABORTED": "no-page",
    "ADDRESS_UNREACHABLE": "host-unreachable",
    "CONNECTION_ABORTED": "connection-lost",
    "CONNECTION_CLOSED": "connection-lost",
    "CONNECTION_REFUSED": "connection-refused",
    "CONNECTION_RESET": "connection-lost",
    "CONNECTION_TIMED_OUT": "host-unreachable",
    "CONTENT_DECODING_FAILED": "answer-broken",
    "CONTENT_LENGTH_MISMATCH": "connection-lost",
    "EMPTY_RESPONSE": "connection-lost",
    "HTTP_RESPONSE_CODE_FAILURE": "no-page",  # a refusing status without a word
    "HTTP2_PROTOCOL_ERROR": "answer-broken",
    "INCOMPLETE_CHUNKED_ENCODING": "connection-lost",
    "INTERNET_DISCONNECTED": "host-unreachable",
    "INVALID_CHUNKED_ENCODING": "answer-broken",
    "INVALID_HTTP_RESPONSE": "answer-broken",
    "INVALID_AUTH_CREDENTIALS": "login-wall",
    "INVALID_REDIRECT": "answer-broken",
    "INVALID_RESPONSE": "answer-broken",
    "NAME_NOT_RESOLVED": "host-unknown",
    "NETWORK_CHANGED": "connection-lost",
    "NETWORK_IO_SUSPENDED": "connection-lost",
    "RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH": "answer-broken",
    "RESPONSE_HEADERS_MULTIPLE_LOCATION": "answer-broken",
    "RESPONSE_HEADERS_TOO_BIG": "answer-broken",
    "SOCKET_NOT_CONNECTED": "connection-lost",
    "TIMED_OUT": "page-timeout",
    "TOO_MANY_REDIRECTS": "redirect-loop",
    "UNKNOWN_URL_SCHEME": "address-invalid",
    "UNSAFE_PORT": "port-blocked",
    "UNSAFE_REDIRECT": "address-invalid",
}


def code_of(message: str) -> str:
    """The code for a message with one of Chromium's network errors (`net::ERR_…`)."""
    found = re.search(r"\bERR_([A-Z0-9_]+)", message)
    if found is None:
        if "Download is starting" in message:
            return "download"
        if "crashed" in message:
            return "page-crashed"
        return "page-timeout" if "Timeout" in message else "page-failed"
    name = found[1]
    if name.startswith("CERT_"):
        return "certificate-invalid"
    if name.startswith("SSL_"):
        return "tls-failed"
    return _CODES.get(name, "page-failed")


def sentence(code: str) -> str:
    """What `code` means, in the language in force; the code itself where there is no sentence for it."""
    return str(SENTENCES[code]) if code in SENTENCES else code

import re
from pathlib import Path

import pytest

import troth.audit.gather.failures as module
from troth.audit.gather.failures import _CODES, SENTENCES, code_of, sentence


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Page.goto: net::ERR_NAME_NOT_RESOLVED at https://x/", "host-unknown"),
        ("net::ERR_CERT_DATE_INVALID", "certificate-invalid"),
        ("net::ERR_SSL_PROTOCOL_ERROR", "tls-failed"),
        ("net::ERR_TOO_MANY_REDIRECTS", "redirect-loop"),
        ("net::ERR_SOMETHING_NEW", "page-failed"),
        ("Page.goto: Download is starting", "download"),
        ("Page.goto: Page crashed", "page-crashed"),
        ("Timeout 3000ms exceeded.", "page-timeout"),
        ("who knows", "page-failed"),
    ],
)
def test_the_browsers_errors_have_codes(message: str, code: str) -> None:
    assert code_of(message) == code


def test_every_code_has_a_sentence() -> None:
    assert set(_CODES.values()) <= SENTENCES.keys()
    folder = Path(module.__file__).parent
    texts = [
        path.read_text("utf-8") for path in (*folder.glob("*.py"), *(folder.parent / "browser").glob("*.py"))
    ]
    said = re.findall(
        r'(?:return|failure=|RefusedError\(|_exceed\(|url, kind,)\s*"([a-z]+(?:-[a-z]+)+)"', "\n".join(texts)
    )
    assert {"page-timeout", "address-private", "bot-wall", "request-flood"} <= set(said)
    assert set(said) <= SENTENCES.keys()
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) or code == "download" for code in SENTENCES)


def test_a_code_without_a_sentence_speaks_for_itself() -> None:
    assert sentence("new-code") == "new-code"
    assert sentence("download").endswith(".")

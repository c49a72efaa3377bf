"""Words of code in texts for people."""

import pytest

from troth.report.page.spans import with_code
from troth.texts import lazy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write `keep`, too.", "Write <code>keep</code>, too."),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("one ` alone", "one ` alone"),
        ("none `` either", "none `` either"),
        ("`<img src=x>` & `x`", "<code>&lt;img src=x&gt;</code> &amp; <code>x</code>"),
        ("<b>`</b>`", "&lt;b&gt;<code>&lt;/b&gt;</code>"),
        ("`not\nover lines`", "`not\nover lines`"),
    ],
)
def test_what_stands_between_backticks_is_code_and_all_is_escaped(text: str, expected: str) -> None:
    assert str(with_code(text)) == expected
    assert str(with_code(lazy(text))) == expected
    assert str(with_code(with_code(text))) == expected

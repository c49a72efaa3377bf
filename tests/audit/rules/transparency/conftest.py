"""Small shops in HTML, seen by the real collector, and what one rule says of them."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.verdict import Verdict

Said = Callable[..., Verdict]


@pytest.fixture
def said(page: Callable[..., Page], artifacts: Callable[..., Artifacts]) -> Said:
    """`said("return-cost", "de", {"returns": "<p>…"})`: the rule's verdict.

    A kind may be followed by a number (`product2`), what stands around the HTML is added; `taken_at_ms`
    dates the pages, other keywords are fields of the artifacts.
    """

    def judge(rule: str, language: str, pages: dict[str, str], **more: object) -> Verdict:
        dated = {name: more.pop(name) for name in ("taken_at_ms", "files") if name in more}
        made = [
            page(
                kind.rstrip("0123456789"),
                f"<html lang={language}><title>Shop</title><body>{html}</body></html>",
                id=f"first-{kind}",
                **dated,
            )
            for kind, html in pages.items()
        ]
        return verdict(f"transparency.{rule.replace('-', '_')}", artifacts(*made, **more))

    return judge

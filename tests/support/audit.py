"""Artifacts made by hand: for facts and rules whose pages need no browser."""

from dataclasses import replace

from troth.audit import facts
from troth.audit.artifacts.page import Block, Field, Layout, Seen
from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.inject import Facts
from troth.audit.rule import Rule
from troth.audit.verdict import Verdict

AT_MS = 1_798_761_600_000
"""2027-01-01 00:00 UTC."""
SHOP = "https://shop.example/"
EMPTY = Seen(
    title="", language="en", text="", html="", links=(), controls=(), fields=(), forms=(), images=(), runs=(),
    overlays=(), frames=(), blocks=(), layout=Layout(1280, 800, 1280, 2000, 0.0, (), 0), fonts={}, colours={},
    landmarks=(), logo=None,
)  # fmt: skip


def seen(text: str = "", language: str = "en", **kept: object) -> Seen:
    """What the collector would see of a page with this text, a block for each line."""
    blocks = tuple(
        Block(line, f"p:nth-of-type({n})", language, "main") for n, line in enumerate(text.split("\n"), 1)
    )
    return replace(EMPTY, text=text, language=language, **{"blocks": blocks, **kept})


def page(
    kind: str = "home", text: str = "", *, visit: str = "first", language: str = "en", **kept: object
) -> Page:
    """A page; what `Seen` has goes there, the rest to the page itself. `after_ms`: taken so much later."""
    inside = {
        name: kept.pop(name) for name in list(kept) if name in Seen.__dataclass_fields__ and name != "text"
    }
    after_ms = int(str(kept.pop("after_ms", 0)))
    base = Page(
        id=f"{visit}-{kind}",
        visit=visit,
        kind=kind,
        url=f"{SHOP}{'' if kind == 'home' else kind}",
        final_url=f"{SHOP}{'' if kind == 'home' else kind}",
        status=200,
        taken_at_ms=AT_MS + after_ms,
        seen=seen(text, language, **inside),
    )
    return replace(base, **kept)


def artifacts(*pages: Page, **kept: object) -> Artifacts:
    """Artifacts of a shop with these pages."""
    base = Artifacts("troth-artifacts/1", SHOP, AT_MS, "test", "test", pages=pages, walk=())
    return replace(base, **kept)


def box(label: str, *, preset: bool = True, near: str = "", visible: bool = True) -> Field:
    """A tick box."""
    return Field(
        selector="#box",
        type="checkbox",
        name="box",
        label=label,
        form=0,
        autocomplete="",
        required=False,
        checked=preset,
        preset=preset,
        visible=visible,
        region="main",
        near=near,
        place=(0, 0, 16, 16),
    )


def verdict(rule: Rule, shop: Artifacts) -> Verdict:
    """What one rule says of the artifacts; what it raises is the test's failure."""
    found: Verdict = Facts(facts.functions(), {"artifacts": shop}).call(rule.judge)
    return found

"""Results made from verdicts, without a shop."""

from troth.audit.artifacts.shape import Artifacts, Failure, Page
from troth.audit.judging import Judged
from troth.audit.result.assembly import assembled
from troth.audit.result.shape import AuditResult
from troth.audit.scoring import configured

TAKEN_AT_MS = 1_700_000_000_000


def page(id_: str = "first-1", **given: object) -> Page:
    """A page that answered."""
    url = f"https://shop.test/{id_}"
    shape = {
        "id": id_, "visit": "first", "kind": "product", "url": url, "final_url": url, "status": 200,
        "taken_at_ms": TAKEN_AT_MS, **given,
    }  # fmt: skip
    return Page(**shape)  # type: ignore[arg-type]


def artifacts(*pages: Page, **given: object) -> Artifacts:
    """What an audit of those pages brought home."""
    shape = {
        "schema": "troth-artifacts/1", "shop": "https://shop.test/", "taken_at_ms": TAKEN_AT_MS,
        "browser": "Chromium 1", "user_agent": "Troth", "pages": pages or (page(),), "walk": (),
        "failures": (Failure("page", "https://shop.test/late", "page-timeout", "It took too long."),),
        **given,
    }  # fmt: skip
    return Artifacts(**shape)  # type: ignore[arg-type]


def outcome(*verdicts: Judged, brought: Artifacts | None = None) -> AuditResult:
    """The result of those verdicts by the catalogue's scoring."""
    return assembled(brought or artifacts(), verdicts, configured())

"""The page that leads to the pages of several shops, and sets them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from troth import texts
from troth.audit import names
from troth.audit.result.shape import AuditResult
from troth.report import document
from troth.report.audit.render import style
from troth.report.audit.sentences import sentences
from troth.report.audit.view import side, tint


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the shops. `page`: the file of its own page, beside this one; `why`: why there is no result."""

    shop: str
    page: str
    result: AuditResult | None
    why: str = ""

    @property
    def name(self) -> str:
        """The shop's address without what all have."""
        return self.shop.split("://", 1)[-1].strip("/")

    @property
    def figures(self) -> list[float | None]:
        """The score, then every category's."""
        if self.result is None:
            return []
        score = self.result.score
        return [score.value, *map(score.of, names.CATEGORIES)]


def html(entries: Sequence[Entry]) -> str:
    """The page, in the language in force: every shop has its row, seen or not.

    What shops wrote is shown, never run.
    """
    sheet = style()
    return (
        document.environment(__package__)
        .get_template("shops.html")
        .render(
            entries=entries,
            categories=list(names.CATEGORIES.items()),
            sentences=sentences,
            side=side,
            tint=tint,
            names=names,
            language=texts.language(),
            version=version("troth"),
            style=sheet,
            policy=document.policy(sheet),
        )
    )

"""The documentation: links lead somewhere, the glossary speaks three languages, commands exist."""

import re
from pathlib import Path

import pytest

from troth.cli.application import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_CODE = re.compile(r"^(```.*?^```|    .*?$)", re.DOTALL | re.MULTILINE)
_TERMS = (
    "parcel", "office", "inbox", "mover", "account", "role", "right", "trail",
    "erasure", "receipt", "annotation", "endpoint", "session", "passkey", "API key", "trial",
    "job", "read model", "retention", "backup",
)  # fmt: skip


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", page.read_text("utf-8")), re.MULTILINE)
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)|[`*_]", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", _CODE.sub("", page.read_text("utf-8")))
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        place, _hash, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_that_are_shown_exist(page: Path) -> None:
    named = re.findall(r"(?:^ *|`|/bin/)troth (?:-C \S+ )?([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= set(COMMANDS)


def test_the_glossary_has_every_word_in_three_languages() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    assert [row for row in rows if not all(row)] == []
    assert set(_TERMS) <= {row[0] for row in rows}

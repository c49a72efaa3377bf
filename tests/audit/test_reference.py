"""The reference of the rules is what the rules say."""

from pathlib import Path

from troth.audit.reference import pages

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "audit"


def test_the_pages_are_up_to_date() -> None:
    written = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages(), "run `python -m troth.audit.reference docs/reference/audit`"

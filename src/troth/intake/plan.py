"""What is known about a source and its record kind before its rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from troth.blueprint.schema import Column, RecordKind
from troth.intake.words import NOTHING


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be used: a reason's code, the column, and SQL that is true for such a row."""

    reason: str
    column: str | None
    condition: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one source become records.

    Attributes:
        kind: The record kind; its columns carry the format and the decimal mark to read this source by.
        headers: The header that each column has in the source; columns that the source lacks are not there.
        places: The position of that header.
        now_ms: The clock, for what is a plausible time.
        personal: The columns to pseudonymise.
        pseudonym_key: The key to do it with; None: no pseudonyms.
        checks: Further problems, over the typed columns.
    """

    kind: RecordKind
    headers: Mapping[str, str]
    places: Mapping[str, int]
    now_ms: int
    personal: frozenset[str] = frozenset()
    pseudonym_key: bytes | None = None
    checks: tuple[Problem, ...] = ()

    def text(self, name: str) -> str:
        """The name of the staged text of the column `name`."""
        return f"_t{list(self.kind.columns).index(name)}"

    def present(self) -> dict[str, Column]:
        """The columns that the source has."""
        return {name: column for name, column in self.kind.columns.items() if name in self.places}

    def nothing(self) -> tuple[str, ...]:
        """The words that stand for an empty field where a mere text is not meant."""
        return (*NOTHING, *self.kind.file.empty)

    def marks(self) -> dict[int, str]:
        """The wanted headers' positions, and the decimal mark of each."""
        return {self.places[name]: column.decimal or "." for name, column in self.present().items()}

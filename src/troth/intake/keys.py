"""A record's key, in SQL."""

from troth.blueprint.schema import RecordKind
from troth.intake.sql import literal
from troth.store.tables import KEY_SEPARATOR, quoted

ALL_COLUMNS = "*"


def key_columns(kind: RecordKind) -> tuple[str, ...]:
    """The columns that make up the key; all of them for `"*"`."""
    return tuple(kind.columns) if kind.key == (ALL_COLUMNS,) else kind.key


def sole_text(kind: RecordKind) -> str | None:
    """The column that is the key as it stands: the only one of the key, and text."""
    columns = key_columns(kind)
    return columns[0] if len(columns) == 1 and kind.columns[columns[0]].type == "text" else None


def key(kind: RecordKind, prefix: str = "") -> str:
    """SQL for the key: its typed parts as text, joined with `␟`.

    It is NULL when a part is, or for `"*"` when all are.
    """
    parts = [f"{prefix}{quoted(name)}" for name in key_columns(kind)]
    texts = [
        part if kind.columns[name].type == "text" else f"CAST({part} AS VARCHAR)"
        for name, part in zip(key_columns(kind), parts, strict=True)
    ]
    if kind.key == (ALL_COLUMNS,):
        joined = f" || {literal(KEY_SEPARATOR)} || ".join(f"coalesce({text}, '')" for text in texts)
        return f"CASE WHEN coalesce({', '.join(texts)}) IS NOT NULL THEN {joined} END"
    return f" || {literal(KEY_SEPARATOR)} || ".join(texts)

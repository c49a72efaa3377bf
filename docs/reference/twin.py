"""Writes twin.schema.json and twin.md from the twin's dataclasses. `python docs/reference/twin.py`."""

import json
from pathlib import Path
from typing import Any

from troth.report.twin import json_schema

HERE = Path(__file__).parent
INTRODUCTION = """\
# The report's JSON twin

`troth report --json report.json` writes everything that the HTML page shows as one JSON file, for other
programs. Its shape is published as a [JSON Schema](twin.schema.json); this page and the schema are made
from the source by `python docs/reference/twin.py`.

- The file holds ids and numbers, no sentences. Names of touchpoints, phases, segments and outcomes stand in
  `journey`, in the languages that the blueprint gives. Ids of preconditions, mechanisms and severities are
  those of the vocabulary.
- **Units.** Trust figures are in *points*, 0 to 100, 50 is neutral. Evidence, balance and owed are counted
  in *ordinary good experiences*. Shares and the uncertainty mass are 0 to 1. An AUC is 0 to 1. Days are UTC
  dates, times are UTC.
- **Not rounded.** Rounding is the display's work.
- **The same bytes for the same input**: the file depends on the records, the blueprint and the read-out
  time, and on no clock, no order of import and no number of threads.
- **No customer's id.** Examples name records by their key; where a key holds the customer's id, a digest
  stands for it.
- `schema` names the shape. A field may be added under the same name; when one changes its meaning or goes,
  the number grows.
"""


def kind(schema: dict[str, Any]) -> str:
    """A field's type in words."""
    match schema:
        case {"$ref": reference}:
            name = reference.rsplit("/", 1)[-1]
            words = f"[{name}](#{name.lower()})"
        case {"anyOf": parts}:
            words = " or ".join(kind(part) for part in parts)
        case {"items": items}:
            words = f"list of {kind(items)}"
        case {"additionalProperties": values}:
            words = f"object of {kind(values)}"
        case {"const": value}:
            words = f"`{value}`"
        case {"enum": values}:
            words = ", ".join(f"`{value}`" for value in values)
        case _:
            words = str(schema.get("format") or schema["type"])
    return words


def page(schema: dict[str, Any]) -> str:
    """The reference page: the whole, then every part by name."""
    parts = {schema["title"]: schema} | dict(sorted(schema["$defs"].items()))
    sections = [INTRODUCTION]
    for name, part in parts.items():
        fields = [f"| `{field}` | {kind(of)} |" for field, of in part["properties"].items()]
        table = "\n".join(["| field | type |", "| --- | --- |", *fields])
        sections.append(f"## {name}\n\n{part.get('description', '')}\n\n{table}\n")
    return "\n".join(sections)


if __name__ == "__main__":
    schema = json_schema()
    text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    (HERE / "twin.schema.json").write_text(text, "utf-8")
    (HERE / "twin.md").write_text(page(schema), "utf-8")

"""Writes the reference of the blueprint from its source: keys, JSON Schema, a page for every lint rule.

python -m troth.blueprint.reference docs/reference
"""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from troth.blueprint.jsonschema import json_schema
from troth.blueprint.lint import RULES
from troth.blueprint.unknown import UNKNOWN

_ORDER = (
    "Blueprint", "Journey", "Phase", "Touchpoint", "Names", "RecordKind", "Column", "Link", "FileFormat",
    "Rule", "Rating", "Promise", "Segment", "Outcome", "Parameters", "HalfLives", "MechanismParameters",
    "Words", "MechanismWords", "Privacy",
)  # fmt: skip
_PLAIN = {
    '"string"': "text",
    '"integer"': "whole number",
    '"number"': "number",
    '"boolean"': "true or false",
    '["string", "number", "boolean"]': "[expression](expressions.md)",
}
_PARTS = ("What it checks", "Why it matters", "How to repair", "Example", "Source")


def pages() -> dict[str, str]:
    """Every page by its path below docs/reference."""
    return {
        "blueprint.md": _blueprint(),
        "blueprint.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
        "lint/README.md": _lint_index(),
        **{f"lint/{code}.md": _lint_page(code) for code in [*RULES, *UNKNOWN]},
    }


def parts(code: str) -> dict[str, str]:
    """The fixed parts of the docstring behind a code by their names, `Title` being its first line."""
    text = inspect.getdoc(RULES[code].check if code in RULES else UNKNOWN[code]) or ""
    title, _blank, rest = text.partition("\n")
    found = {"Title": title}
    pieces = re.split(rf"^({'|'.join(_PARTS)}):\s*", rest, flags=re.MULTILINE)
    return found | {
        name: inspect.cleandoc(piece) for name, piece in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _lint_page(code: str) -> str:
    found = parts(code)
    lines = [f"# {code}: {_name(code)}", "", f"{found['Title']} Level: {_level(code)}."]
    for name in _PARTS[:3]:
        lines += ["", f"## {name}", "", found[name]]
    example = found["Example"]
    fenced = f"```yaml\n{example}\n```" if re.search(r"^\S*\w+:|^- ", example) else example
    lines += ["", "## Example", "", fenced]
    if "Source" in found:
        lines += ["", "## Source", "", found["Source"]]
    silence = f"Put `# troth: ignore {code}` on the line of a finding to silence it."
    if code in UNKNOWN:
        silence = "The blueprint cannot be used until this is mended, so it cannot be silenced."
    return "\n".join([*lines, "", silence, ""])


def _name(code: str) -> str:
    return RULES[code].name if code in RULES else UNKNOWN[code].__name__.replace("_", "-")


def _level(code: str) -> str:
    return RULES[code].level if code in RULES else "error"


def _lint_index() -> str:
    lines = [
        "# Lint rules of the blueprint",
        "",
        "`troth check` runs them. `# troth: ignore TB001` on the line of a finding silences it there.",
        "Those of level error are names that refer to nothing; every command refuses such a blueprint.",
        "",
        "| code | level | finds |",
        "| --- | --- | --- |",
    ]
    rows = (
        f"| [{code}]({code}.md) | {_level(code)} | {parts(code)['Title']} |"
        for code in sorted([*RULES, *UNKNOWN])
    )
    return "\n".join([*lines, *rows, ""])


def _blueprint() -> str:
    schema = json_schema()
    models = {"Blueprint": schema, **schema["$defs"]}
    lines = [
        "# The blueprint",
        "",
        "One YAML file, `blueprint.yaml`, says how the journey is meant to be. `troth check` checks it. For",
        "help while typing, point your editor at [blueprint.schema.json](blueprint.schema.json), which",
        "`troth schema` prints.",
        "",
        "All values are read as text first: `no`, `on`, `1_000`, `12:30` and dates mean what they look like.",
        "An empty value, `~` and `null` count as not written.",
    ]
    for name in _ORDER:
        model = models[name]
        lines += ["", f"## {name}", "", model["description"], "", "| key | takes | default | what it is |"]
        lines += ["| --- | --- | --- | --- |", *_rows(model, models)]
    return "\n".join([*lines, ""])


def _rows(model: dict[str, Any], models: dict[str, Any]) -> Iterator[str]:
    required = model.get("required", [])
    for key, value in model["properties"].items():
        default = "required" if key in required else _default(value)
        about = value.get("description") or models[value["$ref"].rpartition("/")[2]]["description"]
        what = " ".join(about.split()).replace("|", "\\|")
        yield f"| `{key}` | {_takes(value)} | {default} | {what} |"


def _default(value: dict[str, Any]) -> str:
    default = value.get("default")
    return "" if default is None or isinstance(default, list | dict) else f"`{json.dumps(default)}`"


def _takes(value: dict[str, Any]) -> str:
    """What a key takes, in words, from its JSON Schema."""
    match value:
        case {"$ref": reference}:
            words = _model_link(reference)
        case {"anyOf": branches}:
            words = " or ".join(dict.fromkeys(_takes(v) for v in branches if v.get("type") != "null"))
        case {"oneOf": branches}:
            words = " or ".join(_takes(v) for v in branches)
        case {"enum": choices}:
            words = ", ".join(dict.fromkeys(f"`{choice}`" for choice in choices))
        case {"type": "array", "items": items}:
            words = f"list of {_takes(items)}"
        case {"additionalProperties": inner}:
            words = f"names with {_takes(inner)}"
        case {"patternProperties": patterns}:
            words = f"names with {_takes(next(iter(patterns.values())))}"
        case _:
            words = _PLAIN[json.dumps(value["type"])]
    return words


def _model_link(reference: str) -> str:
    name = reference.rpartition("/")[2]
    return f"[{name}](#{name.lower()})"


def main(folder: Path) -> None:
    """Write every page below `folder`."""
    for name, text in pages().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))

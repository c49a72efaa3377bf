"""The shop's words: one YAML file a language; every string is a template that knows the shop's figures."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from ruamel.yaml import YAML
from tests.shop import structured

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("nl", "de", "en")

Tree = Any
"""What YAML holds: strings, lists, mappings."""


@cache
def raw(language: str) -> dict[str, Tree]:
    """The file as it stands."""
    words: dict[str, Tree] = YAML(typ="safe").load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return words


def filled(tree: Tree, known: dict[str, Any], keep: Callable[[Tree], bool]) -> Tree:
    """The tree with every string filled; list items that `keep` refuses are left out."""
    if isinstance(tree, str):
        return Markup(_template(tree).render(known)) if "{" in tree else Markup(tree)  # noqa: S704 - our own files
    if isinstance(tree, list):
        return [filled(item, known, keep) for item in tree if keep(item)]
    if isinstance(tree, dict):
        return {name: filled(value, known, keep) for name, value in tree.items()}
    return tree


@cache
def _template(text: str) -> Template:
    return ENVIRONMENT.from_string(text)


def paragraphs(text: str) -> Markup:
    """Text to HTML: blank lines part paragraphs, a line that begins with `- ` is an item of a list."""
    made = []
    for block in str(text).strip().split("\n\n"):
        if block.startswith("- "):
            items = block[2:].split("\n- ")
            made.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
        elif block.startswith("<"):
            made.append(block)
        else:
            made.append("<p>" + block.replace("  \n", "<br>") + "</p>")
    return Markup("\n".join(made))  # noqa: S704 - our own files


def money(cents: int, language: str) -> str:
    """An amount in euros, as the language writes it."""
    whole, rest = divmod(abs(cents), 100)
    if language == "en":
        return f"€{whole}.{rest:02}"
    return f"€ {whole},{rest:02}" if language == "nl" else f"{whole},{rest:02} €"


ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""Shared by all shops, so that a template is compiled once."""
ENVIRONMENT.filters |= {"paragraphs": paragraphs, "ld": structured.script}

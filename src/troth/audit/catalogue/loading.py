"""Reading the catalogue's files."""

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def read(name: str) -> Any:  # noqa: ANN401 - each file has its own shape, checked by who reads it
    """The content of the catalogue's file `name`, as plain lists, dicts and texts."""
    return YAML(typ="safe", pure=True).load((files(__package__) / name).read_text("utf-8"))

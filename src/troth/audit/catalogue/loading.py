"""Reading the catalogue's files."""

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def read(name: str) -> Any:  # noqa: ANN401 - each file has its own shape, checked by who reads it
    """The content of the catalogue's file `name`, as plain lists, dicts and texts."""
    return parsed(text(name))


def text(name: str) -> str:
    """The catalogue's file `name` as it stands."""
    return (files(__package__) / name).read_text("utf-8")


def parsed(yaml: str) -> Any:  # noqa: ANN401 - as above
    """`yaml` as plain lists, dicts and texts. Raises ruamel's YAMLError."""
    return YAML(typ="safe", pure=True).load(yaml)

"""What the rules stand on: one file a category in `sources`, read as one."""

from functools import cache
from importlib.resources import files
from typing import Any

from troth.audit.catalogue.loading import read


@cache
def sources() -> dict[str, dict[str, Any]]:
    """Every source by its id: `kind`, `title`, and perhaps `since` and `countries`."""
    folder = files(__package__) / "sources"
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".yaml"))
    return {id_: source for name in names for id_, source in read(f"sources/{name}").items()}


def source(id_: str) -> dict[str, Any]:
    """The source with this id. Raises KeyError."""
    return sources()[id_]

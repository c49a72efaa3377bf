"""Full, commented blueprints to begin with."""

from importlib.resources import files

from troth.errors import UsageError, nearest
from troth.texts import _

STARTERS: tuple[str, ...] = ("shop", "insurer", "bank")
"""The names of the starters."""


def starter(name: str) -> str:
    """The starter's YAML text. Raises `UsageError` unless `name` is one of `STARTERS`."""
    if name not in STARTERS:
        near = nearest(name, STARTERS)
        raise UsageError(
            "starter-unknown",
            _("There is no starter “%(name)s”.") % {"name": name},
            _("Did you mean “%(near)s”?") % {"near": near} if near else "",
            allowed=STARTERS,
        )
    return files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")

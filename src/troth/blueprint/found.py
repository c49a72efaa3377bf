"""What a check yields, whether the linter runs it or the loading of a blueprint."""

from typing import NamedTuple

from troth.blueprint.document import Path


class Found(NamedTuple):
    """The part of the blueprint, what is wrong or odd about it, and how to mend it.

    `code` is that of an unknown name (see `unknown`); a finding of the linter has its rule's.
    """

    path: Path
    message: str
    hint: str = ""
    code: str = ""

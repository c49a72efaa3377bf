"""Baskets, kept by the server under a session's number."""

import secrets
from dataclasses import dataclass, field

from tests.shop import stock


@dataclass(slots=True)
class Session:
    """One visitor's basket (product id → pieces) and what the checkout was told."""

    pieces: dict[str, int] = field(default_factory=dict)
    insured: bool = False
    buyer: dict[str, str] = field(default_factory=dict)
    payment: str = ""

    @property
    def items(self) -> int:
        """What the goods cost, in cents."""
        goods = sum(stock.find(id_).price * count for id_, count in self.pieces.items())
        return goods + (stock.INSURANCE if self.insured and self.pieces else 0)

    def count(self) -> int:
        """How many pieces."""
        return sum(self.pieces.values())


class Sessions:
    """All sessions; a number that is not known counts for none."""

    def __init__(self) -> None:
        self._known: dict[str, Session] = {}

    def get(self, id_: str | None) -> Session:
        """The session with this number, else an empty one that is not kept."""
        return self._known.get(id_ or "") or Session()

    def opened(self, id_: str | None) -> tuple[str, Session]:
        """The session with this number, else a new one that is kept."""
        if id_ and id_ in self._known:
            return id_, self._known[id_]
        new = secrets.token_hex(16)
        self._known[new] = Session()
        return new, self._known[new]

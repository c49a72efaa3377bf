"""Rooms beside the ledger that hold people, such as cases: each says what it has and removes it.

A room adds its own to `HOLDERS` when it is loaded; its name is the table in receipts and exports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Holder:
    """A table of the office with people in it.

    Attributes:
        name: Its name in receipts and exports.
        held: What it has of the person with these ids, as plain JSON types.
        remove: Removes that, in the open transaction; how many rows.
    """

    name: str
    held: Callable[[Connection, frozenset[str]], list[dict[str, Any]]]
    remove: Callable[[Connection, frozenset[str]], int]


HOLDERS: list[Holder] = []

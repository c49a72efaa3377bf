"""Where the copy stands: whose it is, and up to which row of each kind it goes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from troth.errors import TrothError
from troth.store.database import Store
from troth.store.office.tables import record_kind, record_ledger
from troth.store.tables import BOOKKEEPING, HASH, LAYOUT_SETTING, has_derived_key, record_columns
from troth.texts import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEDGER = "ledger_id"
"""Setting of a ledger: the name by which its copy knows it; a ledger that was made anew keeps it."""

MARK, COUNTER = "inbox_mark", "import_no"
"""Settings of a ledger that only grow: its last parcel and its last import."""

NOT_COPIED = frozenset({LAYOUT_SETTING, "hashing"})
"""Settings that are about the ledger's file."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind's records lie: the declared columns' SQL types, and whether the key is one of them."""

    columns: Mapping[str, str]
    derived_key: str | None

    @classmethod
    def of(cls, store: Store, kind: str) -> Self:
        """As the kind's table has it."""
        columns = record_columns(store.connection, kind)
        declared = {
            name: type_
            for name, type_ in columns.items()
            if name not in BOOKKEEPING and not name.startswith(f"{HASH}_")
        }
        derived = None
        if has_derived_key(store.connection, kind):
            [(derived, _type)] = json.loads(store.setting(f"key:{kind}") or "[]")
        return cls(declared, derived)

    def text(self) -> str:
        """For the copy to keep."""
        return json.dumps({"columns": dict(self.columns), "derived_key": self.derived_key})

    @classmethod
    def read(cls, text: str) -> Self:
        """As the copy has it."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind's part of the copy: its shape, the newest row that it has, and how many records."""

    shape: str = ""
    import_no: int = -1
    row_no: int = -1
    n: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """The whole: the ledger's name, its settings, and each kind's part."""

    ledger: str
    settings: Mapping[str, str]
    kinds: Mapping[str, Standing]


def read(connection: Connection, *, held: bool = True) -> Copy | None:
    """The copy as it is, `held` for the open transaction; None where there is none yet."""
    from sqlalchemy import select

    query = select(record_ledger)
    head = connection.execute(query.with_for_update() if held else query).first()
    if head is None:
        return None
    kinds = {
        row.kind: Standing(row.shape, row.import_no, row.row_no, row.n)
        for row in connection.execute(select(record_kind))
    }
    return Copy(head.ledger, json.loads(head.settings), kinds)


def write(connection: Connection, copy: Copy) -> None:
    """Keep where the copy stands, in the open transaction."""
    connection.execute(record_kind.delete())
    if copy.kinds:
        rows = [
            {
                "kind": kind,
                "shape": one.shape,
                "import_no": one.import_no,
                "row_no": one.row_no,
                "n": one.n,
            }
            for kind, one in copy.kinds.items()
        ]
        connection.execute(record_kind.insert(), rows)
    connection.execute(record_ledger.delete())
    head = {"ledger": copy.ledger, "settings": json.dumps(dict(copy.settings), sort_keys=True)}
    connection.execute(record_ledger.insert(), head)


def settings_of(store: Store) -> dict[str, str]:
    """The ledger's settings that go into the copy."""
    rows = store.connection.execute("SELECT name, value FROM setting ORDER BY name").fetchall()
    return {name: value for name, value in rows if name not in NOT_COPIED}


def name_of(store: Store) -> str:
    """The name of a ledger; it gets one when it has none."""
    name = store.setting(LEDGER)
    if name is None:
        name = secrets.token_hex(8)
        with store.transaction():
            store.set_setting(LEDGER, name)
    return name


def check(store: Store, copy: Copy, place: str) -> None:
    """Raises TrothError where the copy is not of this ledger, or goes further than it.

    `ledger-foreign`: it is another ledger's; `ledger-behind`: this is an older state of the ledger.
    """
    hint = _("Move the ledger's file away: it is made anew from the database when the server starts.")
    if copy.ledger != store.setting(LEDGER):
        raise TrothError(
            "ledger-foreign",
            _("The database %(place)s keeps the records of another ledger.") % {"place": place},
            hint,
            where=str(store.path),
        )
    for name in (MARK, COUNTER):
        if int(store.setting(name) or 0) < int(copy.settings.get(name, 0)):
            raise TrothError(
                "ledger-behind",
                _("The database %(place)s has newer records than the ledger.") % {"place": place},
                hint,
                where=str(store.path),
            )

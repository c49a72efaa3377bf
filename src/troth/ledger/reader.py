"""Between a blueprint's expressions and a SELECT: one record kind, its links, and what is read of them."""

from dataclasses import dataclass
from typing import Protocol

from sqlglot import exp

from troth.blueprint.expressions import RECORD, Compiled, Scope
from troth.blueprint.expressions import compile as compiled
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.ledger.sql import DAY_MS, EPOCH_MS


class Relation(Protocol):
    """The SQL of the table that holds the records of a kind.

    `linked`: it is joined to records that name its records, and not read for its own sake.
    """

    def __call__(self, kind: str, *, linked: bool = False) -> str:
        """The table, or a subquery in brackets."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A SELECT in DuckDB's dialect and the blueprint's expressions that go into it (see `sql.render`).

    `links` are those of the record kind that it reads through.
    """

    source: str
    text: str
    checked: tuple[exp.Expr, ...] = ()
    links: tuple[str, ...] = ()


class Reader:
    """Puts a blueprint's expressions over one record kind into SQL, and knows the tables they need.

    `customer` is the SQL of the customer's id, NULL when empty. `checked` are the compiled expressions, in
    the order of their numbers in the SQL.
    """

    def __init__(self, blueprint: Blueprint, kind: str, settings: Settings) -> None:
        self._scope = Scope(blueprint, kind)
        self._settings = settings
        self._kind = blueprint.records[kind]
        self._name = kind
        self._links: dict[str, None] = {}
        self.checked: list[exp.Expr] = []
        link, dot, column = self._kind.customer.rpartition(".")
        if dot:
            self._links[link] = None
        self.customer = f'NULLIF(CAST("{link or RECORD}"."{column}" AS VARCHAR), \'\')'

    def number(self, text: str, mechanism_no: int) -> str:
        """A number, as DOUBLE; S1 to S4 stand for what they weigh where they speak of the mechanism."""
        settings = self._settings.of(mechanism_no)
        return f"CAST({self._put(compiled(text, self._scope, settings, 'number'))} AS DOUBLE)"

    def condition(self, text: str | None) -> str:
        """True, false or NULL; without a text always true."""
        return self._put(compiled(text, self._scope, self._settings, "boolean")) if text else "TRUE"

    def time(self, text: str, *, end_of_day: bool = False) -> str:
        """Epoch milliseconds; a date is midnight UTC, or with `end_of_day` its last millisecond."""
        value = compiled(text, self._scope, self._settings, "time")
        put = self._put(value)
        if value.type == "date":
            extra = f" + {DAY_MS - 1}" if end_of_day else ""
            return f"{EPOCH_MS}(CAST({put} AS TIMESTAMP)){extra}"
        return f"{EPOCH_MS}({put})"

    def value(self, text: str) -> str:
        """A value of any type, as it is."""
        return self._put(compiled(text, self._scope, self._settings))

    def rank(self, text: str | None) -> str:
        """A BIGINT that is no smaller for a value that is no smaller; NULL without one, which is the least.

        Where the type has none, and without a text, all values have the same.
        """
        if text is None:
            return "CAST(NULL AS BIGINT)"
        type_ = compiled(text, self._scope, self._settings).type
        if type_ in {"time", "date"}:
            return self.time(text)
        return f"CAST({self.value(text) if type_ == 'integer' else 'NULL'} AS BIGINT)"

    def no_link(self) -> str:
        """Whether a link that is used names a record that is not there."""
        missing = [
            f'("{RECORD}"."{self._kind.links[link].by}" IS NOT NULL AND "{link}"._key IS NULL)'
            for link in self._links
        ]
        return f"({' OR '.join(missing)})" if missing else "FALSE"

    @property
    def links(self) -> tuple[str, ...]:
        """The links that were used."""
        return tuple(self._links)

    def tables(self, relation: Relation) -> str:
        """The record's table as `record`, with every link that was used joined under its name."""
        joins = "".join(
            f' LEFT JOIN {relation(self._kind.links[link].to, linked=True)} AS "{link}"'
            f' ON "{link}"._key = CAST("{RECORD}"."{self._kind.links[link].by}" AS VARCHAR)'
            for link in self._links
        )
        return f'{relation(self._name)} AS "{RECORD}"{joins}'

    def _put(self, value: Compiled) -> str:
        self._links.update(dict.fromkeys(sorted(value.links)))
        self.checked.append(value.tree)
        return f"troth_expression({len(self.checked) - 1})"

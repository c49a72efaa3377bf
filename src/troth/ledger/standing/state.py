"""For which day and parameters the sums stand."""

import json
from dataclasses import asdict, dataclass

import duckdb

from troth.blueprint.parameters import Settings

PART = "standing"
"""Part of `refresh_state`: JSON, what the sums stand for; absent when there are none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sums stand for.

    Attributes:
        day: evidence is decayed to this day, and from it on kept apart in `recent`.
        half_life_good: of good experiences, days, by mechanism.
        half_life_bad: of bad ones.
        ratio_milli: the ratios, thousandths; they say which mechanisms share a pool, and make up balances.
    """

    day: int
    half_life_good: tuple[float, ...]
    half_life_bad: tuple[float, ...]
    ratio_milli: tuple[int, ...]

    def suits(self, settings: Settings) -> bool:
        """Whether the sums are those that `settings` ask for."""
        return self == standing_of(settings, self.day)


def standing_of(settings: Settings, day: int) -> Standing:
    """What sums of these settings stand for."""
    return Standing(
        day,
        tuple(map(float, settings.half_life_good)),
        tuple(map(float, settings.half_life_bad)),
        tuple(settings.ratio_milli),
    )


def read_standing(connection: duckdb.DuckDBPyConnection) -> Standing | None:
    """What the sums of this ledger stand for; None when there are none."""
    rows = connection.execute(f"SELECT fingerprint FROM refresh_state WHERE part = '{PART}'").fetchall()
    return decoded(rows[0][0]) if rows else None


def encoded(standing: Standing) -> str:
    """As it is kept."""
    return json.dumps(asdict(standing))


def decoded(text: str) -> Standing:
    """As it was kept."""
    kept = json.loads(text)
    return Standing(
        kept["day"],
        tuple(kept["half_life_good"]),
        tuple(kept["half_life_bad"]),
        tuple(kept["ratio_milli"]),
    )

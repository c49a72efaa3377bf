"""The SELECT of what comments say: portable, by substring of readings (`troth.reading.encoding`)."""

from troth.blueprint.expressions import RECORD
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Rule
from troth.ledger.reader import Draft, Reader, Relation
from troth.ledger.reading_rules import HEAD, SLOTS, WIDTH, stars
from troth.ledger.rules import in_time
from troth.store.tables import quoted, reading_column

CODE = 4
"""Characters of a statement's code: mechanism, topic (two), sign."""

SAID = tuple(f"said_{slot + 1}" for slot in range(SLOTS))
"""The columns that hold a text's statements, the weightiest first."""


def draft_said(rule: Rule, blueprint: Blueprint, settings: Settings, relation: Relation) -> Draft:
    """Texts that `rule` reads: customer, record, at_ms, language, why, sure, stars, `said_1` to `said_8`."""
    reader = Reader(blueprint, rule.source, settings)
    applies, at = reader.condition(rule.when), reader.time(rule.at)
    slots = ", ".join(
        f"NULLIF(substring(reading, {HEAD + WIDTH * slot + 1}, {CODE}), '') AS {name}"
        for slot, name in enumerate(SAID)
    )
    text = f"""
        SELECT customer, record, at_ms, substring(reading, 2, 2) AS language,
            substring(reading, 4, 1) AS why, CAST(substring(reading, 11, 4) AS INTEGER) AS sure, stars,
            {slots}
        FROM (
            SELECT {reader.customer} AS customer, "{RECORD}"._key AS record, {applies} AS applies,
                {at} AS at_ms, "{RECORD}".{quoted(reading_column(rule.read or ""))} AS reading,
                {stars(rule)} AS stars
            FROM {reader.tables(relation)}
        ) AS given
        WHERE applies AND reading IS NOT NULL AND customer IS NOT NULL AND at_ms IS NOT NULL
            AND {in_time("at_ms")}"""
    return Draft(rule.id, text, tuple(reader.checked), reader.links)

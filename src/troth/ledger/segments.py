"""Segments: one value per customer, from the records."""

from sqlglot import exp

from troth.blueprint.expressions import RECORD
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Segment
from troth.ledger.reader import Draft, Reader, Relation


def draft_segment(segment: Segment, blueprint: Blueprint, settings: Settings, relation: Relation) -> Draft:
    """SELECT customer, value: of the record with the greatest `latest` among those that give a value."""
    reader = Reader(blueprint, segment.source, settings)
    value = reader.value(segment.value)
    latest = f"{reader.value(segment.latest)} DESC NULLS LAST, " if segment.latest else ""
    text = f"""
        SELECT customer, value
        FROM (
            SELECT {reader.customer} AS customer, CAST({value} AS VARCHAR) AS value,
                ROW_NUMBER() OVER (
                    PARTITION BY {reader.customer} ORDER BY {latest}"{RECORD}"._key DESC NULLS LAST) AS place
            FROM {reader.tables(relation)}
            WHERE {value} IS NOT NULL
        ) AS ranked
        WHERE place = 1 AND customer IS NOT NULL"""
    return Draft(segment.id, text, tuple(reader.checked), reader.links)


def columns_read(draft: Draft) -> set[str]:
    """The record's own columns that the expressions of a draft read."""
    return {node.name for tree in draft.checked for node in tree.find_all(exp.Column) if node.table == RECORD}

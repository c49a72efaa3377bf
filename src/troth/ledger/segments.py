"""Segments: one value per customer, from the records."""

from sqlglot import exp

from troth.blueprint.expressions import RECORD
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Segment
from troth.ledger.reader import Draft, Reader, Relation


def draft_segment(segment: Segment, blueprint: Blueprint, settings: Settings, relation: Relation) -> Draft:
    """SELECT customer, value, rank: of the record with the greatest `latest` among those that give a value.

    For the rank see `draft_telling`.
    """
    reader = Reader(blueprint, segment.source, settings)
    value = reader.value(segment.value)
    rank = reader.rank(segment.latest)
    latest = f"{reader.value(segment.latest)} DESC NULLS LAST, " if segment.latest else ""
    text = f"""
        SELECT customer, value, rank
        FROM (
            SELECT {reader.customer} AS customer, CAST({value} AS VARCHAR) AS value, {rank} AS rank,
                ROW_NUMBER() OVER (
                    PARTITION BY {reader.customer} ORDER BY {latest}"{RECORD}"._key DESC NULLS LAST) AS place
            FROM {reader.tables(relation)}
            WHERE {value} IS NOT NULL
        ) AS ranked
        WHERE place = 1 AND customer IS NOT NULL"""
    return Draft(segment.id, text, tuple(reader.checked), reader.links)


def draft_telling(segment: Segment, blueprint: Blueprint, settings: Settings, relation: Relation) -> Draft:
    """SELECT customer, key, latest, rank, value of every record that gives a value.

    The rank is a number that grows with `latest`, if not always: of two records the one with the higher rank
    has the later `latest`, and of two with the same rank either may have. So a rank that is kept beside a
    value says whether another record comes after the one that told it, wherever the ranks differ.
    """
    reader = Reader(blueprint, segment.source, settings)
    value, rank = reader.value(segment.value), reader.rank(segment.latest)
    latest = reader.value(segment.latest) if segment.latest else "NULL"
    text = f"""
        SELECT customer, key, latest, rank, value
        FROM (
            SELECT {reader.customer} AS customer, "{RECORD}"._key AS key, {latest} AS latest, {rank} AS rank,
                CAST({value} AS VARCHAR) AS value
            FROM {reader.tables(relation)}
        ) AS told
        WHERE value IS NOT NULL AND customer IS NOT NULL"""
    return Draft(segment.id, text, tuple(reader.checked), reader.links)


def columns_read(draft: Draft) -> set[str]:
    """The record's own columns that the expressions of a draft read."""
    return {node.name for tree in draft.checked for node in tree.find_all(exp.Column) if node.table == RECORD}

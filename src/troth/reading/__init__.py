"""What customers write, read: language, how good or bad, about what, with the words that prove it.

    text ──▶ masked ──▶ cleaned ──▶ language ──▶ sentences ──▶ clauses ──▶ matches ──▶ statements ──▶ Reading

By own lexica (`lexica/`, Dutch, German, English); pure, offline, no model of others inside but the one that
tells languages apart.
"""

from troth.reading.encoding import decoded, encoded
from troth.reading.masking import masked
from troth.reading.reader import Reader
from troth.reading.reading import Reading, Span, Statement

__all__ = ["Reader", "Reading", "Span", "Statement", "decoded", "encoded", "masked"]

"""Readers: one module a format, each turning a source into rows of text that DuckDB types and stores."""

from troth.intake.readers.base import Landing, Reader
from troth.intake.readers.dispatch import open_reader

__all__ = ["Landing", "Reader", "open_reader"]

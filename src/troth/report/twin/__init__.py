"""The report as data: its shape, and the way to and from JSON."""

from troth.report.twin.codec import as_json, from_json, json_schema, text
from troth.report.twin.shape import SCHEMA, Twin

__all__ = ["SCHEMA", "Twin", "as_json", "from_json", "json_schema", "text"]

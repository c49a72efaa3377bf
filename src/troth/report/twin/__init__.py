"""The report as data: its shape, how it is made, and the way to and from JSON."""

from troth.report.twin.assembly import assemble, twin
from troth.report.twin.codec import as_json, from_json, json_schema, text
from troth.report.twin.shape import SCHEMA, Twin

__all__ = ["SCHEMA", "Twin", "as_json", "assemble", "from_json", "json_schema", "text", "twin"]

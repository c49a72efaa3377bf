"""What the tests of the intake share."""

from collections.abc import Callable
from textwrap import indent

from troth.blueprint import parse
from troth.blueprint.schema import Blueprint
from troth.intake import ImportSummary

Bring = Callable[..., ImportSummary]
"""The fixture `bring`."""

Rows = Callable[..., list[tuple[object, ...]]]
"""The fixture `rows`."""

NOW_MS = 1_767_225_600_000  # 2026-01-01T00:00:00Z

ORDERS = """
key: id
customer: customer
columns:
  id: text
  customer: text
  made: time
  total: number
"""


def blueprint(records: str | dict[str, str] = ORDERS, *, private: bool = False) -> Blueprint:
    """A blueprint with the given record kinds: their YAML by name, or that of `orders`."""
    kinds = {"orders": records} if isinstance(records, str) else records
    lines = "".join(f"  {name}:\n{indent(text.strip(), '    ')}\n" for name, text in kinds.items())
    return parse(
        "journey: {name: Shop, phases: [{id: all, name: All}]}\n"
        "touchpoints: [{id: delivery, phase: all, name: Delivery}]\n"
        f"records:\n{lines}"
        f"privacy: {{pseudonymise: {str(private).lower()}}}\n"
    )

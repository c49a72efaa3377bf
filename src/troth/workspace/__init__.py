"""The one object that ties a blueprint, a ledger and a clock together; commands and programs speak to it."""

from troth.workspace.base import BLUEPRINT_NAME
from troth.workspace.facade import REPORT_NAME, Summary, When, Workspace

__all__ = ["BLUEPRINT_NAME", "REPORT_NAME", "Summary", "When", "Workspace"]

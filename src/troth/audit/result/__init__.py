"""What an audit comes to, in one shape that every form of it shows."""

from troth.audit.result.assembly import result
from troth.audit.result.shape import AuditResult, Finding

__all__ = ["AuditResult", "Finding", "result"]

"""The office: inbox, people and rights, the trail, all that is no ledger; SQLite, or a team's PostgreSQL."""

from troth.store.office.opening import OFFICE_NAME, Office

__all__ = ["OFFICE_NAME", "Office"]

"""Records in: reading exports and tables, checking every row, and losing none."""

from troth.intake.declaration import forget_records
from troth.intake.delimited import delimited
from troth.intake.importing import import_source
from troth.intake.pseudonyms import pseudonym
from troth.intake.quarantine import rows as quarantine_rows
from troth.intake.replay import replay_quarantine
from troth.intake.sniffing import Sniffed, sniff
from troth.intake.summary import REASONS, ImportSummary, Preview, QuarantinedRow

__all__ = [
    "REASONS",
    "ImportSummary",
    "Preview",
    "QuarantinedRow",
    "Sniffed",
    "delimited",
    "forget_records",
    "import_source",
    "pseudonym",
    "quarantine_rows",
    "replay_quarantine",
    "sniff",
]

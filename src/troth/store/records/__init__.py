"""The records once more in a team's PostgreSQL, so that a lost ledger is made anew from there.

The ledger is what is read and judged by; this copy follows it (`follow`) and gives it back (`give_back`).
With an office in a file there is no copy.
"""

from troth.store.records.following import follow
from troth.store.records.giving import give_back

__all__ = ["follow", "give_back"]

"""What is derived follows the records that arrive, batch by batch, instead of being made anew.

Of every record that is touched, what it gave before is retracted and what it gives now is added: rows with
`n` −1 and +1 and the weight's sign turned, at the end of the tables. Nothing is searched for in the
experiences and nothing is rewritten; every read-out sums `n`. `compact` puts the rows in order now and then.
"""

from troth.ledger.following.carrying import Carried, carry
from troth.ledger.following.compacting import compact, crowded
from troth.ledger.following.steps import follower
from troth.ledger.following.verifying import Difference, verify

__all__ = ["Carried", "Difference", "carry", "compact", "crowded", "follower", "verify"]

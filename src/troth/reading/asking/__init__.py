"""Labels by a language model that somebody runs, for a person to check; off unless an endpoint is named.

texts ──▶ masked again ──▶ (those that give orders stay here) ──▶ batches ──▶ endpoint ──▶ checked ──▶ answers

Nothing that customers write is read this way by itself: an endpoint may be slow, wrong or down, and no import
waits for it.
"""

from troth.reading.asking.asking import Asked, Labeller, ask
from troth.reading.asking.endpoint import Endpoint, endpoint

__all__ = ["Asked", "Endpoint", "Labeller", "ask", "endpoint"]

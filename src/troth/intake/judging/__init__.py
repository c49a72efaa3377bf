"""Records from programs, judged one by one: typed like the rows of a file, or refused with the reason."""

from troth.intake.judging.judge import Judge, SlowError
from troth.intake.judging.outcome import Judged, Refusal, hint

__all__ = ["Judge", "Judged", "Refusal", "SlowError", "hint"]

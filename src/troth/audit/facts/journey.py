"""How far the walk to the checkout came, and where it stopped."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts
from troth.texts import _


@dataclass(frozen=True, slots=True)
class Journey:
    """The walk's steps that were reached. `stopped`: the first one that was not, `note`: why, as it said."""

    reached: frozenset[str]
    stopped: str
    note: str

    @property
    def end(self) -> str:
        """One sentence, in the language in force: where the walk stopped."""
        if not self.stopped:
            return _("The walk ended at the checkout.")
        step = f"{self.stopped} ({self.note.rstrip('.')})" if self.note else self.stopped
        return _("The walk stopped at: %(step)s.") % {"step": step}


def journey(artifacts: Artifacts) -> Journey:
    """The walk of the first visit."""
    missed = [step for step in artifacts.walk if not step.reached]
    return Journey(
        reached=frozenset(step.name for step in artifacts.walk if step.reached),
        stopped=missed[0].name if missed else "",
        note=missed[0].note if missed else "",
    )


FACTS = (journey,)

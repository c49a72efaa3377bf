"""A changed blueprint: try it; nothing changes yet."""

from __future__ import annotations

from pydantic import Field

from troth.errors import UsageError
from troth.texts import _
from troth.web.frame.action import Asking, Done, Form
from troth.web.work.answers import answer_of
from troth.web.work.blueprints import demand_right, try_out
from troth.workspace.live import Live
from troth.workspace.trial import on_disk

MOST_BYTES = 4_000_000


class BlueprintForm(Form):
    """The new text; or `from_disk`: what the blueprint's file says by now."""

    text: str = Field("", max_length=1_000_000)
    from_disk: bool = False


def propose(live: Live, asking: Asking) -> Done:
    """Check a changed blueprint and work out what it would change, in a job.

    The job's result is then taken (`/jobs/{job}/take`), which puts the blueprint in force, or discarded. A
    file may be sent instead of the text, as the field `file` of a multipart form.
    """
    if asking.form.from_disk:
        text = on_disk(live)
    elif asking.upload is not None:
        text = _decoded(asking.upload.path.read_bytes())
    else:
        text = asking.form.text.replace("\r\n", "\n")
    if not text.strip():
        raise UsageError("blueprint-missing", _("There is no text of a blueprint."), where="text")
    demand_right(live, text, asking.visitor)
    job = try_out(live, text, asking.visitor.actor)
    return Done(f"/jobs/{job.id}", answer_of(live, job, asking.visitor))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            "blueprint-unreadable", _("The file is not UTF-8."), _("Save it as UTF-8."), where="file"
        ) from None

"""Taking a file in: nothing is imported yet."""

from __future__ import annotations

import os

from pydantic import Field

from troth.errors import UsageError
from troth.texts import _
from troth.web.frame.action import Asking, Done, Form
from troth.web.work.answers import answer_of
from troth.web.work.importing import look, received
from troth.workspace.live import Live

MOST_BYTES = int(os.environ.get("TROTH_UPLOAD_MB") or 500) * 1_000_000
"""How large a file may be; `TROTH_UPLOAD_MB` sets it."""


class UploadForm(Form):
    """What the file holds."""

    kind: str = Field(max_length=200)


def upload(live: Live, asking: Asking) -> Done:
    """Take a file with records of one kind and work out what importing it would do, in a job.

    The job's result is then taken (`/jobs/{job}/take`), which imports the file, or discarded.
    """
    if asking.upload is None:
        raise UsageError("file-missing", _("No file was sent."), where="file")
    job = look(live, received(live, asking.form.kind, asking.upload), asking.visitor.actor)
    return Done(f"/jobs/{job.id}", answer_of(live, job, asking.visitor))

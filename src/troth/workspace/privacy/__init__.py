"""One person's data: exported, erased, kept out; records that are kept only for so long."""

from troth.workspace.privacy.erasing import Receipt, erase, erasures, resume, sweep
from troth.workspace.privacy.exporting import count, export
from troth.workspace.privacy.host import Alone, Host
from troth.workspace.privacy.looking import looks, subjects
from troth.workspace.privacy.retaining import retain

__all__ = [
    "Alone",
    "Host",
    "Receipt",
    "count",
    "erase",
    "erasures",
    "export",
    "looks",
    "resume",
    "retain",
    "subjects",
    "sweep",
]

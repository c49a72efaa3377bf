"""What people taught the reader is in a backup of the workspace."""

import datetime as dt
from pathlib import Path

from troth.reading.labels import kept
from troth.reading.labels.label import Said
from troth.workspace import Workspace
from troth.workspace.keeping import back_up, bring_back
from troth.workspace.reader import correct, reader_of


def test_corrections_and_the_model_come_back(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    Workspace.create(here, "shop")
    with Workspace.open(here) as workspace:
        workspace.opened(create=True)
    reading = reader_of(here).read("De bezorging was te laat.")
    correct(here, reading, "negative", [Said("reliability", -1)], ["delivery"])
    (here / "reader").mkdir()
    (here / "reader" / "model.json").write_text("{}")
    (here / "reader" / "ab.npz").write_bytes(b"weights")
    (here / "reader" / "half.new").write_text("was being written")
    back_up(here, tmp_path / "a.zip", now=lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    bring_back(tmp_path / "a.zip", there)
    assert kept(there) == kept(here) != []
    assert {path.name for path in (there / "reader").iterdir()} == {"model.json", "ab.npz"}
    assert (there / "reader" / "ab.npz").read_bytes() == b"weights"

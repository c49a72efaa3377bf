"""The way of a comment through the server's inbox: masked before it rests, read when it is carried."""

from pathlib import Path

import pytest

from troth.ledger import verify
from troth.workspace.live import Live

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}, {id: product, phase: all, name: Product}]
records:
  reviews:
    key: id
    customer: who
    columns: {id: text, who: text, at: time, stars: integer, words: comment}
rules:
  - {id: said, from: reviews, touchpoint: product, mechanism: ability, at: at, read: words,
     rating: {column: stars, worst: 1, best: 5}}
"""
MAIL = "jan.jansen@example.org"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    return tmp_path


def put(live: Live, *reviews: tuple[str | None, int | None, str]) -> None:
    judge = live.arrivals.judge("reviews")
    rows = [
        {"id": id_, "who": "c1", "at": "2026-01-01T00:00:00Z", "stars": stars, "words": words}
        for id_, stars, words in reviews
    ]
    judged = judge.judge(rows, live.now_ms(), kept=True)
    live.arrivals.take([live.arrivals.parcel(judge, judged, keep_refused=True)]).result(30)


def ask(live: Live, query: str) -> list[tuple[object, ...]]:
    with live.reading() as workspace:
        return workspace.store.connection.execute(query).fetchall()


def rests(folder: Path) -> bool:
    """Whether the address stands in any file of the folder."""
    return any(MAIL.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_nothing_personal_rests_in_the_inbox_nor_in_the_ledger(folder: Path) -> None:
    with Live.open(folder) as live:
        live.arrivals.mover.stop()
        put(live, ("a", None, f"De levering kwam te laat. {MAIL}"), (None, None, f"mail {MAIL}"))
        assert live.arrivals.inbox.waiting[0] == 2
        assert not rests(folder)
    with Live.open(folder) as live:
        live.arrivals.settle(60)
        assert ask(live, "SELECT words FROM record.reviews") == [("De levering kwam te laat. [e-mail]",)]
        assert ask(live, "SELECT json_extract_string(row_json, '$.words') FROM quarantine") == [
            ("mail [e-mail]",)
        ]
        told = (
            "SELECT touchpoint, mechanism_no, severity FROM experience JOIN touchpoint USING (touchpoint_no)"
        )
        assert ask(live, told) == [("delivery", 6, 2)]
        put(live, ("a", 5, "Prima product!"))
        live.arrivals.settle(60)
        with live.reading() as workspace:
            assert verify(workspace.store, workspace.blueprint, workspace.settings) == []
            [heard] = workspace.status().comments
            assert (heard.texts, heard.read) == (1, 1)
    assert not rests(folder)


def test_what_was_taken_as_a_text_is_masked_when_it_turns_out_a_comment(folder: Path) -> None:
    (folder / "blueprint.yaml").write_text(
        BLUEPRINT.replace("words: comment", "words: text").replace(
            "read: words,\n     rating: {column: stars, worst: 1, best: 5}", "weight: GOOD"
        )
    )
    with Live.open(folder) as live:
        live.arrivals.mover.stop()
        put(live, ("a", 1, f"slecht. {MAIL}"))
    (folder / "blueprint.yaml").write_text(BLUEPRINT)
    with Live.open(folder) as live:
        live.arrivals.settle(60)
        assert ask(live, "SELECT json_extract_string(row_json, '$.words') FROM quarantine") == [
            ("slecht. [e-mail]",)
        ]
        with live.changing() as workspace:
            workspace.replay()
        assert ask(live, "SELECT words FROM record.reviews") == [("slecht. [e-mail]",)]


def test_a_person_is_exported_and_erased_with_what_they_wrote(folder: Path) -> None:
    from troth.workspace.privacy import erase, export

    with Live.open(folder) as live:
        put(live, ("a", 1, "De levering kwam veel te laat."))
        live.arrivals.settle(60)
        whole = str(export(live, "c1", actor="somebody"))
        assert "De levering kwam veel te laat." in whole
        assert "_read_words" in whole
        erase(live, "c1", actor="somebody")
        assert ask(live, "SELECT count(*) FROM record.reviews") == [(0,)]
        assert ask(live, "SELECT coalesce(sum(n), 0) FROM experience") == [(0,)]

"""Comments come in: masked wherever they rest, read once, and read again when the words have changed."""

import datetime as dt
import json

import pytest
from tests.intake.helpers import NOW_MS, Bring, Rows, blueprint

from troth.blueprint import parse
from troth.blueprint.comments import Words
from troth.blueprint.parameters import resolve
from troth.blueprint.schema import Blueprint
from troth.intake import comments, quarantine_rows, replay_quarantine
from troth.intake.judging import Judge
from troth.ledger import refresh, verify
from troth.reading import Reader, decoded, encoded
from troth.reading.labels import Label, Said, digest, keep
from troth.reading.lexicon import LexiconError
from troth.reading.own import own_words
from troth.store import Store

KIND = """
key: id
customer: customer
columns: {id: text, customer: text, at: time, comment: {type: comment, source: Text}}
"""
PLAIN = KIND.replace("type: comment", "type: text")
HEAD = "id,customer,at,Text\n"
MAIL, PHONE = "jan.jansen@example.org", "06-12345678"


def read_by(text: str) -> str:
    return encoded(Reader().read(text))


def test_a_comment_is_masked_and_read(bring: Bring, rows: Rows) -> None:
    bring(HEAD + f'1,a,2025-01-01,"Snelle levering, mail {MAIL}"\n2,b,2025-01-01,\n', blueprint(KIND))
    kept = "Snelle levering, mail [e-mail]"
    assert rows("id, comment, _read_comment") == [("1", kept, read_by(kept)), ("2", None, None)]
    [said] = decoded(read_by(kept)).statements
    assert (said.topic, said.valence > 0) == ("delivery", True)


def test_rows_keep_their_numbers_and_their_texts(bring: Bring, rows: Rows) -> None:
    lines = "".join(
        f"{n:04},c{n % 7},2025-01-01,tekst {n % 50} {'goed' if n % 2 else 'slecht'}\n" for n in range(3000)
    )
    bring(HEAD + lines, blueprint(KIND))
    found = rows("id, _row, comment, _read_comment")
    assert [(id_, row) for id_, row, *_rest in found] == [(f"{n:04}", n + 1) for n in range(3000)]
    for id_, _row, comment, reading in found[::97]:
        n = int(str(id_))
        assert comment == f"tekst {n % 50} {'goed' if n % 2 else 'slecht'}"
        assert reading == read_by(str(comment))


def test_equal_texts_are_read_once(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = comments.Lector.masked_and_read

    def counted(self: comments.Lector, texts: list[str]) -> list[tuple[str, str]]:
        read.extend(texts)
        return real(self, texts)

    monkeypatch.setattr(comments.Lector, "masked_and_read", counted)
    bring(HEAD + "".join(f"{n},a,2025-01-01,prima {n % 3}\n" for n in range(99)), blueprint(KIND))
    assert sorted(read) == ["prima 0", "prima 1", "prima 2"]


def test_the_same_file_again_changes_nothing(bring: Bring) -> None:
    content = HEAD + f"1,a,2025-01-01,bel {PHONE}\n"
    bring(content, blueprint(KIND))
    assert bring(content, blueprint(KIND)).same == 1
    changed = bring(HEAD + "1,a,2025-01-01,slecht\n", blueprint(KIND))
    assert changed.changed == 1


def test_what_cannot_be_used_is_masked_too(bring: Bring, store: Store, rows: Rows) -> None:
    summary = bring(
        HEAD + f"1,,2025-01-01,mail {MAIL}\n2,a,someday,bel {PHONE}\n3,a,2025-01-01,goed,x,{MAIL}\n",
        blueprint(KIND),
    )
    assert summary.quarantined == 3
    kept = store.connection.execute("SELECT row_json, detail FROM quarantine").fetchall()
    assert MAIL not in str(kept)
    assert PHONE not in str(kept)
    assert [row.row.get("Text") for row in quarantine_rows(store)][:2] == ["mail [e-mail]", "bel [phone]"]
    looser = blueprint(KIND.replace("at: time", "at: text"))
    [replayed] = replay_quarantine(store, looser, now_ms=NOW_MS)
    assert replayed.added == 1
    assert rows("id, comment, _read_comment") == [("2", "bel [phone]", read_by("bel [phone]"))]


def test_a_dry_run_shows_nothing_personal(bring: Bring) -> None:
    content = HEAD + f"1,a,2025-01-01,mail {MAIL}\n2,a,someday,mail {MAIL}\n"
    preview = bring(content, blueprint(KIND), dry_run=True).preview
    assert preview is not None
    assert MAIL not in str(preview)
    assert preview.columns == ("id", "customer", "at", "comment")
    assert preview.rows[0][-1] == "mail [e-mail]"


def test_a_judge_masks_what_it_takes_and_what_it_refuses() -> None:
    judge = Judge(blueprint(KIND), "orders")
    good = {"id": "1", "customer": "a", "at": "2025-01-01T00:00:00Z", "Text": f"mail {MAIL}"}
    bad = {**good, "id": None, "Text": f"bel {PHONE}"}
    found = judge.judge([good, bad, [MAIL]], NOW_MS, kept=True)
    assert found.columns["comment"] == ["mail [e-mail]"]
    assert json.loads(found.refused[0].row)["Text"] == "bel [phone]"
    assert MAIL not in found.refused[1].row


def words(*bad: str, kind: str = KIND) -> Blueprint:
    made = blueprint(kind)
    text = f"words: {{nl: {{mechanisms: {{reliability: {{bad: [{', '.join(bad)}]}}}}}}}}" if bad else "{}"
    own = parse(
        "journey: {name: S, phases: [{id: all, name: A}]}\ntouchpoints: [{id: x, phase: all, name: X}]\n"
        + (text if bad else "")
    )
    return made.model_copy(update={"words": own.words})


def test_other_words_are_a_reason_to_read_again(bring: Bring, store: Store, rows: Rows) -> None:
    bring(HEAD + "1,a,2025-01-01,De zoefbus flopte weer eens helaas\n", words())
    told: list[tuple[str, float | None]] = []
    before = rows("_read_comment")
    settings = resolve(words().parameters)
    assert refresh(store, words(), settings).rebuilt
    assert not refresh(store, words(), settings).rebuilt
    own = words("flopte")
    assert verify(store, own, settings) != []
    assert refresh(store, own, settings, progress=lambda *one: told.append(one)).rebuilt
    assert ("reading", 1.0) in told
    assert not refresh(store, own, settings).rebuilt
    assert rows("_read_comment") != before
    assert verify(store, own, settings) == []


def test_a_text_that_is_declared_a_comment_is_masked_and_read(bring: Bring, store: Store, rows: Rows) -> None:
    bring(HEAD + f"1,a,2025-01-01,slecht. {MAIL}\n2,a,never,{MAIL}\n", blueprint(PLAIN))
    settings = resolve(blueprint(KIND).parameters)
    refresh(store, blueprint(KIND), settings)
    kept = "slecht. [e-mail]"
    assert rows("comment, _read_comment") == [(kept, read_by(kept))]
    assert MAIL not in str(store.connection.execute("FROM quarantine").fetchall())
    assert bring(HEAD + f"1,a,2025-01-01,slecht. {MAIL}\n", blueprint(KIND)).same == 1


def test_a_reading_that_was_tampered_with_is_told(bring: Bring, store: Store) -> None:
    plan = blueprint(KIND)
    settings = resolve(plan.parameters)
    bring(HEAD + "1,a,2025-01-01,slechte levering\n", plan)
    refresh(store, plan, settings)
    assert verify(store, plan, settings) == []
    store.connection.execute("UPDATE record.orders SET _read_comment = NULL")
    assert {difference.table for difference in verify(store, plan, settings)} == {"record.orders"}


def test_what_a_person_corrected_is_a_reason_to_read_again(bring: Bring, store: Store, rows: Rows) -> None:
    text = "De bezorging was weer eens typisch"
    bring(HEAD + f"1,a,2025-01-01,{text}\n", blueprint(KIND))
    settings = resolve(blueprint(KIND).parameters)
    refresh(store, blueprint(KIND), settings)
    label = Label(digest(text), text, "negative", (Said("reliability", -1),), ("delivery",), "nl")
    keep(store.path.parent, label, dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    assert refresh(store, blueprint(KIND), settings).rebuilt
    [(reading,)] = rows("_read_comment")
    [said] = decoded(str(reading)).statements
    assert (said.topic, said.mechanism, said.valence < 0) == ("delivery", "reliability", True)
    assert verify(store, blueprint(KIND), settings) == []


def test_words_that_stand_twice_in_two_spellings_are_named_where_no_check_came_before() -> None:
    words = Words.model_validate({"mechanisms": {"reliability": {"bad": ["flopté", "flopte"]}}})
    with pytest.raises(LexiconError) as caught:
        own_words({"nl": words})
    assert "words.nl.mechanisms" in str(caught.value.where)

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from troth import texts
from troth.errors import UsageError
from troth.texts import _, lazy, ngettext, pgettext, set_language, use_language


@pytest.fixture(autouse=True)
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small German catalogue instead of the real ones."""
    catalogue = Catalog("de")
    catalogue.add("Ability", "Fähigkeit")
    catalogue.add(("%(n)d record", "%(n)d records"), ("%(n)d Datensatz", "%(n)d Datensätze"))
    catalogue.add("balance", "Saldo", context="ledger")
    target = tmp_path / "de" / "LC_MESSAGES" / "troth.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(texts, "LOCALE_DIRECTORY", tmp_path)
    texts._catalogue.cache_clear()
    yield
    texts._catalogue.cache_clear()


def test_speaks_english_unless_told_otherwise() -> None:
    assert texts.language() == "en"
    assert _("Ability") == "Ability"


def test_speaks_the_language_of_the_context_until_it_ends() -> None:
    with use_language("de"):
        assert _("Ability") == "Fähigkeit"
        with use_language("en"):
            assert _("Ability") == "Ability"
        assert _("Ability") == "Fähigkeit"
    assert _("Ability") == "Ability"


def test_the_language_of_the_process_reaches_other_threads() -> None:
    set_language("de")
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(_("Ability")))
    thread.start()
    thread.join()
    assert heard == ["Fähigkeit"]


def test_plural_and_context() -> None:
    with use_language("de"):
        assert [ngettext("%(n)d record", "%(n)d records", n) % {"n": n} for n in (1, 2)] == [
            "1 Datensatz",
            "2 Datensätze",
        ]
        assert pgettext("ledger", "balance") == "Saldo"
        assert _("balance") == "balance"


def test_a_text_without_translation_stays_english() -> None:
    with use_language("de"):
        assert _("Clarity") == "Clarity"
    with use_language("nl"):
        assert _("Ability") == "Ability"


def test_a_lazy_text_follows_the_language() -> None:
    ability = lazy("Ability")
    assert f"{ability:>8}" == " Ability"
    with use_language("de"):
        assert str(ability) == "Fähigkeit"
        assert f"{ability:>10}" == " Fähigkeit"
        assert ability.upper() == "FÄHIGKEIT"
        assert ability + "!" == "Fähigkeit!"
        assert "!" + ability == "!Fähigkeit"
        assert len(ability) == 9
        assert "keit" in ability


def test_a_lazy_text_takes_values() -> None:
    assert lazy("%(n)s of %(all)s") % {"n": 1, "all": 2} == "1 of 2"


def test_lazy_texts_are_equal_when_their_messages_are() -> None:
    assert lazy("Ability") == lazy("Ability")
    assert hash(lazy("Ability")) == hash(lazy("Ability"))
    assert lazy("Ability") != lazy("Clarity")


def test_a_lazy_text_fails_loudly_where_it_would_stay_english() -> None:
    with pytest.raises(TypeError):
        ", ".join([lazy("Ability")])
    with pytest.raises(TypeError):
        json.dumps(lazy("Ability"))


@pytest.mark.parametrize("change", [set_language, lambda name: use_language(name).__enter__()])
def test_an_unknown_language_is_refused(change: Callable[[str], None]) -> None:
    with pytest.raises(UsageError) as caught:
        change("fr")
    assert caught.value.code == "language-unknown"
    assert caught.value.allowed == ("en", "de", "nl")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "nl"}, "nl"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "dede_XX"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "nl_NL"}, "nl"),
        ({"LC_ALL": "de_AT@euro", "LC_MESSAGES": "nl_NL"}, "de"),
        ({"LANGUAGE": "fr:nl_BE:de", "LC_ALL": "de_DE"}, "nl"),
        ({"LANGUAGE": "", "LANG": "de_DE"}, "de"),
    ],
)
def test_takes_the_language_from_the_environment(environment: dict[str, str], expected: str) -> None:
    assert texts.language_from_environment(environment) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["-1,234.50", "1,235", "12.5%", "100%", "31 Jan 2026"]),
        ("de", ["-1.234,50", "1.235", "12,5\N{NO-BREAK SPACE}%", "100\N{NO-BREAK SPACE}%", "31.01.2026"]),
        ("nl", ["-1.234,50", "1.235", "12,5%", "100%", "31 jan 2026"]),
    ],
)
def test_writes_numbers_and_dates_as_the_language_does(language: str, expected: list[str]) -> None:
    with use_language(language):
        assert [
            texts.number(-1234.5, 2),
            texts.number(1234.6),
            texts.percent(0.1249, 1),
            texts.percent(0.999),
            texts.date(dt.date(2026, 1, 31)),
        ] == expected


def test_a_datetime_is_written_as_its_day() -> None:
    moment = dt.datetime(2026, 1, 31, 23, 59, tzinfo=dt.UTC)
    assert texts.date(moment, "long") == "31 January 2026"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "31 January 2026, 23:59 UTC"),
        ("de", "31. Januar 2026, 23:59 UTC"),
        ("nl", "31 januari 2026, 23:59 UTC"),
    ],
)
def test_writes_moments_as_the_language_does(language: str, expected: str) -> None:
    with use_language(language):
        assert texts.moment(dt.datetime(2026, 1, 31, 23, 59, 7, tzinfo=dt.UTC)) == expected

"""What the lexica that ship say of turns of phrase that every reader meets."""

import pytest

from troth.reading import Reader


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not bad at all."),
        ("en", "The meal was not terrible"),
        ("en", "not a bad place"),
        ("en", "The staff were not unfriendly"),
        ("nl", "Helemaal niet slecht"),
        ("nl", "Het eten was niet zo slecht"),
        ("nl", "De bediening was niet onvriendelijk"),
        ("de", "Gar nicht schlecht"),
        ("de", "Das war kein schlechtes Hotel"),
        ("de", "Der Kellner war nicht unfreundlich"),
    ],
)
def test_in_the_lexica_that_ship_what_is_not_bad_is_mildly_good(language: str, text: str) -> None:
    assert 0.2 <= Reader().read(text, language=language).valence < 0.65


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Fehler ist immer noch nicht behoben"),
        ("nl", "Het probleem is nog steeds niet opgelost"),
        ("en", "It has still not been fixed"),
    ],
)
def test_what_is_still_not_done_is_no_praise(language: str, text: str) -> None:
    reading = Reader().read(text, language=language)
    assert reading.polarity == -1
    assert all(one.valence < 0 for one in reading.statements)

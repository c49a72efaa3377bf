"""Sentences of shops' texts."""

from hypothesis import given
from hypothesis import strategies as st

from troth.audit.parsing.sentences import LONGEST, sentences, shortened


def test_abbreviations_end_no_sentence() -> None:
    text = "Die Frist nach Art. 9 beträgt z. B. 14 Tage inkl. Sonntag. Danach nicht mehr! Sicher?\nJa"
    assert sentences(text) == [
        "Die Frist nach Art. 9 beträgt z. B. 14 Tage inkl. Sonntag.",
        "Danach nicht mehr!",
        "Sicher?",
        "Ja",
    ]


@given(st.text(alphabet="abc .!?\nAZ1", max_size=200))
def test_nothing_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_a_long_sentence_is_quoted_around_its_point() -> None:
    long = f"{'vorher ' * 60}Lieferung in 3 Tagen{' nachher' * 60}"
    start = long.index("Lieferung")
    said = shortened(long, start, start + 20)
    assert "Lieferung in 3 Tagen" in said
    assert len(said) < 260
    assert shortened("kurz", 0, 4) == "kurz"


def test_what_never_ends_is_cut() -> None:
    cut = sentences("binnen 14 dagen retour " * 20_000)
    assert max(map(len, cut)) <= LONGEST
    assert "".join(cut).replace(" ", "") == "binnen14dagenretour" * 20_000
    assert max(map(len, sentences("a" * 10_000))) <= LONGEST

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.reading.cleaning import MOST, cleaned

OWN = [
    ("<p>Traag &amp; duur</p><br>Nooit weer", "Traag & duur\n\nNooit weer"),
    ("<style>p{color:red}</style><script>var bad = 1 < 2</script>Good", "Good"),
    ("Good<blockquote>it was terrible</blockquote>", "Good"),
    ('Fine<div class="gmail_quote">On Monday a wrote: awful</div>', "Fine"),
    ("5 < 6 en 7 > 3", "5 < 6 en 7 > 3"),
    ("I <3 this shop", "I <3 this shop"),
    ("Dank!\n\nOp ma 3 jan 2022 om 10:00 schreef Winkel <a@b.example>:\n> slecht nieuws\n> helaas", "Dank!"),
    ("Danke!\n\nAm 03.01.2022 um 10:00 schrieb Laden <a@b.example>:\n\nleider schlecht", "Danke!"),
    ("Thanks!\n\nOn Mon, Jan 3, 2022 at 10:00 AM Shop <a@b.example>\nwrote:\n> terrible", "Thanks!"),
    ("On Monday the shop wrote:\n> terrible news\n\nThat is fine with me", "That is fine with me"),
    ("Top\n-----Ursprüngliche Nachricht-----\nVon: x\nschlecht", "Top"),
    ("Prima\nVan: winkel\nVerzonden: maandag\nslecht", "Prima"),
    ("Prima.\n-- \nJan\nSlechte Zaken BV", "Prima."),
    ("Werkt niet.\nMet vriendelijke groet,\nJan\nGoede Zaken BV", "Werkt niet."),
    ("Defekt. Mit freundlichen Grüßen Erika", "Defekt."),
    ("Broken.\n\nKind regards\nJohn", "Broken."),
    ("Broken.\nSent from my iPhone", "Broken."),
    ("Kapot.\nDit bericht is vertrouwelijk en goed bedoeld.", "Kapot."),
    ("Mit freundlichen Grüßen", "Mit freundlichen Grüßen"),
    ("kind\x00ly\u200b \ud83d done", "kindly  done"),
    ("Liefe\xadrung\u2060 \u2066schlecht\u2069", "Lieferung schlecht"),
    ("look: data:image/png;base64,iVBORw0KGgoAAAANSUhEUg== nice", "look:   nice"),
    ("nice " + "QUJD" * 40 + " one", "nice  one"),
    (base64.b64encode(b"Das Paket kam nie an.").decode(), "Das Paket kam nie an."),
    ("\r\n  \r\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "own"), OWN)
def test_only_the_customers_own_words_are_left(text: str, own: str) -> None:
    assert cleaned(text).text == own


def test_words_that_look_like_code_are_kept() -> None:
    assert cleaned("Donaudampfschifffahrtsgesellschaft").text == "Donaudampfschifffahrtsgesellschaft"


def test_a_greeting_in_the_middle_ends_nothing() -> None:
    text = (
        "Zij zeiden de groeten. Daarna werd het pakket toch nog bezorgd, en het was heel en mooi verpakt ook."
    )
    assert cleaned(text).text == text


def test_what_is_longer_than_can_be_read_is_cut_and_said_so() -> None:
    long = cleaned("slecht " * 150_000)
    assert long.cut
    assert len(long.text) <= MOST
    assert not cleaned("slecht").cut


@given(st.one_of(st.text(), st.text(alphabet="<>&;/pb \n-:wrote On>=ABC\ud800")))
def test_any_text_can_be_cleaned(text: str) -> None:
    assert len(cleaned(text).text) <= max(len(text), 1)

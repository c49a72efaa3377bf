import pytest

from troth.reading import Reader
from troth.reading.language import language

SPOKEN = [
    ("nl", "Snelle levering, alles was netjes verpakt."),
    ("nl", "Nooit meer!"),
    ("nl", "De monteur is niet komen opdagen"),
    ("nl", "Parkeren viel mee."),
    ("nl", "Super trage website"),
    ("nl", "Top prijs, top product"),
    ("de", "Top Service, super Preis"),
    ("en", "Super slow internet"),
    ("de", "Die Lieferung kam viel zu spät an."),
    ("de", "Gerne wieder!"),
    ("de", "Das gefällt mir nicht"),
    ("en", "The parcel never arrived."),
    ("en", "Great service, thank you"),
    ("fr", "Le colis n'est jamais arrivé et le service client ne répond pas."),
    ("pt", "O produto chegou antes do prazo, recomendo a loja."),
    ("tr", "Ürün çok güzel, kargo hızlı geldi, teşekkürler."),
    ("es", "El pedido llegó tarde y nadie me contesta."),
    ("it", "La spedizione è arrivata in ritardo ma il prodotto è perfetto."),
    ("pl", "Przesyłka przyszła bardzo szybko, polecam ten sklep."),
]  # fmt: skip
SCRIPTS = [
    ("ru", "Товар пришёл вовремя, спасибо", "CYRILLIC"),
    ("el", "Πολύ καλό προϊόν, ευχαριστώ", "GREEK"),
    ("ar", "المنتج ممتاز والتوصيل سريع", "ARABIC"),
    ("zh", "质量很好物流很快", "CJK"),
    ("ja", "とてもよかったです", "HIRAGANA"),
    ("ko", "배송이 빨라요", "HANGUL"),
]  # fmt: skip


@pytest.mark.parametrize(("spoken", "text"), SPOKEN)
def test_the_language_is_told(spoken: str, text: str) -> None:
    assert language(text) == (spoken, "")


@pytest.mark.parametrize(("spoken", "text", "script"), SCRIPTS)
def test_another_script_is_told_by_its_letters(spoken: str, text: str, script: str) -> None:
    assert language(text) == (spoken, script)
    reading = Reader().read(text)
    assert (reading.why_not, reading.statements, reading.valence) == ("script", (), 0.0)


def test_other_languages_are_named_and_not_read() -> None:
    reading = Reader().read("Le colis n'est jamais arrivé et le service client ne répond pas.")
    assert (reading.language, reading.why_not, reading.statements) == ("fr", "language", ())


def test_of_mixed_languages_that_of_most_words_counts() -> None:
    text = (
        "Top service! Het pakket was er de volgende dag al en alles was netjes verpakt. Highly recommended."
    )
    assert language(text)[0] == "nl"


@pytest.mark.parametrize("text", ["", "   ", "12345", "!!!", "😀😀"])
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert language(text) == ("", "")

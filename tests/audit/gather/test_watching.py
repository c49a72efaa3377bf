import pytest

from troth.audit.gather.watching import countdown_s, has_activity


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Offer ends in 02:15:30", 8130),
        ("Angebot endet in\n01 : 00 : 00", 3600),
        ("Aanbieding eindigt over 1 dag 02:03:04", 93784),
        ("Sale ends in 1:02:03:04", 93784),
        ("Noch 2 Stunden 5 Minuten", 7500),
        ("nog 3 uur en 2 minuten", 10920),
        ("Order within 2 hrs 5 mins", 7500),
        ("ends in\n00\nhours\n14\nminutes\n10\nseconds", 850),
        ("Hurry! 45:00", 2700),
        ("Sale ends in 14:59", 53940),
    ],
)
def test_a_countdown_is_read(text: str, seconds: int) -> None:
    assert countdown_s(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "Geöffnet 9:00-17:00 Uhr",
        "Levertijd 2 dagen",
        "Delivery in 3 days",
        "Rated 4:5",
        "Offer ends on 1 May",
        "Sale ends in 00:00:00",
        "",
    ],
)
def test_other_times_are_none(text: str) -> None:
    assert countdown_s(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "12 people are viewing this now",
        "Only 3 left in stock",
        "In 7 carts right now",
        "Nog maar 2 op voorraad",
        "23 mensen bekijken dit product",
        "Nur noch 4 Stück",
        "15 Personen sehen sich das gerade an",
        "Gerade gekauft in Köln",
    ],
)
def test_activity_is_seen(text: str) -> None:
    assert has_activity(text)


@pytest.mark.parametrize(
    "text", ["12 reviews", "Lieferbar", "Op voorraad", "In stock", "4 Farben", "Since 1950"]
)
def test_other_numbers_are_no_activity(text: str) -> None:
    assert not has_activity(text)

"""Terms that rose: the statistic by hand, what never shows, and what chance brings."""

from math import log, sqrt

import numpy as np
import pytest

from troth.insight.voices.rising import PRIOR, Text, risen
from troth.insight.voices.words import terms


def texts(*groups: tuple[int, str], first_customer: int = 0) -> list[Text]:
    """So many texts with these words each, every one by another customer."""
    found: list[Text] = []
    for number, words in groups:
        for _n in range(number):
            found.append(Text({word: word for word in words.split()}, first_customer + len(found)))
    return found


def test_the_statistic_is_that_of_monroe_and_others() -> None:
    now, before = texts((40, "delay"), (160, "fine")), texts((10, "delay"), (190, "fine"))
    [found] = risen(now, before, 5, 10)
    prior, rest = PRIOR * 50 / 400, PRIOR * 350 / 400
    rise = log((40 + prior) / (160 + rest)) - log((10 + prior) / (190 + rest))
    assert (found.term, found.now, found.before) == ("delay", 40, 10)
    assert found.z == pytest.approx(rise / sqrt(1 / (40 + prior) + 1 / (10 + prior)))


def test_what_fewer_than_five_customers_say_is_not_shown() -> None:
    before = texts((200, "fine"))
    one_customer = [Text({"strike": "strike"}, 1) for _n in range(60)]
    assert risen([*one_customer, *texts((140, "fine"), first_customer=9)], before, 5, 10) == []
    several = [Text({"strike": "strike"}, n % 20) for n in range(60)]
    [found] = risen([*several, *texts((140, "fine"), first_customer=99)], before, 5, 10)
    assert (found.term, found.now) == ("strike", 60)


def test_a_customer_who_writes_often_counts_once() -> None:
    before = texts((1, "squeaks"), (200, "fine"))
    others = texts((5, "squeaks"), (200, "fine"), first_customer=9)
    loud = [Text({"squeaks": "squeaks"}, 1) for _n in range(40)]
    assert risen([*loud, *others], before, 5, 10) == []
    many = texts((40, "squeaks"), first_customer=500)
    assert [one.term for one in risen([*many, *others], before, 5, 10)] == ["squeaks"]


def test_a_word_gives_way_to_the_two_that_it_stands_in() -> None:
    now = [Text({"credit": "credit", "credit card": "credit card", "card": "card"}, n) for n in range(60)]
    now += [Text({"card": "card"}, n) for n in range(100, 150)]
    found = {one.term for one in risen(now, texts((200, "fine")), 5, 10)}
    assert found == {"card"}, "the two tell less than the word that stands alone, too"
    found = {one.term for one in risen(now[:60], texts((200, "fine")), 5, 10)}
    assert found == {"credit card"}


def test_the_form_that_most_write_is_shown() -> None:
    now = [Text({"lieferung": "Lieferung" if n % 3 else "LIEFERUNG"}, n) for n in range(60)]
    assert [one.term for one in risen(now, texts((200, "fine")), 5, 10)] == ["Lieferung"]


def test_where_nothing_changed_chance_shows_hardly_a_term() -> None:
    generator = np.random.default_rng(3)
    words = np.array([f"w{n}" for n in range(400)])
    weights = 1 / np.arange(1, 401)
    shown = 0
    for _run in range(20):
        both = [
            [
                Text(dict.fromkeys(generator.choice(words, 12, p=weights / weights.sum()), "x"), n)
                for n in range(400)
            ]
            for _period in range(2)
        ]
        shown += bool(risen(both[0], both[1], 5, 10))
    assert shown <= 4


def test_without_an_earlier_text_nothing_rises() -> None:
    assert risen(texts((50, "delay")), [], 5, 10) == []


def test_masked_data_addresses_and_numbers_are_no_terms() -> None:
    text = "Frau [name] schrieb an [e-mail], Bestellung [order] vom 12.03.2026, siehe https://example.org/x"
    assert set(terms(text, "de")) == {"frau", "schrieb", "bestellung", "siehe"}


def test_two_words_stand_in_a_row_only_where_nothing_is_between_them() -> None:
    assert set(terms("Paket beschädigt, Karton offen. Ware nass", "de")) == {
        "paket", "beschädigt", "paket beschädigt", "karton", "offen", "karton offen", "ware", "nass",
        "ware nass",
    }  # fmt: skip


def test_a_negation_is_a_term_with_what_it_denies_only() -> None:
    assert set(terms("Pakket niet geleverd", "nl")) == {"pakket", "geleverd", "niet geleverd"}

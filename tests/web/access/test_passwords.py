import statistics
import time

import pytest

from troth.errors import UsageError
from troth.web.access.passwords import Passwords, demand_good

GOOD = "ferry lantern 7 oboe"


def test_a_password_fits_what_was_kept_of_it_and_nothing_else() -> None:
    passwords = Passwords()
    kept = passwords.kept(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits(GOOD, kept)
    assert not passwords.fits(GOOD + " ", kept)
    assert not passwords.fits("", kept)
    assert not passwords.fits(GOOD, None)
    assert not passwords.fits(GOOD, "no hash")
    assert passwords.kept(GOOD) != kept


def test_the_same_letters_fit_however_they_are_composed() -> None:
    passwords = Passwords(1, 8, 1)
    assert passwords.fits("u\u0308ber die bru\u0308cke", passwords.kept("über die brücke"))


def test_what_cannot_be_written_is_no_error() -> None:
    assert not Passwords(1, 8, 1).fits("\ud800", None)


def test_other_costs_are_outdated() -> None:
    old, new = Passwords(1, 8, 1), Passwords(2, 8, 1)
    assert new.is_outdated(old.kept(GOOD))
    assert not new.is_outdated(new.kept(GOOD))
    assert new.fits(GOOD, old.kept(GOOD))


@pytest.mark.parametrize(
    "weak",
    [
        "", "short", "elevenchars", "a" * 201, "passwordpassword", "Password1234", "PASSWORD1234!",
        "!!!letmein2026", "aaaaaaaaaaaaaaaa", "abababababab", "qwertzuiopasdf", "mara@shop.example",
        "shop.example1", "Mara Example 1", "Passwort.2026",
    ],
)  # fmt: skip
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(UsageError) as refused:
        demand_good(weak, "mara@shop.example", "Mara Example")
    assert refused.value.code == "password-weak"
    assert weak == "" or weak not in str(refused.value)


@pytest.mark.parametrize(
    "good", [GOOD, "Надёжный ключ от двери", "mara and 6 blue ferries", "x" * 8 + "yzabc"]
)
def test_a_long_uncommon_one_is_taken(good: str) -> None:
    demand_good(good, "mara@shop.example", "Mara Example")


def test_nobody_s_password_takes_as_long_to_refuse_as_somebody_s() -> None:
    passwords = Passwords(2, 16_384, 1)
    kept = passwords.kept(GOOD)

    def median(of: str | None) -> float:
        passwords.fits("warm up", of)
        taken = []
        for _attempt in range(9):
            start = time.perf_counter()
            passwords.fits("wrong password", of)
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)

    assert 0.4 < median(None) / median(kept) < 2.5

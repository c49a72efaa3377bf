import numpy as np
import pytest

from troth.demo.account import WEEK, Account


def test_experiences_halve_in_a_half_life() -> None:
    account = Account(1, half_life_days=14)
    account.note(np.array([0]), np.array([0]), np.array([1.0]))
    account.next_week()
    assert account.good[0] == pytest.approx(1)
    account.next_week()
    account.next_week()
    assert account.good[0] == pytest.approx(0.5)


def test_good_and_bad_are_kept_apart_and_count_from_their_week() -> None:
    account = Account(2, half_life_days=1e9)
    account.note(np.array([0, 1]), np.array([0, WEEK]), np.array([-3.0, 1.0]))
    account.next_week()
    assert account.bad.tolist() == pytest.approx([3, 0])
    assert account.good.tolist() == pytest.approx([0, 0])
    account.next_week()
    assert account.bad.tolist() == pytest.approx([3, 0])
    assert account.good.tolist() == pytest.approx([0, 1])

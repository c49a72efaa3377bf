import numpy as np
import pytest
from numpy.typing import NDArray

from troth.demo.account import WEEK, Account
from troth.demo.plan import Plan
from troth.demo.population import Population, populate
from troth.demo.simulation import simulate


def test_customers_weigh_good_and_bad_by_the_planted_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    """A regression of buying on what the customers carried, activity known, gives the plan's figures back."""
    plan = Plan(christmas=0)
    carried: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    next_week = Account.next_week

    def noted(account: Account) -> None:
        carried.append((account.good, account.bad))
        next_week(account)

    monkeypatch.setattr(Account, "next_week", noted)
    random = np.random.default_rng(2)
    people = populate(plan, 8000, random)
    orders = simulate(plan, people, 1, random).orders

    bought = np.zeros((len(carried), len(people)))
    bought[orders["placed"] // WEEK, orders["customer"]] = 1
    there = people.since_days <= 7 * np.arange(len(carried))[:, None]
    x = np.stack([np.ones_like(bought), *(np.stack(part) for part in zip(*carried, strict=True))], axis=-1)[
        there
    ]
    known = np.broadcast_to(people.activity, bought.shape)[there]
    weights = np.zeros(3)
    for _ in range(8):  # Newton's method
        chance = 1 / (1 + np.exp(-(known + x @ weights)))
        information = x.T @ (x * (chance * (1 - chance))[:, None])
        weights = weights + np.linalg.solve(information, x.T @ (bought[there] - chance))
    error = np.sqrt(np.diag(np.linalg.inv(information)))
    planted = np.array([0, plan.good_effect, -plan.good_effect * plan.ratio])
    assert (np.abs(weights - planted) < 4 * error).all()
    assert -weights[2] / weights[1] == pytest.approx(plan.ratio, rel=0.2)


def test_nobody_buys_before_being_a_customer_nor_twice_in_a_week() -> None:
    plan = Plan()
    random = np.random.default_rng(3)
    people: Population = populate(plan, 1000, random)
    orders = simulate(plan, people, 1, random).orders
    week = orders["placed"] // WEEK
    assert (people.since_days[orders["customer"]] <= 7 * week).all()
    assert len(np.unique(np.stack([week, orders["customer"]]), axis=1).T) == len(week)


def test_parcels_are_sent_before_they_arrive() -> None:
    plan = Plan()
    random = np.random.default_rng(4)
    orders = simulate(plan, populate(plan, 1000, random), 1, random).orders
    assert (orders["placed"] < orders["paid"]).all()
    assert (orders["paid"] < orders["shipped"]).all()
    assert (orders["shipped"] <= orders["delivered"]).all()

"""The demo shop's simulated time, week by week."""

from dataclasses import dataclass

import numpy as np

from troth.demo.account import Account
from troth.demo.lived import DAY, NEVER, RETURN_SHARE, REVIEW_SHARE, TICKET_SHARE, Integers, Table, Week
from troth.demo.plan import Plan
from troth.demo.population import COUNTRIES, Population

SURVEY_SHARE = 0.02
"""Share of the customers who answer a survey in a week."""

QUESTIONS = (
    ("website", "integrity"), ("website", "interests"), ("product-page", "clarity"),
    ("product-page", "reputation"), ("loyalty", "familiarity"), ("loyalty", "reputation"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened, each table in the order of its making (see `lived.Week` for the columns)."""

    orders: Table
    returns: Table
    tickets: Table
    reviews: Table
    surveys: Table


def simulate(
    plan: Plan, population: Population, first_day_of_year: int, random: np.random.Generator
) -> History:
    """Let the shop's time pass; `first_day_of_year` is the first simulated day's, for the season."""
    account = Account(len(population), plan.half_life_days)
    week_of = Week(plan, account, random)
    worse = population.country == COUNTRIES.index(plan.segment.value)
    weeks: list[History] = []
    placed = 0
    for week in range(plan.days // 7):
        season = plan.christmas * (335 <= (first_day_of_year + week * 7) % 365 <= 358)
        drive = population.activity + season + plan.good_effect * (account.good - plan.ratio * account.bad)
        buys = (random.random(len(population)) < 1 / (1 + np.exp(-drive))) & (
            population.since_days <= week * 7
        )
        buyers = np.flatnonzero(buys)
        orders = week_of.orders(buyers, week * 7 + random.integers(0, 7, len(buyers)), worse[buyers])
        answering = np.flatnonzero(
            (random.random(len(population)) < SURVEY_SHARE) & (population.since_days <= week * 7)
        )
        happened = History(
            orders,
            week_of.returns(orders, _some(orders["delivered"] < NEVER, RETURN_SHARE, random)),
            week_of.tickets(orders, _some(orders["placed"] < NEVER, TICKET_SHARE, random)),
            week_of.reviews(orders, _some(orders["delivered"] < NEVER, REVIEW_SHARE, random)),
            week_of.surveys(
                answering, week * 7 * DAY + random.integers(0, 7 * DAY, len(answering)), len(QUESTIONS)
            ),
        )
        for table in (happened.returns, happened.reviews):
            table["order"] = table["order"] + placed
        placed += len(buyers)
        weeks.append(happened)
        account.next_week()
    return History(*(_joined([getattr(week, name) for week in weeks]) for name in History.__slots__))


def _some(possible: np.ndarray, share: float, random: np.random.Generator) -> Integers:
    return np.flatnonzero(possible & (random.random(len(possible)) < share))


def _joined(tables: list[Table]) -> Table:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}

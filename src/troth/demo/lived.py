"""What becomes of a week's orders: parcels, returns, calls for help, reviews, answers to surveys.

A table is a dict of equally long integer arrays. Times are seconds since the first simulated day, UTC;
`NEVER` is a moment that does not come. Money is in cents. Every experience is noted in the customers' account
as the shop starter's rules weigh it; where they read a text, as they weigh it by and large.
"""

import numpy as np
from numpy.typing import NDArray

from troth.demo.account import Account
from troth.demo.plan import Plan

Integers = NDArray[np.int64]
Table = dict[str, Integers]

HOUR = 3600
DAY = 24 * HOUR
NEVER = int(np.iinfo(np.int64).max) // 4
HOUR_SHARES = np.array([1, 0, 0, 0, 0, 1, 2, 4, 6, 7, 7, 7, 8, 7, 6, 6, 7, 8, 9, 10, 10, 8, 5, 2]) / 121
"""When orders are placed: the share of each hour of the day."""

FRICTION, FAILURE, SERIOUS = 0.3, 1.0, 3.0
"""Severities S1 to S3, in ordinary good experiences."""

DISPATCH_WITHIN = 48 * HOUR
DELIVERY_WITHIN_DAYS = 6
REFUND_WITHIN_DAYS = 14
OUT_OF_STOCK_SHARE = 0.003
RETURN_SHARE = 0.14
TICKET_SHARE = 0.08
REVIEW_SHARE = 0.25
WRITTEN_SHARE = 0.6
"""Share of the reviews with a text. Of a late order only words are a verdict, not the stars alone."""

REASONS = ("changed_mind", "wrong_size", "damaged", "incomplete", "not_as_described")
REASON_SHARES = (0.45, 0.43, 0.05, 0.03, 0.04)
TOPICS = ("question", "delivery", "return", "complaint")


class Week:
    """The week of one batch of buyers, none of whom buys twice in it."""

    def __init__(self, plan: Plan, account: Account, random: np.random.Generator) -> None:
        self.plan = plan
        self.account = account
        self.random = random

    def goes_wrong(self, n: int, rate: float | NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
        """Whether each of `n` chances ends badly; at the healthy rate where nothing else is planted."""
        return self.random.random(n) < (self.plan.healthy_rate if rate is None else rate)

    def orders(self, customer: Integers, day: Integers, worse: NDArray[np.bool_]) -> Table:
        """One order of each `customer` on `day`; `worse`: whether the customer is of the worse segment."""
        n, random, plan = len(customer), self.random, self.plan
        placed = day * DAY + random.choice(24, n, p=HOUR_SHARES) * HOUR + random.integers(0, HOUR, n)
        hidden_cost = self.goes_wrong(n, plan.shipping_cost.bad_rate)
        again = self.goes_wrong(n)
        paid = placed + random.integers(20, 600, n)
        missing = random.random(n) < OUT_OF_STOCK_SHARE
        due = paid + DISPATCH_WITHIN
        slow = self.goes_wrong(n, plan.dispatch.rate(day, plan.days))
        shipped = np.where(
            slow,
            due + random.integers(2 * HOUR, 30 * HOUR, n),
            paid + random.integers(4 * HOUR, 44 * HOUR, n),
        )
        promised_day = day + DELIVERY_WITHIN_DAYS
        late = self.goes_wrong(n, np.where(worse, plan.segment.late_rate, plan.healthy_rate))
        arrival_day = np.where(
            late,
            promised_day + random.geometric(0.3, n),
            random.integers(shipped // DAY + 1, promised_day + 1),
        )
        delivered = arrival_day * DAY + random.integers(8 * HOUR, 16 * HOUR, n)

        note = self.account.note
        note(customer, placed, np.where(hidden_cost, -FAILURE, 1.0))
        note(customer, paid, np.where(again, -FRICTION, 1.0))
        note(customer, paid + DAY, np.where(missing, -SERIOUS, 0.0))
        note(customer, np.where(slow, due, shipped), np.where(missing, 0.0, np.where(slow, -FRICTION, 1.0)))
        self._delay(
            customer,
            (promised_day + 1) * DAY,
            delivered,
            ~missing,
            ((0, FRICTION), (1, FAILURE), (7, SERIOUS)),
        )
        return {
            "customer": customer, "placed": placed, "paid": paid, "attempts": 1 + again,
            "cost_shown": (~hidden_cost).astype(np.int64), "promised_day": promised_day,
            "shipped": np.where(missing, NEVER, shipped), "delivered": np.where(missing, NEVER, delivered),
            "cancelled": np.where(missing, paid + DAY, NEVER),
            "total": np.round(np.exp(random.normal(8.3, 0.6, n))).astype(np.int64),
        }  # fmt: skip

    def returns(self, orders: Table, row: Integers) -> Table:
        """Goods sent back from the orders `row`."""
        n, random = len(row), self.random
        customer = orders["customer"][row]
        asked = orders["delivered"][row] + random.integers(6 * HOUR, 10 * DAY, n)
        reason = random.choice(len(REASONS), n, p=REASON_SHARES)
        our_mistake = reason >= 2
        cost = np.where(self.goes_wrong(n), 495, 0)
        due_day = asked // DAY + REFUND_WITHIN_DAYS
        late = self.goes_wrong(n, self.plan.refund.bad_rate)
        refund_day = np.where(
            late,
            due_day + random.geometric(0.15, n),
            asked // DAY + random.integers(3, REFUND_WITHIN_DAYS, n),
        )
        refunded = refund_day * DAY + random.integers(8 * HOUR, 16 * HOUR, n)

        note = self.account.note
        note(customer, asked, np.where((reason == 2) | (reason == 3), -FAILURE, 0.0))
        note(customer, asked, np.where(cost == 0, 1.0, np.where(our_mistake, -SERIOUS, -FRICTION)))
        self._delay(customer, (due_day + 1) * DAY, refunded, np.ones(n, bool), ((0, FAILURE), (7, SERIOUS)))
        return {
            "order": row, "customer": customer, "asked": asked, "reason": reason, "cost": cost,
            "due_day": due_day, "refunded": refunded,
        }  # fmt: skip

    def tickets(self, orders: Table, row: Integers) -> Table:
        """Calls for help that follow the orders `row`."""
        n, random = len(row), self.random
        customer = orders["customer"][row]
        opened = orders["paid"][row] + random.integers(2 * HOUR, 12 * DAY, n)
        topic = random.choice(len(TOPICS), n, p=(0.5, 0.25, 0.15, 0.1))
        complaint = topic == 3
        slow, again, repeat, unpaid, cold = (self.goes_wrong(n) for _ in range(5))
        replied = opened + np.where(
            slow, random.integers(25 * HOUR, 47 * HOUR, n), random.integers(HOUR // 2, 20 * HOUR, n)
        )
        solved = replied + random.integers(HOUR, 3 * DAY, n)
        asked_verdict = random.random(n) < 0.4

        note = self.account.note
        note(customer, replied, np.where(slow, -FRICTION, 1.0))
        note(customer, solved, np.where(again, -FRICTION, 1.0))
        note(
            customer,
            solved,
            np.where(complaint, np.where(unpaid, -FAILURE, 1.0), np.where(repeat, -FRICTION, 1.0)),
        )
        note(customer, opened, np.where(complaint, -FAILURE, 0.0))
        note(customer, solved, np.where(asked_verdict, np.where(cold, -FAILURE, 1.0), 0.0))
        return {
            "customer": customer, "opened": opened, "replied": replied, "solved": solved,
            "reopened": again.astype(np.int64), "replies": np.where(repeat, 5, random.integers(0, 3, n)),
            "topic": topic, "compensated": np.where(complaint, ~unpaid, -1),
            "verdict": np.where(asked_verdict, ~cold, -1),
        }  # fmt: skip

    def reviews(self, orders: Table, row: Integers) -> Table:
        """Reviews of the orders `row`.

        A poor product makes a bad one, and so does an order that went wrong, the more so the less the
        customer trusted the shop before it.
        """
        n, random, account = len(row), self.random, self.account
        customer = orders["customer"][row]
        written = orders["delivered"][row] + random.integers(DAY, 14 * DAY, n)
        late = orders["delivered"][row] >= (orders["promised_day"][row] + 1) * DAY
        unlike = self.goes_wrong(n)
        good, bad = account.good[customer], account.bad[customer]
        distrust = 1 - (good + 1) / (good + self.plan.ratio * bad + 2)
        wrong = 0.08 * (1 - orders["cost_shown"][row]) + 0.08 * unlike + 0.5 * late
        poor = self.goes_wrong(n, self.plan.healthy_rate + (wrong + 0.1) * distrust)
        half_stars = np.where(poor, random.integers(2, 6, n), random.integers(8, 11, n))
        answered = random.random(n) < 0.7

        note = self.account.note
        verdict = np.where(
            half_stars >= 8, (half_stars - 6) / 4, np.where(half_stars < 5, -FAILURE, -FRICTION)
        )
        note(customer, written, np.where(late & poor, WRITTEN_SHARE * verdict, verdict))
        note(customer, written, np.where(answered, np.where(unlike, -FAILURE, 1.0), 0.0))
        return {
            "order": row, "customer": customer, "written": written, "half_stars": half_stars,
            "as_described": np.where(answered, np.where(unlike, 2, random.integers(4, 6, n)), 0),
        }  # fmt: skip

    def surveys(self, customer: Integers, at: Integers, questions: int) -> Table:
        """One answer of each `customer` to one of `questions` questions."""
        n, random = len(customer), self.random
        poor = self.goes_wrong(n)
        score = np.where(poor, random.integers(2, 6, n), random.integers(6, 11, n))
        weight = np.where(score >= 5, score / 5 - 1, np.where(score <= 3, -FAILURE, -FRICTION))
        self.account.note(customer, at, weight)
        return {
            "customer": customer,
            "answered": at,
            "question": random.integers(0, questions, n),
            "score": score,
        }

    def _delay(
        self,
        customer: Integers,
        due: Integers,
        kept: Integers,
        open_: NDArray[np.bool_],
        steps: tuple[tuple[int, float], ...],
    ) -> None:
        """Note a promise: good when kept by `due`, else step by step what its breaking adds."""
        self.account.note(customer, kept, np.where(open_ & (kept <= due), 1.0, 0.0))
        before = 0.0
        for days, weight in steps:
            broken = open_ & (kept > due + days * DAY)
            self.account.note(customer, due + days * DAY, np.where(broken, before - weight, 0.0))
            before = weight

"""Rules on what was measured and logged: they need no browser."""

import math

import pytest
from tests.audit.gather.sketch import seen
from tests.audit.result.helpers import artifacts, page
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import LinkCheck, Message, Page, Request, Vitals
from troth.audit.curves import fewer, log_normal

SPEED, STABILITY = "first_impression.load_speed", "first_impression.layout_stability"
ERRORS, LINKS = "first_impression.error_free", "first_impression.dead_links"


def loaded(
    visit: str, kind: str, paint: float | None, shift: float | None, blocking: float | None = 0.0
) -> Page:
    return page(f"{visit}-{kind}", visit=visit, kind=kind, vitals=Vitals(100.0, paint, shift, blocking))


def test_the_curve_goes_through_its_points_and_falls() -> None:
    assert log_normal(2500, 2500, 4000) == pytest.approx(0.9)
    assert log_normal(4000, 2500, 4000) == pytest.approx(0.5)
    values = [log_normal(value, 2500, 4000) for value in (0, 1, 1000, 3000, 10_000, 1e9)]
    assert values == sorted(values, reverse=True)
    assert values[0] == 1
    assert math.isclose(values[-1], 0, abs_tol=1e-9)


def test_each_fault_takes_a_fifth_and_never_more_than_all() -> None:
    assert [round(fewer(n), 2) for n in (0, 1, 4, 5, 50)] == [1.0, 0.8, 0.2, 0.0, 0.0]


def test_one_slow_load_of_three_is_noise() -> None:
    visits = [
        loaded(visit, "home", paint, 0.0)
        for visit, paint in (("first", 9000), ("second", 900), ("accept", 1000))
    ]
    assert verdict(SPEED, artifacts(*visits)).state == "passed"
    assert verdict(SPEED, artifacts(visits[0])).state == "failed"


def test_a_page_that_does_not_answer_is_slow_though_it_shows() -> None:
    quick = loaded("first", "home", 800, 0.0, 100)
    stuck = loaded("first", "home", 800, 0.0, 3000)
    assert verdict(SPEED, artifacts(quick)).state == "passed"
    found = verdict(SPEED, artifacts(stuck))
    assert found.state == "failed"
    assert found.score == pytest.approx(2 / 3, abs=0.02)


def test_jumping_is_judged_by_the_worst_page() -> None:
    still, jumping = loaded("first", "home", 500, 0.02), loaded("first", "basket", 500, 0.4)
    assert verdict(STABILITY, artifacts(still)).state == "passed"
    found = verdict(STABILITY, artifacts(still, jumping))
    assert found.state == "failed"
    assert [proof.page for proof in found.proofs] == ["first-basket"]


@pytest.mark.parametrize("rule", [SPEED, STABILITY])
def test_where_nothing_was_measured_nothing_is_said(rule: str) -> None:
    unmeasured = page(vitals=None), page("first-2", vitals=Vitals(None, None, None, None), kind="home")
    assert verdict(rule, artifacts(*unmeasured)).state == "not-applicable"


def logged(*requests: Request, messages: tuple[Message, ...] = ()) -> Page:
    return page(requests=requests, messages=messages, seen=seen("<p>Plain.</p>"))


def request(url: str, status: int | None = 200, failure: str = "") -> Request:
    return Request(url, "GET", "image", status, failure)


@pytest.mark.parametrize(
    ("made", "score"),
    [
        (logged(request("https://shop.test/a.png")), 1.0),
        (logged(request("https://shop.test/a.png", 404)), 0.8),
        (logged(request("https://cdn.shop.test/a.js", None, "net::ERR_CONNECTION_REFUSED")), 0.8),
        (logged(request("https://ads.example/a.js", 500)), 1.0),
        (logged(request("https://shop.test/a.png", None, "net::ERR_ABORTED")), 1.0),
        (logged(request("https://shop.test/favicon.ico", 404)), 1.0),
        (logged(messages=(Message("uncaught", "x is not defined", "https://shop.test/a.js"),)), 0.8),
        (logged(messages=(Message("uncaught", "x is not defined", "https://ads.example/a.js"),)), 1.0),
        (logged(messages=(Message("warning", "slow", ""), Message("error", "404", ""))), 1.0),
    ],
)
def test_only_what_is_the_shops_own_fault_counts(made: Page, score: float) -> None:
    assert verdict(ERRORS, artifacts(made)).score == score


def test_the_same_fault_on_every_page_is_one() -> None:
    broken = [logged(request("https://shop.test/a.png", 404)) for _ in range(3)]
    found = verdict(ERRORS, artifacts(*broken))
    assert (found.score, len(found.proofs)) == (0.8, 1)


def checked(*statuses: int | None) -> tuple[LinkCheck, ...]:
    return tuple(LinkCheck(f"https://shop.test/{n}", s, ("first-1",)) for n, s in enumerate(statuses))


@pytest.mark.parametrize(
    ("statuses", "state", "dead"),
    [
        ((200, 204, 301), "passed", 0),
        ((200, 404), "failed", 1),
        ((200, 410, 503), "failed", 2),
        ((200, 403, 429, 401, None), "passed", 0),
        ((403, None), "not-applicable", 0),
        ((), "not-applicable", 0),
    ],
)
def test_a_refusal_is_no_dead_link(statuses: tuple[int | None, ...], state: str, dead: int) -> None:
    found = verdict(LINKS, artifacts(links=checked(*statuses)))
    assert (found.state, len(found.proofs)) == (state, dead)

import asyncio
import time

import pytest
from tests.support.loop import run_apart

from troth.audit.browser.manners import Fetch, Manners

SHOP = "https://shop.example"


def answering(status: int | None, text: str = "", asked: list[str] | None = None) -> Fetch:
    async def fetch(url: str) -> tuple[int | None, str]:
        if asked is not None:
            asked.append(url)
        return status, text

    return fetch


def refusal(url: str, fetch: Fetch, **more: bool) -> str:
    return run_apart(Manners(**more).refusal(url, fetch))


FORBIDS = "User-agent: *\nDisallow: /private\n\nUser-agent: Troth\nDisallow: /account\n"


@pytest.mark.parametrize(
    ("path", "may"), [("/", True), ("/private", True), ("/account/x", False), ("/robots.txt", True)]
)
def test_robots_txt_is_obeyed_by_our_name(path: str, may: bool) -> None:
    assert refusal(SHOP + path, answering(200, FORBIDS)) == ("" if may else "robots-denied")


def test_robots_txt_for_everyone_counts_when_we_are_not_named() -> None:
    assert refusal(f"{SHOP}/private", answering(200, "User-agent: *\nDisallow: /private")) == "robots-denied"


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, ""), (403, ""), (500, "robots-unreadable"), (503, "robots-unreadable"), (None, "")],
)
def test_a_robots_txt_that_is_not_there_or_cannot_be_read(status: int | None, code: str) -> None:
    assert refusal(f"{SHOP}/x", answering(status, "User-agent: *\nDisallow: /")) == code


def test_the_owner_may_say_not_to_ask() -> None:
    asked: list[str] = []
    assert not refusal(f"{SHOP}/x", answering(200, "User-agent: *\nDisallow: /", asked), robots=False)
    assert asked == []


def test_robots_txt_is_asked_once_a_host() -> None:
    asked: list[str] = []
    fetch = answering(200, "", asked)

    async def work() -> None:
        manners = Manners()
        await asyncio.gather(*(manners.refusal(f"{SHOP}/{n}", fetch) for n in range(5)))
        await manners.refusal("https://other.example/", fetch)

    run_apart(work())
    assert asked == [f"{SHOP}/robots.txt", "https://other.example/robots.txt"]


def starts(*urls: str, pause_s: float, robots: str = "") -> list[float]:
    """When each page's turn began, in seconds from the first."""
    begun: list[float] = []

    async def work() -> None:
        manners = Manners(pause_s=pause_s)
        if robots:
            await manners.refusal(urls[0], answering(200, robots))

        async def page(url: str) -> None:
            async with manners.turn(url):
                begun.append(time.monotonic())

        await asyncio.gather(*map(page, urls))

    run_apart(work())
    return [at - begun[0] for at in begun]


def test_pages_of_a_host_keep_their_distance() -> None:
    assert starts(f"{SHOP}/a", f"{SHOP}/b", f"{SHOP}/c", pause_s=0.1)[-1] >= 0.2


def test_pages_of_two_hosts_and_of_loopback_do_not_wait() -> None:
    assert starts(SHOP, "https://other.example", pause_s=5)[-1] < 1
    assert starts(*["http://127.0.0.1/"] * 5, pause_s=5)[-1] < 1


def test_a_longer_crawl_delay_counts() -> None:
    found = starts(f"{SHOP}/a", f"{SHOP}/b", pause_s=0.0, robots="User-agent: *\nCrawl-delay: 0.3")
    assert found[-1] >= 0.3


def test_one_page_at_a_time() -> None:
    now, most = 0, 0

    async def work() -> None:
        nonlocal now, most
        manners = Manners(pause_s=0)

        async def page() -> None:
            nonlocal now, most
            async with manners.turn(SHOP):
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.01)
                now -= 1

        await asyncio.gather(*(page() for _ in range(5)))

    run_apart(work())
    assert most == 1

"""One audit's gathering: the visits side by side, the host beside them, and everything within its time.

What breaks is named among the artifacts' failures, and the rest goes on. Only a shop whose home page cannot
be seen is an error.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.async_api import HttpCredentials

from troth.audit.artifacts.shape import Artifacts, Consent, Kind, Line, LinkCheck, Page, Tls
from troth.audit.artifacts.shape import Visit as VisitName
from troth.audit.browser.addresses import Login, checked, is_private, without_login
from troth.audit.browser.launching import Running, launched
from troth.audit.gather import consent, further, host
from troth.audit.gather.asking import Asker
from troth.audit.gather.choosing import policies
from troth.audit.gather.consent import Answered, consent_of
from troth.audit.gather.dialog import asking_frames, dialog_of, not_understood
from troth.audit.gather.failures import sentence
from troth.audit.gather.haul import Haul
from troth.audit.gather.options import Options
from troth.audit.gather.visit import Visit, visiting
from troth.audit.gather.walk import Walk, Walker, opened
from troth.audit.gather.watching import countdown_s, has_activity
from troth.errors import TrothError
from troth.texts import _

Progress = Callable[[str, float | None], None]
"""Told what is looked at (visit, kind and address), and the share of all that is done where it is known."""

_GRACE_S = 10.0
_ANSWERS: tuple[Literal["accept", "reject"], ...] = ("accept", "reject")
_SMALL = (375, 667)


@dataclass(slots=True)
class _Found:
    """What the visits tell each other: the product as soon as it is known, the walk when it has ended."""

    product: "asyncio.Future[Page | None]"
    walk: "asyncio.Future[Walk]"
    host_tls: Tls | None = None
    plain_http: tuple[str, ...] = ()
    links: tuple[LinkCheck, ...] = ()
    basket_before: tuple[Line, ...] = ()
    accepted: Answered = field(default_factory=Answered)
    rejected: Answered = field(default_factory=Answered)


async def gathering(
    shop: str, options: Options, progress: Progress | None = None, folder: Path | None = None
) -> Artifacts:
    """Everything there is to see of `shop`; see `gathered`."""
    began_ms = time.time_ns() // 1_000_000
    shown, login = without_login(shop)
    address = await checked(shown, allow_private=options.browser.allow_private)
    async with launched(options.browser, [address], _credentials(address, login)) as running:
        audit = _Audit(running, options, address, progress, folder)
        await audit.run()
        return audit.artifacts(began_ms)


def _credentials(address: str, login: Login | None) -> HttpCredentials | None:
    """The login as the browser takes it: for the shop's own origin alone, as others may ask too."""
    if login is None:
        return None
    return {"username": login.user, "password": login.password, "origin": _origin(address)}


def _origin(address: str) -> str:
    """As browsers write it, without the port that goes without saying."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removesuffix({"http": ":80", "https": ":443"}.get(parts.scheme, ""))
    return f"{parts.scheme}://{host}"


class _Audit:
    """One shop, one browser, one haul."""

    def __init__(
        self, running: Running, options: Options, shop: str, progress: Progress | None, folder: Path | None
    ) -> None:
        self._running = running
        self._options = options
        self._folder = folder
        self._progress = progress
        until = time.monotonic() + options.seconds
        self._haul = Haul(
            shop, options.pages, until, axe=options.axe, screenshots=folder is not None, tell=self._tell
        )
        loop = asyncio.get_running_loop()
        self._found = _Found(loop.create_future(), loop.create_future())
        self._asker = Asker(
            running.user_agent,
            resolver_rules=options.browser.resolver_rules,
            refuses=None if options.browser.allow_private else is_private,
        )
        self._home: Page | None = None

    async def run(self) -> None:
        """All visits, until they have ended or the time is up."""
        beside = [asyncio.ensure_future(self._softly("host", self._host()))]
        try:
            async with self._visit("first") as visit:
                home = await self._first(visit)
                beside += [
                    asyncio.ensure_future(self._softly(name, work)) for name, work in self._beside(home)
                ]
                whole = asyncio.gather(self._softly("first", self._walk(visit, home)), *beside)
                await self._in_time(whole)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _first(self, visit: Visit) -> Page:
        haul = self._haul
        haul.take()
        haul.tell("first", "home", haul.shop)
        home = await visit.open(haul.shop, "home", haul.wants("first", "home"))
        if home.seen is None:
            told = self._running.credentials
            raise _closed(home, (told.get("origin") or "") if told else "")
        haul.add(home)
        haul.shop = home.final_url
        self._home = home
        return home

    def _beside(self, home: Page) -> list[tuple[str, Awaitable[None]]]:
        work: dict[str, Callable[[Page], Awaitable[None]]] = {
            "second": self._second,
            "forwarded": self._forwarded,
            "pinned": self._pinned,
            "late": self._late,
            "small": self._small,
        }
        wanted = [(name, work[name](home)) for name in self._options.further if name in work]
        return [("policies", self._read(home)), ("consent", self._consent(home)), *wanted]

    async def _walk(self, visit: Visit, home: Page) -> None:
        walk = Walk()
        try:
            walk = await Walker(visit, self._haul, self._options.walk_checkout, self._product_found).walk(
                home
            )
        finally:
            self._product_found(walk.product)
            if not self._found.walk.done():
                self._found.walk.set_result(walk)

    def _product_found(self, product: Page | None) -> None:
        if not self._found.product.done():
            self._found.product.set_result(product)

    async def _read(self, home: Page) -> None:
        """The policy pages that menus and footers name, further products, and the links."""
        haul = self._haul
        async with self._visit("first") as visit:
            await self._policies(visit, [home])
            walk = await asyncio.shield(self._found.walk)
            for url in walk.goods[: max(0, self._options.products - len(haul.of("first", "product")))]:
                if (page := await opened(visit, haul, url, "product")) is not None:
                    haul.add(page)
            await self._policies(visit, haul.of("first"))
            if self._options.links:
                await self._check_links(visit)

    async def _policies(self, visit: Visit, pages: list[Page]) -> None:
        haul = self._haul
        for kind, url in policies(pages, haul.shop).items():
            if haul.of("first", kind) or any(page.url == url for page in haul.pages if page.visit == "first"):
                continue
            if url not in haul.robots and (page := await opened(visit, haul, url, kind)) is not None:
                haul.add(page)

    async def _check_links(self, visit: Visit) -> None:
        haul = self._haul
        links = host.links_to_check(haul.of("first"), haul.shop)
        allowed = {url: found_on for url, found_on in links.items() if await visit.may_see(url)}
        haul.robots.extend(url for url in links if url not in allowed and url not in haul.robots)
        known = {page.url: page.status for page in haul.pages if page.status is not None}
        known |= {page.final_url: page.status for page in haul.pages if page.status is not None}
        self._found.links, left = await host.checked(allowed, haul.shop, self._asker, known, haul.until)
        if left:
            haul.miss("links", haul.shop, "time", _("Not all links could be asked for in time."))

    async def _host(self) -> None:
        shop, ca_file = self._haul.shop, self._options.browser.ca_file
        self._found.host_tls, self._found.plain_http = await asyncio.gather(
            host.certificate(shop, self._asker, str(ca_file) if ca_file else None),
            host.plain_http(shop, self._asker),
        )

    async def _second(self, home: Page) -> None:
        product = await asyncio.shield(self._found.product)
        pages = [page for page in (home, *self._haul.of("first", "category")[:1], product) if page]
        walk = await asyncio.shield(self._found.walk)
        async with self._visit("second") as visit:
            self._found.basket_before = await further.second(visit, self._haul, pages, walk)

    async def _forwarded(self, home: Page) -> None:
        product = await asyncio.shield(self._found.product)
        for page in (home, *self._haul.of("first", "category")[:1], product):
            if page and page.seen and countdown_s(page.seen.text) is not None:
                async with self._visit("forwarded") as visit:
                    await further.forwarded(visit, self._haul, page)

    async def _pinned(self, _home: Page) -> None:
        product = await asyncio.shield(self._found.product)
        if product is not None and product.seen and has_activity(product.seen.text):
            async with self._visit("pinned") as visit:
                await further.pinned(visit, self._haul, product)

    async def _late(self, home: Page) -> None:
        async with self._visit("late") as visit:
            await further.late(visit, self._haul, home)
            product = await asyncio.shield(self._found.product)
            if product is not None:
                await further.late(visit, self._haul, product)

    async def _consent(self, home: Page) -> None:
        """The answers yes and no, side by side; a dialog that only came late is refused after it was met."""
        framed = asking_frames(home.seen, named=True) if home.seen else []
        asks = bool(framed) or (home.seen is not None and dialog_of(home.seen) is not None)
        wanted = [name for name in _ANSWERS if name in self._options.further]
        if asks:
            await asyncio.gather(*(self._answer(name, home) for name in wanted))
        else:
            for name in wanted:
                await self._answer(name, home)
                met = self._found.accepted
                if name == "accept" and not (met.dialog or met.provider):
                    break
        answers = (self._found.accepted, self._found.rejected)
        if not any(answer.dialog for answer in answers):
            told = _("The question of consent stands in a frame and was not read.")
            for frame in (answers[0].mute or answers[1].mute) if wanted else framed:
                self._haul.miss("consent", frame.src or frame.selector, "framed", told)
            unread = not_understood(home.seen) if home.seen and not wanted else ()
            if not any(answer.provider for answer in answers):
                for overlay in answers[0].unclear or answers[1].unclear or unread:
                    told = _("The question of consent was not understood: “%(words)s”")
                    told %= {"words": " ".join(overlay.text.split())[:200]}
                    self._haul.miss("consent", self._haul.shop, "not-understood", told)

    async def _answer(self, name: Literal["accept", "reject"], home: Page) -> None:
        async with self._visit(name) as visit:
            if name == "accept":
                answered = self._found.accepted = await consent.accept(visit, self._haul)
            else:
                answered = self._found.rejected = await consent.reject(visit, self._haul)
            if answered.clicks is None:
                if answered.dialog is not None and answered.dialog.button(name) is not None:
                    told = _("The question of consent could not be answered.")
                    self._haul.miss(f"consent: {name}", self._haul.shop, "no-answer", told)
                return
            product = await asyncio.shield(self._found.product)
            await further.again(visit, self._haul, [page for page in (home, product) if page])

    async def _small(self, home: Page) -> None:
        async with self._visit("small", *_SMALL) as visit:
            await further.small(visit, self._haul, home)
            product = await asyncio.shield(self._found.product)
            walk = await asyncio.shield(self._found.walk)
            if product is not None:
                await further.small_walk(visit, self._haul, product, walk)

    @asynccontextmanager
    async def _visit(self, name: VisitName, width: int = 1280, height: int = 800) -> AsyncIterator[Visit]:
        async with visiting(
            self._running,
            name,
            self._haul.shop,
            width=width,
            height=height,
            language=self._options.language,
            folder=self._folder,
        ) as visit:
            yield visit

    async def _softly(self, name: str, work: Awaitable[None]) -> None:
        """`work`, whose failure is noted and breaks nothing else."""
        try:
            await work
        except Exception as fault:  # noqa: BLE001 - whatever one part raises, the others go on
            self._haul.stumble(name, self._haul.shop, fault)

    async def _in_time(self, whole: "asyncio.Future[list[None]]") -> None:
        """Wait for all parts; each ends by itself when the time is up, and is ended when it does not."""
        try:
            await asyncio.wait_for(whole, self._haul.left_s + _GRACE_S)
        except TimeoutError:
            self._haul.miss("audit", self._haul.shop, "time", _("The audit was ended when its time was up."))
        if self._haul.refused:
            self._haul.miss(
                "audit", self._haul.shop, "limit", _("The audit's time or number of pages was used up.")
            )

    def _tell(self, visit: VisitName, kind: Kind, url: str) -> None:
        if self._progress is not None:
            self._progress(f"{visit}: {kind} {url}", None)

    def artifacts(self, began_ms: int) -> Artifacts:
        """All that was gathered, in the order that does not depend on who was faster."""
        haul, found = self._haul, self._found
        walk = found.walk.result() if found.walk.done() else Walk()
        return Artifacts(
            schema="troth-artifacts/1",
            shop=haul.shop,
            taken_at_ms=began_ms,
            browser=self._running.name,
            user_agent=self._running.user_agent,
            pages=haul.sorted_pages(),
            walk=tuple(walk.steps),
            basket=walk.basket,
            basket_before=found.basket_before,
            summary=walk.summary,
            added=walk.added,
            consent=self._asked(),
            tls=found.host_tls,
            plain_http=found.plain_http,
            links=found.links,
            robots=tuple(dict.fromkeys(haul.robots)),
            failures=tuple(haul.failures),
            walked_checkout=walk.walked_checkout,
        )

    def _asked(self) -> Consent | None:
        first = self._home.seen if self._home else None
        return consent_of(first, self._found.accepted, self._found.rejected) if first else None


def _closed(home: Page, told: str = "") -> TrothError:
    """The error of a shop whose first page cannot be seen; `told`: the origin that the login was told to."""
    hints = {
        "bot-wall": _("Ask the shop to let the audit in, or audit a test system of your own."),
        "login-wall": _("Audit a part of the shop that everyone sees."),
        "certificate-invalid": _("Name the authority that signed it with `--ca-file`, if it is your own."),
        "host-foreign": _("Audit that address instead: %(url)s") % {"url": home.final_url},
        "robots-denied": _("Ask the shop, or allow Troth in its robots.txt."),
        "port-blocked": _("Let the shop answer at another port, such as 443 or 8080."),
        "address-private": _("Allow it with `--allow-private` if the shop is your own."),
    }
    if home.failure == "login-wall" and told and _origin(home.final_url) != told:
        line = _(
            "The name and the password are told to %(origin)s alone. "
            "It leads to %(url)s: put them into that address."
        )
        hints["login-wall"] = line % {"origin": told, "url": home.final_url}
    hint = hints.get(home.failure, _("Check the address, and open it in a browser."))
    return TrothError(home.failure, sentence(home.failure), hint, where=home.url)

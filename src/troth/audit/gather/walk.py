"""The walk of a new customer: home, category, product, basket, checkout, and never past the last button.

Every step says whether it was reached, and why not. A step that is not reached ends the walk; what was seen
up to there stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urljoin

from troth.audit.artifacts.page import Control, Field, Seen
from troth.audit.artifacts.shape import Kind, Line, Page, Step
from troth.audit.gather import choosing
from troth.audit.gather.acting import click
from troth.audit.gather.basket import lines, put
from troth.audit.gather.checkout import CUSTOMERS, MOST_STEPS, Customer, fill, unknown, way_on
from troth.audit.gather.failures import sentence
from troth.audit.gather.haul import Haul
from troth.audit.gather.kinds import asks_for_address, asks_to_sign_in, heading, names_basket, page_kind
from troth.audit.gather.visit import Visit, Wants
from troth.audit.parsing.addresses import same_site
from troth.audit.parsing.money import has_price
from troth.texts import _

StepName = Literal["home", "category", "product", "basket", "checkout"]

_MOST_CATEGORIES = 4
_MOST_PRODUCTS = 5
_GUESSES = ("cart", "basket", "winkelwagen", "warenkorb")


@dataclass(slots=True)
class Walk:
    """The walk's outcome: its steps, what it put into the basket, and what basket and summary showed.

    `goods` are further products that the category names; `checkout_url` is empty where none was reached.
    """

    steps: list[Step] = field(default_factory=list)
    goods: list[str] = field(default_factory=list)
    product: Page | None = None
    added: str = ""
    basket_url: str = ""
    basket: tuple[Line, ...] = ()
    checkout_url: str = ""
    summary: tuple[Line, ...] = ()
    walked_checkout: bool = False

    def reach(self, name: StepName, url: str, note: str = "", code: str = "") -> None:
        """Note a step that was reached."""
        self.steps.append(Step(name, True, url, note, code))  # noqa: FBT003 - the step's own field

    def stop(self, name: StepName, code: str, note: str, url: str = "") -> None:
        """Note the step that was not reached."""
        self.steps.append(Step(name, False, url, note, code))  # noqa: FBT003 - the step's own field


@dataclass(frozen=True, slots=True)
class Walker:
    """A customer at a browser's tab. `found` is told of the walk's product as soon as it is seen."""

    visit: Visit
    haul: Haul
    fills: bool = False
    found: Callable[[Page], None] = lambda _page: None

    async def walk(self, home: Page) -> Walk:
        """Walk from the home page, which is on the live page, to the checkout."""
        walk = Walk()
        walk.reach("home", home.final_url)
        walk.goods = await self._category(walk, home)
        product = await self._product(walk)
        if product is None or not await self._basket(walk, product):
            return walk
        await self._checkout(walk)
        return walk

    async def _category(self, walk: Walk, home: Page) -> list[str]:
        assert home.seen is not None  # noqa: S101 - the audit ends where home cannot be seen
        for address in choosing.categories(home.seen, home.final_url)[:_MOST_CATEGORIES]:
            page = await self._open(address, "category")
            if page is None or page.seen is None:
                continue
            goods = choosing.products(page.seen, page.final_url)
            kind = page_kind(page.seen, page.final_url)
            if kind == "category" or (kind != "product" and len(goods) > 1):
                self.haul.add(page)
                walk.reach("category", page.final_url)
                return goods
            self.haul.add(replace(page, kind="product" if kind == "product" else "other"))
            if kind == "product":
                walk.reach("category", page.final_url, _("The menu leads to single products."), "no-category")
                return [address]
        goods = choosing.products(home.seen, home.final_url)
        if goods:
            walk.reach("category", home.final_url, _("The products stand on the home page."), "no-category")
        else:
            walk.stop("category", "no-category", _("No list of products was found."))
        return goods

    async def _product(self, walk: Walk) -> Page | None:
        shown: Page | None = None
        for _attempt in range(_MOST_PRODUCTS):
            if not walk.goods:
                break
            page = await self._open(walk.goods.pop(0), "product")
            if page is None or page.seen is None:
                continue
            buyable = choosing.add_control(page.seen) is not None and has_price(page.seen.text)
            if not buyable and page_kind(page.seen, page.final_url) != "product":
                self.haul.add(replace(page, kind="other"))
                continue
            self.haul.add(page)
            if buyable:
                walk.product = page
                walk.reach("product", page.final_url)
                self.found(page)
                return page
            shown = shown or page
        if shown is not None:
            walk.product = shown
            walk.reach("product", shown.final_url)
            self.found(shown)
            walk.stop("basket", "not-buyable", _("No product was found that can be put into the basket."))
        else:
            walk.stop("product", *self._why("no-product", _("No product's page was found.")))
        return None

    async def _basket(self, walk: Walk, product: Page) -> bool:
        assert product.seen is not None  # noqa: S101 - only a product that was seen is taken
        done = await put(self.visit, product.seen, self._wants("basket")) if self.haul.take() else None
        if done is None:
            told = _("The button for the basket could not be clicked.")
            walk.stop("basket", *self._why("not-buyable", told))
            return False
        walk.added = done.name
        address = self._basket_address(product.seen, done.page.seen)
        page = await self._basket_page(done.page, address)
        if page is None and done.page.final_url in self.haul.robots:
            address = done.page.final_url
        if page is None or page.seen is None:
            walk.stop("basket", *self._why("no-basket", _("The basket was not found."), address))
            return False
        self.haul.add(page)
        found = await lines(self.visit, walk.added)
        if found is None:
            walk.stop("basket", "basket-unread", _("The basket could not be read."), page.final_url)
            return False
        walk.basket = found
        if not any(line.item for line in walk.basket):
            walk.stop("basket", "basket-empty", _("The product did not get into the basket."), page.final_url)
            return False
        walk.basket_url = page.final_url
        walk.reach("basket", page.final_url)
        return True

    def _basket_address(self, *shown: Seen | None) -> str | None:
        return next(
            filter(None, (choosing.basket_link(seen, self.haul.shop) for seen in shown if seen)), None
        )

    async def _basket_page(self, after: Page, address: str | None) -> Page | None:
        """The basket: where the click led, where the menu says it is, or what slid over the product."""
        if after.seen is not None and names_basket(after.final_url):
            if await self.visit.may_see(after.final_url):
                return after
            self.haul.robots.append(after.final_url)
            return None
        if address is None and after.seen is not None and choosing.checkout_control(after.seen) is not None:
            return after
        self.haul.forget("basket")
        for guess in [address] if address else [urljoin(self.haul.shop, f"/{name}") for name in _GUESSES]:
            page = await self._open(guess, "basket")
            if page is not None and (page.status or 0) < 400:
                return page
        return None

    async def _checkout(self, walk: Walk) -> None:
        seen = self.haul.of(self.visit.name, "basket")[-1].seen
        assert seen is not None  # noqa: S101 - `of` gives pages that were seen
        control = choosing.checkout_control(seen)
        if control is None:
            walk.stop("checkout", "no-checkout", _("No way from the basket to the checkout was found."))
            return
        page = await self._follow(seen, control)
        if page is None or page.seen is None:
            address = self._href(seen, control)
            walk.stop("checkout", *self._why("no-checkout", _("The checkout could not be opened."), address))
            return
        if not same_site(page.final_url, self.haul.shop):
            walk.stop("checkout", "off-site", _("The checkout lies on another host."), page.final_url)
            return
        if (
            page.final_url == walk.basket_url
            and not asks_for_address(page.seen)
            and not asks_to_sign_in(page.seen)
        ):
            walk.stop(
                "checkout", "no-checkout", _("The button to the checkout did not lead on."), page.final_url
            )
            return
        self.haul.add(page)
        walk.checkout_url = page.final_url
        page = await self._as_guest(page)
        walled = page.seen is not None and _is_wall(page.seen)
        note = _("The checkout asks to sign in.") if walled else ""
        walk.summary = await lines(self.visit, walk.added) or ()
        if self.fills and not walled:
            note = await self._fill(walk, page)
        walk.reach("checkout", page.final_url, note, "login-wall" if walled else "")

    async def _follow(self, seen: Seen, control: Control) -> Page | None:
        address = self._href(seen, control)
        if address is not None:
            return await self._open(address, "checkout")
        return await self._click(control)

    def _href(self, seen: Seen, control: Control) -> str | None:
        """Where a control leads that is a plain link into the shop."""
        links = [link.href for link in seen.links if link.selector == control.selector]
        return next((url for url in links if same_site(url, self.haul.shop) and "#" not in url), None)

    async def _as_guest(self, page: Page) -> Page:
        """Go on as a guest where the checkout asks who one is."""
        seen = page.seen
        if seen is None or asks_for_address(seen) or self.haul.full:
            return page
        control, radio = choosing.guest_control(seen), choosing.guest_choice(seen)
        if control is None and radio is not None:
            chosen = await self._click(radio)
            seen = chosen.seen if chosen else None
            control = choosing.continue_control(seen) if seen else None
            if seen and control and self.fills:
                await fill(self.visit.live, seen, _customer(seen))
        further = await self._click(control) if control else None
        if further is None or further.seen is None or _same_step(page, further):
            return page
        self.haul.add(further)
        return further

    async def _fill(self, walk: Walk, page: Page) -> str:
        """Go through the checkout's steps with made-up data; the sentence that says where that ended."""
        walk.walked_checkout = True
        for _step in range(MOST_STEPS):
            if page.seen is None or self.haul.full or choosing.has_final(page.seen):
                return ""
            customer = _customer(page.seen)
            if asked := unknown(page.seen, customer):
                return _("The checkout asks for what no made-up customer has: %(field)s") % {
                    "field": asked[0]
                }
            further = await self._next_step(page.seen, customer)
            if further is None or further.seen is None or not same_site(further.final_url, self.haul.shop):
                return _("The checkout's next step could not be seen.")
            if _same_step(page, further):
                return _("The checkout's form did not go on.")
            page = further
            self.haul.add(page)
            walk.summary = await lines(self.visit, walk.added) or walk.summary
        return _("The checkout has too many steps.")

    async def _next_step(self, seen: Seen, customer: Customer) -> Page | None:
        control = way_on(seen)
        if control is None:
            return None
        await fill(self.visit.live, seen, customer)
        return await self._click(control)

    async def _open(self, url: str, kind: Kind) -> Page | None:
        """The page, None where there is none to see: forbidden, failed or over the limit."""
        return await opened(self.visit, self.haul, url, kind)

    async def _click(self, what: Control | Field) -> Page | None:
        if not self.haul.take():
            return None
        return await click(self.visit, what.selector, "checkout", self._wants("checkout"))

    def _wants(self, kind: Kind) -> Wants:
        return self.haul.wants(self.visit.name, kind)

    def _why(self, code: str, note: str, url: str | None = None) -> tuple[str, str]:
        """The code and note of a step that was not reached; the time's or robots.txt's where they are why."""
        if self.haul.full:
            return "time", _("The audit's time or number of pages was used up.")
        if url in self.haul.robots:
            return "robots-denied", sentence("robots-denied")
        return code, note


async def opened(visit: Visit, haul: Haul, url: str, kind: Kind) -> Page | None:
    """Open `url`; None where it may not or could not be seen, which the haul names. Not yet added to it."""
    if not haul.take():
        return None
    haul.tell(visit.name, kind, url)
    page = await visit.open(url, kind, haul.wants(visit.name, kind))
    if page.failure == "robots-denied":
        haul.robots.append(url)
        return None
    if page.seen is None:
        haul.add(page)
        return None
    return page


def _customer(seen: Seen) -> Customer:
    return CUSTOMERS.get(seen.language[:2].lower(), CUSTOMERS["en"])


def _is_wall(seen: Seen) -> bool:
    """Whether nobody gets on without an account: a password is asked for and no guest let in."""
    return asks_to_sign_in(seen) and not asks_for_address(seen) and choosing.guest_choice(seen) is None


def _same_step(before: Page, after: Page) -> bool:
    if before.seen is None or after.seen is None:
        return False
    fields = [
        {field.name for field in page.seen.fields if field.visible} for page in (before, after) if page.seen
    ]
    same_place = before.final_url == after.final_url and heading(before.seen) == heading(after.seen)
    return same_place and fields[0] == fields[1]

"""What people will ask for first is worked out before they ask: after the start, beside the requests."""

from __future__ import annotations

import threading

from troth.errors import TrothError
from troth.web.access.rights import RIGHTS, Role, Visitor
from troth.web.frame.filters import Filters
from troth.web.frame.page import Asked, Page
from troth.web.frame.privacy import demand_group
from troth.web.frame.rendering import environment
from troth.web.operation.logs import logger
from troth.web.pages import pages
from troth.workspace.live import Live

_NOBODY = Visitor("system", "", RIGHTS[Role.VIEWER] | RIGHTS[Role.CASE_WORKER])


class Warmer:
    """A thread that asks some pages of the menu once, as who opens them without choosing anything."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warmer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self) -> None:
        """Until all is done."""
        self._thread.join()

    def stop(self) -> None:
        """End, after the page that is being asked."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        for page in sorted((page for page in pages() if page.warms), key=lambda page: page.menu or 0):
            if not self._ended.is_set():
                self._ask(page)
        for page in pages():
            if not self._ended.is_set():
                environment(page.package).get_template(page.template)

    def _ask(self, page: Page) -> None:
        live = self._live
        question = Asked(_NOBODY, Filters(), live.blueprint, {}, page.address)
        try:
            with live.reading() as workspace:
                demand_group(live, workspace, page, question)
                page.query(live, workspace, question)
        except TrothError:
            return  # who asks for it is told
        except Exception as error:  # noqa: BLE001 - who asks for it meets it again; the server goes on
            logger().error("warming", page=page.name, reason=repr(error))

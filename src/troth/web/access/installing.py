"""Access, put in front of an application."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware

from troth.store.office import Office
from troth.web.access import arriving, passkey_routes, signing
from troth.web.access.gate import Gate
from troth.web.access.headers import Guarded
from troth.web.access.hosts import KnownHosts
from troth.web.access.provider import routes as provider_routes
from troth.web.access.settings import AccessSettings
from troth.web.access.state import Access
from troth.web.frame.answering import failed


def install(
    app: Starlette,
    office: Office,
    settings: AccessSettings,
    now_ms: Callable[[], int],
    short_way: Middleware | None = None,
) -> Access:
    """Give `app` the routes of access, and let every request pass the gate.

    `short_way` sees a request before the gate does, and lets in itself whom it takes.
    """
    access = Access(office, settings, now_ms)
    app.state.access = access
    for module in (signing, arriving, passkey_routes, provider_routes):
        app.router.routes.extend(module.ROUTES)
    # The one that is added last sees a request first.
    app.add_middleware(Gate, access=access, failed=failed)
    app.add_middleware(KnownHosts, hosts=settings.answered_hosts, failed=failed)
    if short_way is not None:
        app.user_middleware.insert(0, short_way)
    app.add_middleware(Guarded, failed=failed)
    if settings.proxies:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))
    return access

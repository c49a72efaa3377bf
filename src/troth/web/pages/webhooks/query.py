"""What the page of webhooks shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from troth.blueprint.records import READY_MADE
from troth.report.page.words import coded
from troth.texts import Lazy, lazy
from troth.web.frame.moments import moment
from troth.web.frame.page import API, Asked
from troth.web.ingest.hooks import endpoints
from troth.web.ingest.hooks.endpoints import OLD_HOLDS_HOURS, Endpoint
from troth.web.ingest.hooks.receiving import NAME
from troth.workspace import Workspace
from troth.workspace.live import Live

SCHEME_NAMES: Mapping[str, str] = {
    "standard": "Standard Webhooks",
    "shopify": "Shopify",
    "woocommerce": "WooCommerce",
    "shopware": "Shopware",
}
REFUSED: Mapping[str, Lazy] = {
    "signature-invalid": lazy("the signature was missing, wrong or too old"),
    "kind-unknown": lazy("the blueprint does not declare its record kind any more"),
    "body-too-large": lazy("it was too large"),
    "encoding-unknown": lazy("it was packed in an unknown way"),
    "too-slow": lazy("it took too long to arrive"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An endpoint without its secrets; times are UTC epoch milliseconds.

    `address`: where its sender posts to. `scheme`: how it signs. `kind`: the record kind that a payload is.
    `paths`: where columns are in a payload, if not where the blueprint says. `last_used_ms`: when it last
    took something; `refused_ms`: when something was last refused, to the minute, and `refused_code` why.
    `old_until_ms`: until when the secret of before holds, too.
    """

    name: str
    address: str
    scheme: str
    kind: str
    paths: dict[str, str]
    enabled: bool
    created_ms: int
    last_used_ms: int | None
    refused_ms: int | None
    refused_code: str | None
    old_until_ms: int | None


@dataclass(frozen=True, slots=True)
class Webhooks:
    """All endpoints by name, and the record kinds that one may be made for."""

    endpoints: tuple[Shown, ...]
    kinds: tuple[str, ...]


def shown(endpoint: Endpoint) -> Shown:
    """What is told of an endpoint."""
    parts = asdict(endpoint) | {"paths": dict(endpoint.paths), "address": f"{API}/hooks/{endpoint.name}"}
    del parts["id"]
    return Shown(**parts)


def webhooks(live: Live, _workspace: Workspace, asked: Asked) -> Webhooks:
    """Read all endpoints."""
    found = endpoints.listed(live.office, live.now_ms())
    return Webhooks(tuple(map(shown, found)), (*asked.blueprint.records, READY_MADE))


def rows(answer: Webhooks) -> list[dict[str, Any]]:
    """The table."""
    return [{**asdict(one), "paths": json.dumps(one.paths, ensure_ascii=False)} for one in answer.endpoints]


def words(_answer: Webhooks, _asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    return {
        "moment": moment,
        "schemes": list(SCHEME_NAMES.items()),
        "scheme_name": lambda scheme: SCHEME_NAMES.get(scheme, scheme),
        "refused": lambda code: coded(code, REFUSED),
        "name_pattern": NAME.pattern,
        "hours": OLD_HOLDS_HOURS,
    }

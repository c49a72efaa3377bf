"""Which part of the data a page shows: what stands in its address behind the question mark."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field


class Filters(BaseModel):
    """The choices that all pages and their twins understand; a page takes those that mean something to it.

    Attributes:
        at: The last day that counts; without it up to the newest record.
        since: The first day of the period that a series or a comparison shows.
        segment: `segment=value` of the customers that count.
        touchpoint: Only this touchpoint.
        mechanism: Only this mechanism.
        search: Words or an id to look for.
        kind: Only this record kind.
        reason: Only rows in quarantine for this reason.
        page: Which page of a long list, from 1.
        size: How many rows a page of a list has.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: dt.date | None = None
    since: dt.date | None = None
    segment: str | None = Field(None, max_length=400)
    touchpoint: str | None = Field(None, max_length=200)
    mechanism: str | None = Field(None, max_length=40)
    search: str | None = Field(None, max_length=200)
    kind: str | None = Field(None, max_length=200)
    reason: str | None = Field(None, max_length=60)
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=1_000)

    def only(self) -> dict[str, str]:
        """The filter of a read-out."""
        given = {"segment": self.segment, "touchpoint": self.touchpoint, "mechanism": self.mechanism}
        return {name: value for name, value in given.items() if value}

    def address(self, path: str, **changes: object) -> str:
        """`path` with these choices behind it, some of them changed; what is None or by default is left out.

        >>> Filters(segment="country=NL", page=3).address("/customers", page=4)
        '/customers?segment=country%3DNL&page=4'
        """
        chosen = self.model_dump(mode="json", exclude_defaults=True) | changes
        defaults = {name: field.default for name, field in type(self).model_fields.items()}
        given = {n: v for n, v in chosen.items() if v is not None and v != defaults.get(n)}
        return f"{path}?{urlencode(given)}" if given else path

"""Which part of the data a page shows: what stands in its address behind the question mark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from troth.web.frame.addresses import with_query

KEPT = ("at", "since", "segment")
"""The choices that go along from page to page, also to those to which they mean nothing."""


class Filters(BaseModel):
    """The choices that all pages and their twins understand; a page takes those that mean something to it.

    Attributes:
        at: The last day that counts; without it up to the newest record.
        since: The first day of the period that a series or a comparison shows.
        segment: `segment=value` of the customers that count.
        against: `segment=value` of the customers to compare those of `segment` with.
        touchpoint: Only this touchpoint.
        mechanism: Only this mechanism.
        search: Words or an id to look for.
        kind: Only this record kind.
        reason: Only rows in quarantine for this reason.
        sort: The column by which a list is sorted; `-` before it turns the order round.
        action: Only this action of the trail.
        actor: Only what this account or key did.
        subject: Only what was done to this account, key or customer.
        page: Which page of a long list, from 1.
        size: How many rows a page of a list has.
        lang: In which language texts are; which is read before the filters are, and never goes along.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: dt.date | None = Field(
        None,
        description="The last day that counts; without it up to the newest record.",
        examples=["2026-01-31"],
    )
    since: dt.date | None = Field(
        None,
        description="The first day of the period that a series or a comparison shows.",
        examples=["2025-11-01"],
    )
    segment: str | None = Field(
        None,
        max_length=400,
        description="Only customers of this segment: `segment=value`.",
        examples=["country=NL"],
    )
    against: str | None = Field(
        None,
        max_length=400,
        description="The customers to compare those of `segment` with: `segment=value`.",
        examples=["country=DE"],
    )
    touchpoint: str | None = Field(
        None, max_length=200, description="Only this touchpoint.", examples=["delivery"]
    )
    mechanism: str | None = Field(
        None, max_length=40, description="Only this mechanism.", examples=["reliability"]
    )
    search: str | None = Field(None, max_length=200, description="Words or an id to look for.")
    kind: str | None = Field(None, max_length=200, description="Only this record kind.")
    reason: str | None = Field(None, max_length=60, description="Only rows in quarantine for this reason.")
    sort: str | None = Field(
        None,
        max_length=41,
        pattern=r"^-?[a-z][a-z_]*$",
        description="The column by which a list is sorted; `-` before it turns the order round.",
    )
    action: str | None = Field(None, max_length=50, description="Only this action of the trail.")
    actor: str | None = Field(None, max_length=320, description="Only what this account or key did.")
    subject: str | None = Field(
        None, max_length=500, description="Only what was done to this account, key or customer."
    )
    page: int = Field(1, ge=1, le=100_000, description="Which page of a long list, from 1.")
    size: int = Field(50, ge=1, le=1_000, description="How many rows a page of a list has.")

    lang: str | None = Field(
        None,
        max_length=40,
        exclude=True,
        description="The language of texts: `en`, `de` or `nl`; else as `Accept-Language` wants it.",
        examples=["nl"],
    )

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
        return with_query(path, given)

    def as_query(self) -> dict[str, object]:
        """The choices that differ from what holds without any."""
        return self.model_dump(exclude_defaults=True, exclude_none=True, mode="json")

    def kept(self) -> dict[str, object]:
        """The choices that go along from page to page: the period and the segment."""
        return {name: value for name, value in self.as_query().items() if name in KEPT}


def narrowed(names: Collection[str]) -> type[BaseModel]:
    """The choices of these names, and the language: how an address's parameters are read and described."""
    fields = {name: field for name, field in Filters.model_fields.items() if name in {*names, "lang"}}
    given: dict[str, Any] = {name: (field.annotation, field) for name, field in fields.items()}
    config = ConfigDict(frozen=True, extra="ignore")
    return create_model("Choices", __config__=config, **given)

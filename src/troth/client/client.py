"""The client: one connection to a server, with retries where they can do no harm."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import httpx2

from troth.client.errors import ServerError, error_of
from troth.client.retrying import Retrying

if TYPE_CHECKING:
    import pyarrow as pa

API = "/api/v1"
MOST_RECORDS = 10_000
"""So many records the server takes in one request."""

_SMALL = 1_000
"""Bytes that are not worth packing."""

Choice = str | int | float | bool | dt.date | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that was not taken.

    `index`: its place among all records of the call, from 0. `code`, `message`, `hint`: why, and how to mend
    it. `key`, `column`, `detail`: what is known of it.
    """

    index: int
    code: str
    message: str
    hint: str
    key: str | None
    column: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the records of one call; those accepted are durable.

    `undeclared`: how often fields came that no record kind declares, and that were left out.
    """

    accepted: int
    refused: tuple[Refused, ...]
    undeclared: dict[str, int]


class Client:
    """A server of Troth; a context manager, and safe to share between threads.

    Args:
        address: Where the server is: `http://127.0.0.1:8765`.
        key: An API key; it needs the right `send-records` to send, `see` for figures, `see-people` for
            customers, `change-data` for files and blueprints.
        timeout_seconds: How long to wait for a connection and between two parts of an answer.
        retries: How often a request is repeated when the server is busy (it then says for how long) or cannot
            be reached. Reading may be repeated anyway, and so may sending: a record that is there already
            changes nothing.
        transport: Another way to the server, for tests.
    """

    def __init__(
        self,
        address: str,
        key: str,
        *,
        timeout_seconds: float = 30.0,
        retries: int = 5,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._http = httpx2.Client(
            base_url=address.rstrip("/"),
            headers={"Authorization": f"Bearer {key}".strip()},
            timeout=timeout_seconds,
            transport=transport,
        )
        self._retrying = Retrying(retries)

    def speak(self, language: str) -> None:
        """Ask for messages in `en`, `de` or `nl`."""
        self._http.headers["Accept-Language"] = language

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Records

    def send(self, kind: str, records: Iterable[Mapping[str, object]], *, batch_records: int = 1000) -> Sent:
        """Send records of one kind; returns once all of them are durable or refused.

        A record's fields are the headers of its kind's columns, as in a file. Times may be `datetime`, days
        `date`, numbers also `Decimal`. `records` may be a generator of any length.

        Raises:
            ServerError: a request failed as a whole; the batches before it are in. Send all again: what is
                there already changes nothing.
            ValueError: `batch_records` is not 1 to 10,000.
        """
        if not 1 <= batch_records <= MOST_RECORDS:
            raise ValueError(f"batch_records must be 1 to {MOST_RECORDS}, not {batch_records}")
        accepted, first, refused, undeclared = 0, 0, list[Refused](), dict[str, int]()
        for batch in _batches(records, batch_records):
            answer = self._sent(kind, batch)
            accepted += int(answer["accepted"])
            refused += [_refused(line, first) for line in answer["errors"]]
            for name, count in answer.get("undeclared", {}).items():
                undeclared[name] = undeclared.get(name, 0) + int(count)
            first += len(batch)
        return Sent(accepted, tuple(refused), undeclared)

    def _sent(self, kind: str, batch: list[Mapping[str, object]]) -> dict[str, Any]:
        body = json.dumps(batch, default=_plain, ensure_ascii=False, allow_nan=False).encode()
        headers = {"Content-Type": "application/json"}
        if len(body) > _SMALL:
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        answer = self._answer(
            lambda: self._http.post(f"{API}/records", params={"kind": kind}, content=body, headers=headers)
        )
        found = _json(answer)
        if answer.is_success or (isinstance(found, dict) and "accepted" in found):
            return dict(found)
        raise error_of(answer.status_code, found)

    # Figures

    def overview(self, **choices: Choice) -> dict[str, Any]:
        """The company index, its trend and what moved it; `choices` as in the page’s address."""
        return dict(self.get("overview", **choices))

    def touchpoints(self, **choices: Choice) -> list[dict[str, Any]]:
        """Trust at every touchpoint, in the journey's order."""
        return list(self.get("journey", **choices)["touchpoints"])

    def segments(self, **choices: Choice) -> dict[str, Any]:
        """Trust of every group of customers; with `segment` and `against` the difference of two."""
        return dict(self.get("segments", **choices))

    def customers(self, **choices: Choice) -> Iterator[dict[str, Any]]:
        """All customers by what they are owed, most first; with `search` those whose id begins so.

        Asks for a page at a time, as they are taken from the iterator.
        """
        page, pages = 1, 1
        while page <= pages:
            answer = self.get("customers", **{"size": 1000, **choices, "page": page})
            pages = int(answer["pages"])
            yield from answer["customers"]
            page += 1

    def customer(self, customer: str, /, **choices: Choice) -> dict[str, Any]:
        """One customer: the curve of trust, every experience's part of the balance, open promises."""
        part = quote(customer.replace("~", "~0").replace("/", "~1"), safe="~")
        return dict(self.get(f"customers/{part}", **choices))

    def table(self, page: str, /, **choices: Choice) -> pa.Table:
        """The table of a page as an Arrow table, whole: such as `customers`, `segments`, `data`."""
        import pyarrow as pa
        from pyarrow import parquet

        return parquet.read_table(pa.BufferReader(self._file(page, "parquet", choices)))

    def csv(self, page: str, /, **choices: Choice) -> str:
        """The same as CSV."""
        return self._file(page, "csv", choices).decode("utf-8-sig")

    def _file(self, page: str, ending: str, choices: Mapping[str, Choice]) -> bytes:
        answer = self._answer(
            lambda: self._http.get(f"{API}/{page.strip('/')}.{ending}", params=_given(choices))
        )
        if answer.is_error:
            raise error_of(answer.status_code, _json(answer))
        return answer.content

    # Files and jobs

    def import_file(self, kind: str, path: str | Path, *, dry_run: bool = False) -> dict[str, Any]:
        """Import a file as records of `kind`; waits until that has ended and returns the job.

        With `dry_run` the job of the preview, which is then discarded.

        Raises:
            ServerError: the file cannot be read, or the job failed.
        """
        path = Path(path)
        with path.open("rb") as file:
            answer = self._http.post(
                f"{API}/data/import", data={"kind": kind}, files={"file": (path.name, file)}
            )
        preview = self.wait(_checked(answer)["id"])
        if dry_run:
            return dict(self.post(f"jobs/{preview['id']}/discard"))
        return self.wait(self.post(f"jobs/{preview['id']}/take")["id"])

    def wait(
        self, job: str, *, told: Callable[[dict[str, Any]], None] | None = None, every_seconds: float = 0.2
    ) -> dict[str, Any]:
        """Wait until a job has ended, and return it; `told` hears how far it is.

        Raises:
            ServerError: it failed, or was stopped (`job-stopped`).
        """
        while True:
            found = dict(self.get(f"jobs/{job}"))
            if told:
                told(found)
            if found["state"] == "done":
                return found
            if found["state"] == "failed":
                raise error_of(int(found["error_status"] or 0), found)
            if found["state"] == "stopped":
                raise ServerError(0, "job-stopped", str(found["label"]))
            time.sleep(every_seconds)

    # Anything else

    def get(self, page: str, /, **choices: Choice) -> Any:  # noqa: ANN401 - each page has its own shape
        """What a page shows, as JSON: its address under `/api/v1`, without the slash before it."""
        return _checked(
            self._answer(lambda: self._http.get(f"{API}/{page.strip('/')}", params=_given(choices)))
        )

    def post(self, action: str, /, **fields: object) -> Any:  # noqa: ANN401 - likewise
        """Ask for an action, by its address; not repeated when there is no answer."""
        return _checked(self._http.post(f"{API}/{action.strip('/')}", json=fields))

    def _answer(self, ask: Callable[[], httpx2.Response]) -> httpx2.Response:
        return self._retrying.until_answered(ask)


def _checked(answer: httpx2.Response) -> Any:  # noqa: ANN401 - JSON
    found = _json(answer)
    if answer.is_error:
        raise error_of(answer.status_code, found)
    return found


def _json(answer: httpx2.Response) -> Any:  # noqa: ANN401 - JSON
    try:
        return answer.json()
    except ValueError:
        return None


def _batches(records: Iterable[Mapping[str, object]], most: int) -> Iterator[list[Mapping[str, object]]]:
    rest = iter(records)
    while batch := list(islice(rest, most)):
        yield batch


def _given(choices: Mapping[str, Choice]) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else str(value)
        for name, value in choices.items()
        if value is not None
    }


def _refused(line: Mapping[str, Any], first: int) -> Refused:
    return Refused(
        index=first + int(line["index"]),
        code=str(line["code"]),
        message=str(line["message"]),
        hint=str(line.get("hint") or ""),
        key=line.get("key"),
        column=line.get("column"),
        detail=line.get("detail"),
    )


def _plain(value: object) -> str | float:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a record's field cannot be a {type(value).__name__}")

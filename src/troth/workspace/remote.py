"""A workspace that a server has open: the same questions, answered by the server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from troth.blueprint import load
from troth.blueprint.lint import Finding
from troth.blueprint.schema import RecordKind
from troth.client import Client, ServerError
from troth.errors import TrothError, UsageError
from troth.intake import ImportSummary, Preview, QuarantinedRow
from troth.texts import _, language
from troth.workspace.base import BLUEPRINT_NAME
from troth.workspace.facade import Summary, When, Workspace
from troth.workspace.presence import Announcement

if TYPE_CHECKING:
    from troth.audit.result.shape import AuditResult
    from troth.insight.critical import CriticalMoments
    from troth.insight.outcomes import OutcomeRanking
    from troth.intake.progress import Progress
    from troth.ledger import Explanation, Moment, TrustRow
    from troth.ledger.sql import Dialect, Statement
    from troth.store import Store
    from troth.workspace.doctor import Check
    from troth.workspace.status import Status

LOCAL = "local"
_REACHED_SECONDS = 3.0
_ANSWERED_SECONDS = 600.0


class Remote(Workspace):
    """What commands ask of a workspace while `troth serve` runs; what only its owner can do is an error."""

    @classmethod
    def reach(cls, folder: Path, found: Announcement) -> Self | None:
        """The workspace behind the server that announced itself; None when nobody answers there any more."""
        if not answers(found):
            return None
        remote = cls(folder, load(folder / BLUEPRINT_NAME))
        remote.address = found.address
        remote.client = Client(found.address, found.key, timeout_seconds=_ANSWERED_SECONDS)
        remote.client.speak(language())
        return remote

    address: str
    client: Client

    def close(self) -> None:
        """Close the connection."""
        self.client.close()

    def check(self) -> list[Finding]:
        """Doubts about the blueprint in force, also those that the records raise."""
        found: list[Finding] = self._ask("check")
        return found

    def status(self) -> Status:
        """What is in the ledger."""
        found: Status = self._ask("status")
        return found

    def moment(self, at: When = None) -> Moment:
        """The read-out time that `at` means."""
        found: Moment = self._ask("moment", at=_when(at))
        return found

    def trust(
        self,
        by: Sequence[str] = ("touchpoint", "mechanism"),
        *,
        at: When = None,
        only: Mapping[str, str | list[str]] | None = None,
        intervals: bool = True,
    ) -> list[TrustRow]:
        """Evidence, balance and score of every group."""
        found: list[TrustRow] = self._ask(
            "trust", by=list(by), at=_when(at), only=dict(only or {}), intervals=intervals
        )
        return found

    def explain(self, customer: str, *, at: When = None, pseudonym_key: bytes | None = None) -> Explanation:
        """Every experience of one customer and its exact part of the balance."""
        key = pseudonym_key.decode("latin-1") if pseudonym_key else None
        found: Explanation = self._ask("explain", customer=customer, at=_when(at), key=key)
        return found

    def summary(self, *, at: When = None) -> Summary:
        """The company index, the critical moments, and what they rest on."""
        day, company, critical, data = self._ask("summary", at=_when(at))
        return Summary(day, company, critical, data)

    def moments(self, *, at: When = None) -> CriticalMoments:
        """The critical moments, costliest first."""
        found: CriticalMoments = self._ask("moments", at=_when(at))
        return found

    def outcomes(self, outcome: str | None = None, *, at: When = None) -> list[OutcomeRanking]:
        """How well the trust known before an outcome ranks it."""
        found: list[OutcomeRanking] = self._ask("outcomes", outcome=outcome, at=_when(at))
        return found

    def quarantined(self, kind: str | None = None) -> Iterator[QuarantinedRow]:
        """The rows that could not be used."""
        return iter(self._ask("quarantined", kind=kind))

    def twin(self, *, at: When = None, audit: AuditResult | None = None) -> dict[str, Any]:
        """Everything that is in the report."""
        if audit is not None:
            self._refuse()
        found: dict[str, Any] = self._ask("twin", at=_when(at))
        return found

    def statements(self, dialect: Dialect = "duckdb", *, at: When = None) -> list[Statement]:
        """The SQL from records to evidence, with the numbers of the ledger."""
        found: list[Statement] = self._ask("statements", dialect=dialect, at=_when(at))
        return found

    def import_(
        self,
        kind: str,
        source: str | os.PathLike[str],
        *,
        pseudonym_key: bytes | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
        name: str | None = None,
    ) -> ImportSummary:
        """Let the server import a file of this machine, or of a database's table."""
        place = os.fspath(source)
        [summary] = self._job(
            "import",
            progress,
            kind=kind,
            source=place if "://" in place else str(Path(place).absolute()),
            name=name or place,
            key=pseudonym_key.decode("latin-1") if pseudonym_key else None,
            dry_run=dry_run,
        )
        return summary

    def replay(self, kind: str | None = None, *, dry_run: bool = False) -> list[ImportSummary]:
        """Let the server read quarantined rows anew."""
        return self._job("replay", None, kind=kind, dry_run=dry_run)

    def adopt(self, name: str, kind: RecordKind) -> None:
        """Not while the server runs: the blueprint is changed on its pages."""
        del name, kind
        self._refuse()

    def _ask(self, name: str, **arguments: object) -> Any:  # noqa: ANN401 - each question's own answer
        from troth.workspace.questions import question

        try:
            return question(name).shape.validate_python(self.client.post(f"{LOCAL}/{name}", **arguments))
        except ServerError as error:
            raise _own(error) from error

    def _job(self, question: str, progress: Progress | None, **arguments: object) -> list[ImportSummary]:
        def told(job: dict[str, Any]) -> None:
            if progress and job["stage"] != "waiting":
                progress(job["stage"], job["share"])

        try:
            job = self.client.post(f"{LOCAL}/{question}", **arguments)
            found = self.client.wait(job["id"], told=told)
        except ServerError as error:
            raise _own(error) from error
        return [_summary(one) for one in found["imports"]]

    def _opened(self, *, create: bool = False) -> Store:
        del create
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TrothError(
            "server-running",
            _("The server at %(address)s has this workspace open.") % {"address": self.address},
            _("Do it on the server's pages, or end the server first."),
            where=str(self.folder),
        )


def examined(found: Announcement, *, whole: bool) -> list[Check] | None:
    """What a running server says of itself and its workspace; None when nobody answers there any more."""
    from troth.workspace.questions import CHECKS, EXAMINATION

    if not answers(found):
        return None
    with Client(found.address, found.key, timeout_seconds=_ANSWERED_SECONDS) as client:
        client.speak(language())
        try:
            return CHECKS.validate_python(client.post(f"{LOCAL}/{EXAMINATION}", whole=whole))
        except ServerError as error:
            raise _own(error) from error


def backed_up(found: Announcement, target: Path) -> bool:
    """Let a running server write a backup to `target`; false when nobody answers there any more."""
    if not answers(found):
        return False
    with Client(found.address, found.key, timeout_seconds=_ANSWERED_SECONDS) as client:
        client.speak(language())
        try:
            job = client.post(f"{LOCAL}/backup", file=str(target.absolute()))
            client.wait(job["id"])
        except ServerError as error:
            raise _own(error) from error
    return True


def answers(found: Announcement) -> bool:
    """Whether the server that announced itself is there."""
    with Client(found.address, found.key, timeout_seconds=_REACHED_SECONDS, retries=0) as client:
        try:
            client.get(LOCAL)
        except ServerError:
            return False
    return True


def _own(error: ServerError) -> TrothError:
    """The error as this process would have raised it: what the user can mend is a usage error."""
    kind = UsageError if 400 <= error.status < 500 else TrothError
    return kind(error.code, error.message, error.hint, allowed=error.allowed, where=error.where)


def _when(at: When) -> object:
    from troth.ledger import Moment

    if isinstance(at, Moment):
        return asdict(at)
    return at if isinstance(at, str | None) else at.isoformat()


def _summary(one: dict[str, Any]) -> ImportSummary:
    """What the server's job says of an import, as this process would have it."""
    preview = one["preview"]
    return ImportSummary(
        **{name: one[name] for name in ("import_no", "kind", "source", "format", "read", "added", "changed")},
        **{name: one[name] for name in ("same", "stale", "quarantined", "erased")},
        reasons={(row["reason"], row["column"] or ""): row["rows"] for row in one["reasons"]},
        notes=tuple(one["notes"]),
        preview=None
        if preview is None
        else Preview(
            tuple(preview["columns"]),
            tuple(tuple(row) for row in preview["rows"]),
            tuple(
                QuarantinedRow(
                    0, one["kind"], row["row_no"], row["reason"], row["column"], row["detail"], row["row"]
                )
                for row in preview["quarantined"]
            ),
        ),
    )

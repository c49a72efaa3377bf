"""The workspace. Rooms that are costly to load are loaded by the methods that need them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from troth.blueprint.lint import Finding, lint
from troth.errors import UsageError
from troth.texts import _, language
from troth.workspace.base import Base

if TYPE_CHECKING:
    from troth.audit.result.shape import AuditResult
    from troth.insight.company import Company
    from troth.insight.critical import CriticalMoments
    from troth.insight.outcomes import OutcomeRanking
    from troth.insight.quality import DataQuality
    from troth.intake import ImportSummary, QuarantinedRow, Sniffed
    from troth.intake.progress import Progress
    from troth.ledger import Explanation, Moment, TrustRow
    from troth.ledger.sql import Dialect, Statement
    from troth.workspace.status import Status

REPORT_NAME = "report.html"
REACH_DAYS = 730
"""How far back the decay table of `statements` reaches where there is no ledger to say it."""

When: TypeAlias = "str | dt.date | Moment | None"
"""A read-out time: a date (its end, in UTC), a time, `"now"`, or None for the newest moment in the data."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Where trust stood at the end of `at`, and on what that rests."""

    at: dt.date
    company: Company
    critical: CriticalMoments
    data: DataQuality


class Workspace(Base):
    r"""A folder with `blueprint.yaml` and `ledger.duckdb`, and all that one may ask of it; a context manager.

    The ledger is opened when it is first needed and belongs to this process until `close`. What is derived
    from the records is brought up to date before every read-out, so a changed blueprint shows at once.

    >>> from tempfile import TemporaryDirectory
    >>> from troth import Workspace
    >>> folder = TemporaryDirectory()
    >>> blueprint = Workspace.create(folder.name, "shop")
    >>> export = blueprint.with_name("experiences.csv")
    >>> _ = export.write_text(
    ...     "id,customer,touchpoint,mechanism,weight,at\n"
    ...     "1,c1,delivery,reliability,1000,2026-01-10\n"
    ...     "2,c1,delivery,reliability,-1000,2026-01-10\n"
    ... )
    >>> with Workspace.open(folder.name) as shop:
    ...     summary = shop.import_("experiences", export)
    ...     [row] = shop.trust(by=["touchpoint"])
    >>> summary.added, row.group, row.good, row.bad, row.balance
    (2, {'touchpoint': 'delivery'}, 1.0, 1.0, -4.0)
    >>> folder.cleanup()
    """

    def check(self) -> list[Finding]:
        """Doubts about the blueprint; where there is a ledger, also those that its records raise."""
        if not self._has_ledger():
            return lint(self.blueprint)
        from troth.workspace.observing import observed

        self.refreshed()
        return lint(self.blueprint, observed(self._opened(), self.blueprint, self.settings))

    def status(self) -> Status:
        """What is in the ledger, as it is now."""
        from troth.workspace.status import status

        return status(self._opened(), self.blueprint, self.settings)

    # What comes in

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
        """Bring the rows of a file or of a database's table into the ledger, all of them or none.

        The same rows again change nothing; a changed row replaces its older version; a row that cannot be
        used goes to quarantine with the reason. With `dry_run` everything is counted and nothing is kept.
        `name` is what the source is called in the list of imports, by default where it is.
        """
        from troth.intake import import_source
        from troth.ledger import follower

        with self._writable(dry_run=dry_run) as store:
            return import_source(
                store,
                self.blueprint,
                kind,
                os.fspath(source),
                pseudonym_key=pseudonym_key,
                dry_run=dry_run,
                now_ms=self._now_ms(),
                progress=progress,
                name=name,
                around=follower(store, self.blueprint, self.settings),
                erased=self.erased(),
            )

    def sniff(self, kind: str, source: str | os.PathLike[str]) -> Sniffed:
        """What a source looks like, with a proposal for the record kind `kind`."""
        from troth.intake import sniff

        return sniff(os.fspath(source), kind)

    def quarantined(self, kind: str | None = None) -> Iterator[QuarantinedRow]:
        """The rows that could not be used, of one kind or all, in the order of arrival.

        Raises:
            UsageError: `kind-unknown`: neither the blueprint nor the quarantine knows `kind`.
        """
        from troth.intake import quarantine_rows
        from troth.intake.importing import declared_kind

        rows = quarantine_rows(self._opened(), kind)
        first = next(rows, None)
        if first is None:
            if kind is not None:
                declared_kind(self.blueprint, kind)
            return iter(())
        return chain([first], rows)

    def replay(self, kind: str | None = None, *, dry_run: bool = False) -> list[ImportSummary]:
        """Read quarantined rows anew, after the blueprint was mended; a summary per kind."""
        from troth.intake import replay_quarantine

        store = self._opened()
        self._last = None
        return replay_quarantine(
            store, self.blueprint, kind, dry_run=dry_run, now_ms=self._now_ms(), erased=self.erased()
        )

    def forget(self, kind: str) -> None:
        """Remove all records of a kind, its quarantine and its list of imports."""
        from troth.intake import forget_records

        store = self._opened()
        self._last = None
        forget_records(store, kind)

    # What is read out

    def moment(self, at: When = None) -> Moment:
        """The read-out time that `at` means.

        Raises:
            UsageError: `moment-invalid`, `moment-out-of-range`, `moment-too-early` (before any experience).
        """
        from troth.ledger import Moment, moment
        from troth.ledger.names import day_text
        from troth.ledger.sums import first_day

        if isinstance(at, Moment):
            return at
        store = self._ready()
        read_at, first = moment(store, _text(at), self._now_ms()), first_day(store.connection)
        if first is not None and read_at.day < first:
            raise UsageError(
                "moment-too-early",
                _("There is no experience up to %(day)s.") % {"day": day_text(read_at.day)},
                _("The first is of %(first)s.") % {"first": day_text(first)},
            )
        return read_at

    def trust(
        self,
        by: Sequence[str] = ("touchpoint", "mechanism"),
        *,
        at: When = None,
        only: Mapping[str, str | list[str]] | None = None,
        intervals: bool = True,
    ) -> list[TrustRow]:
        """Evidence, balance and score of every group that has an experience.

        `by` is any of customer, touchpoint, mechanism, precondition, segment, day; nothing is the whole.
        `only` says which values count: `{"touchpoint": "delivery", "segment": "country=NL"}`.
        """
        from troth.ledger import read_out

        store, moment = self._ready(), self.moment(at)
        return read_out(store, self.settings, by=by, at=moment, only=only, intervals=intervals)

    def explain(self, customer: str, *, at: When = None, pseudonym_key: bytes | None = None) -> Explanation:
        """Every experience of one customer and its exact part of the balance.

        `customer` is the id as the ledger has it; with `pseudonym_key` it may be the original one.
        """
        from troth.intake import pseudonym
        from troth.ledger import explain

        store, moment = self._ready(), self.moment(at)
        known = "SELECT 1 FROM customer WHERE customer = ?"
        if pseudonym_key and not store.connection.execute(known, [customer]).fetchone():
            customer = pseudonym(pseudonym_key, customer)
        return explain(store, self.settings, customer, moment, self.blueprint)

    def summary(self, *, at: When = None) -> Summary:
        """The company index, the critical moments, and what they rest on."""
        from troth.insight.basis import basis
        from troth.insight.company import company_index
        from troth.insight.critical import critical_moments
        from troth.insight.days import date_of
        from troth.insight.quality import data_quality
        from troth.insight.touchpoints import cells

        refreshed = self.refreshed()
        moment = self.moment(at)
        stands_on = basis(self._ready(), self.blueprint, self.settings, moment)
        return Summary(
            at=date_of(moment.day),
            company=company_index(stands_on),
            critical=critical_moments(stands_on, cells(stands_on)),
            data=data_quality(stands_on, refreshed.left_out),
        )

    def moments(self, *, at: When = None) -> CriticalMoments:
        """The critical moments, costliest first, and the cells that are not known well enough."""
        from troth.insight.basis import basis
        from troth.insight.critical import critical_moments
        from troth.insight.touchpoints import cells

        stands_on = basis(self._ready(), self.blueprint, self.settings, self.moment(at))
        return critical_moments(stands_on, cells(stands_on))

    def outcomes(self, outcome: str | None = None, *, at: When = None) -> list[OutcomeRanking]:
        """How well the trust known before an outcome ranks it; all outcomes of the blueprint, or one."""
        from troth.insight.outcomes import outcome_ranking

        store, moment = self._ready(), self.moment(at)
        ids = [outcome] if outcome else [declared.id for declared in self.blueprint.outcomes]
        return [outcome_ranking(store, self.blueprint, self.settings, id_, moment) for id_ in ids]

    def twin(self, *, at: When = None, audit: AuditResult | None = None) -> dict[str, Any]:
        """Everything that is in the report, as plain JSON types; with `audit` the website beside it."""
        from troth.report.twin import twin

        return twin(self._ready(), self.blueprint, self.settings, self.moment(at), audit)

    def report(self, path: str | os.PathLike[str] | None = None, *, at: When = None) -> Path:
        """Write the report as one HTML file, in the language in force; return its path."""
        return self.write_report(self.twin(at=at), path)

    def write_report(self, twin: dict[str, Any], path: str | os.PathLike[str] | None = None) -> Path:
        """The same for a twin that is there already."""
        from troth.report.page.render import html

        target = self.folder / REPORT_NAME if path is None else Path(path)
        target.write_text(html(twin, language()), "utf-8")
        return target

    def statements(self, dialect: Dialect = "duckdb", *, at: When = None) -> list[Statement]:
        """The SQL from records to evidence, with the numbers of the ledger, or of a new one where none is."""
        from troth.ledger import Moment, moment
        from troth.ledger.statements import statements
        from troth.ledger.sums import first_day
        from troth.workspace.observing import numbers

        with self._writable(dry_run=True) as store:
            self._brought_up(store)
            read_at = at if isinstance(at, Moment) else moment(store, _text(at), self._now_ms())
            first = first_day(store.connection)
            return statements(
                self.blueprint,
                self.settings,
                numbers(store),
                read_at,
                read_at.day - REACH_DAYS if first is None else first,
                dialect,
            )


def _text(at: str | dt.date | None) -> str | None:
    return at if isinstance(at, str | None) else at.isoformat()

"""Asking for the paper: a job that names everything its file depends on, and so can be repeated.

What a leader changes afterwards changes no job: another request is another file.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from sqlalchemy.orm import Session

from assessment import __version__
from assessment.core.editorial import Editorial
from assessment.core.findings import Target
from assessment.core.reference import Profile
from assessment.exchange.codec import codec_for
from assessment.exchange.frozen import FrozenRelease
from assessment.reporting.report_input import Mode, Paper, ReportInput
from assessment.services import jobs, results
from assessment.services.editorial import editorial, editorial_version
from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.services.permissions import Member, need
from assessment.services.quotes import key_of, quotable
from assessment.services.targets import targets
from assessment.store.tables import Cycle, Job, ReleaseRow

Extent = Literal["whole", "board"]


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """How somebody wants the report: `board` is the board paper alone, without its appendix."""

    paper: Paper = "a4"
    extent: Extent = "whole"


@dataclass(frozen=True, slots=True)
class PartOfRelease:
    """One part of one release; the hash says that it is the very same."""

    release: str
    part: str
    sha256: str

    @property
    def unit_id(self) -> uuid.UUID | None:
        return uuid.UUID(self.part) if self.part else None


@dataclass(frozen=True, slots=True)
class Request:
    """All that a file depends on: the same request makes the same bytes.

    `targets` stand in the order of their places, `quotes` are the keys of comments. `editorial` is
    the version of the report's own words; 0 is none. `reference` is the profile itself, since its
    file may change.
    """

    part: PartOfRelease
    date: datetime.date
    targets: tuple[Target, ...]
    language: str
    software: str
    previous: PartOfRelease | None = None
    editorial: int = 0
    quotes: tuple[str, ...] = ()
    choice: ReportChoice = ReportChoice()
    reference: Profile | None = None


@dataclass(frozen=True)
class Given:
    """What a request stands for, read again from what is kept."""

    frozen: FrozenRelease
    previous: FrozenRelease | None
    about: ReportInput


def ask_for_report(
    session: Session,
    member: Member,
    row: Cycle,
    unit_id: uuid.UUID | None,
    choice: ReportChoice,
    now: datetime.datetime,
    reference: Profile | None = None,
) -> Job:
    """The job that prints the report of the whole, or of one unit with those below it."""
    need(member, "make_reports", unit_id)
    frozen = results.part(session, member, row, unit_id)
    request = replace(_basis(session, row, frozen), choice=choice, reference=reference)
    before = results.cycle_before(session, row)
    if before is not None:
        _row, made = before
        known = results.part_named(session, made, frozen.about.part_name)
        if known is not None:
            part = str(known.unit_id or "")
            request = replace(request, previous=PartOfRelease(str(made.id), part, known.sha256))
    if unit_id is None:  # the report's own words are about the whole, and so are its quotes
        words = editorial(session, row)
        day = datetime.date.fromisoformat(words.on) if words.state == "signed off" else request.date
        quoted = quotable(session, row, frozen.release.comments)
        request = replace(
            request,
            date=day,
            editorial=words.version,
            quotes=tuple(key_of(comment) for comment in quoted),
        )
    return jobs.ask(session, member, "report", row, unit_id, _written(request), now)


def ask_for_workbook(
    session: Session,
    member: Member,
    row: Cycle,
    unit_id: uuid.UUID | None,
    now: datetime.datetime,
) -> Job:
    """The job that writes the workbook of the whole, or of one unit with those below it."""
    need(member, "make_reports", unit_id)
    frozen = results.part(session, member, row, unit_id)
    request = _basis(session, row, frozen)
    return jobs.ask(session, member, "workbook", row, unit_id, _written(request), now)


def request_of(arguments: Any) -> Request:  # noqa: ANN401  as a job keeps them
    """What the arguments of a job ask for."""
    request: Request = codec_for(Request).read(arguments)
    return request


def given(session: Session, row: Cycle, request: Request) -> Given:
    """Read again what *request* names. Refused where another version of the program would make it.

    Its bytes would not be those that were asked for.
    """
    if request.software != __version__:
        said = _("Touchstone was brought up to date meanwhile. Please ask for it anew.")
        raise Refused({"job": Sentence(said)})
    frozen = _part(session, row.organisation_id, request.part)
    before = request.previous
    previous = _part(session, row.organisation_id, before) if before else None
    about, words = frozen.about, _editorial(session, row, request, frozen)
    signed = words.state == "signed off"
    return Given(
        frozen,
        previous,
        ReportInput(
            date=request.date,
            paper=request.choice.paper,
            organisation=about.organisation,
            cycle=about.cycle,
            status="signed off" if signed else "draft",
            mode=cast("Mode", about.mode),
            targets={target.id: target for target in request.targets},
            editorial=words,
            board_only=request.choice.extent == "board",
            unit=about.part_name,
            interim=about.kind == "interim",
            reference=request.reference,
        ),
    )


def _basis(session: Session, row: Cycle, frozen: FrozenRelease) -> Request:
    """The request without what only the report has."""
    made = results.final_or_latest(session, row)
    known = results.part_named(session, made, frozen.about.part_name) if made else None
    if made is None or known is None:
        raise NotThere
    aims = targets(session, row, frozen.release.framework)
    return Request(
        PartOfRelease(str(made.id), frozen.about.part, known.sha256),
        made.made_at.date(),
        tuple(aims[place] for place in sorted(aims)),
        frozen.about.language,
        __version__,
    )


def _written(request: Request) -> dict[str, Any]:
    arguments: dict[str, Any] = codec_for(Request).write(request)
    return arguments


def _part(session: Session, organisation_id: uuid.UUID, which: PartOfRelease) -> FrozenRelease:
    made = session.get(ReleaseRow, (organisation_id, uuid.UUID(which.release)))
    row = session.get(Cycle, (organisation_id, made.cycle_id)) if made else None
    if made is None or row is None:
        raise NotThere
    return results.part_of(session, made, which.unit_id)


def _editorial(session: Session, row: Cycle, request: Request, frozen: FrozenRelease) -> Editorial:
    """The words asked for; empty ones where nobody wrote any: then nothing unread is quoted."""
    keys = set(request.quotes)
    # Two people who typed the very same words at one place are one quote.
    quoted = {
        key: comment for comment in frozen.release.comments if (key := key_of(comment)) in keys
    }
    words = editorial_version(session, row, request.editorial)
    return replace(words, quotes=tuple(quoted.values()))

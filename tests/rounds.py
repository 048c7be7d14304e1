"""Cycles for tests: small criteria of every kind of answer, and a cycle that is open on them."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.exchange.rows import Row
from assessment.services.answers import Change, Saved, save_answers
from assessment.services.closing import ask_to_close
from assessment.services.criteria_files import upload
from assessment.services.cycle_plans import CyclePlan
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.fillings import Filling, Kind, reading
from assessment.services.invitations import add_respondents
from assessment.services.organisations import make_organisation
from assessment.services.permissions import Grant, Member
from assessment.services.releases import make_release
from assessment.store.tables import Cycle, Respondent

NOW = datetime.datetime(2026, 5, 4, 10, 0, tzinfo=datetime.UTC)
LAST_DAY = datetime.date(2026, 5, 31)
REASON = "It does not exist here"

CRITERIA = """\
kind: framework
id: small-2026
title: Small criteria
edition: '2026'
language: en
owner: Nobody
notice: Own words.
about: For tests.
scales:
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
    favourable: [4, 5]
  process:
    answer: percent
    step: 5
    attributes: [{id: approach, title: Approach}, {id: deployment, title: Deployment}]
    ranges:
      - {from: 0, to: 45, label: Early, approach: First steps, deployment: Here and there}
      - {from: 50, to: 100, label: Mature, approach: Systematic, deployment: Everywhere}
  maturity:
    answer: met
    levels: [{level: 1, label: Begun, text: Begun}, {level: 2, label: Run, text: Run}]
  clause: {answer: conformity}
forms:
  staff: {audience: Everyone, intro: Hello}
  leaders: {audience: Leaders, intro: Hello}
  assessors: {audience: Assessors, intro: Hello}
context:
  - {id: P.1, title: Offer, text: What do you offer?}
categories:
  - id: 1
    title: Leadership
    items:
      - id: 1.1
        title: Senior leadership
        judge: process
        about: Asks how leaders lead.
        questions:
          - {id: 1.1-s1, form: [staff, leaders], scale: agreement, text: Leaders act on our values.}
          - {id: 1.1-s2, form: staff, scale: agreement, text: Leaders listen to us.}
          - {id: 1.1a, form: assessors, text: How do leaders set the values?}
      - id: 1.2
        title: Rules
        judge: clause
        about: Asks how rules are kept.
        questions:
          - {id: 1.2-s1, form: [staff, leaders], scale: agreement, text: Rules are kept here.}
  - id: 2
    title: Customers
    items:
      - id: 2.1
        title: Listening
        judge: maturity
        about: Asks how customers are heard.
        questions:
          - {id: 2.1-s1, form: [staff, leaders], scale: agreement, text: We hear our customers.}
        levels:
          - level: 1
            criteria: [{id: 2.1-1a, text: Somebody asks.}, {id: 2.1-1b, text: Somebody hears.}]
          - level: 2
            criteria: [{id: 2.1-2a, text: It is acted on.}, {id: 2.1-2b, text: It is measured.}]
not applicable: [It does not exist here, A parent decides it]
"""
KEY = "uploaded/small.yaml"
OTHER = (
    CRITERIA.replace("small-2026", "other-2026")
    .replace("  leaders: {audience: Leaders, intro: Hello}\n", "")
    .replace("[staff, leaders]", "staff")
    .replace("id: 1.2\n", "id: 1.3\n")
    .replace("1.2-s1", "1.3-s1")
)
"""Without leaders, and with another item in place of 1.2."""


@dataclass(frozen=True)
class Round:
    """An organisation with a cycle that is open."""

    organisation_id: uuid.UUID
    cycle: Cycle


def plan_of(**changes: object) -> CyclePlan:
    given: dict[str, object] = {
        "title": "Spring 2026",
        "criteria": KEY,
        "forms": ("staff", "leaders", "assessors"),
        "closes_on": LAST_DAY,
        "time_zone": "Europe/Berlin",
        "purpose": "To learn",
        "sponsor": "Ada",
    }
    return CyclePlan(**{**given, **changes})  # type: ignore[arg-type]


def listed(*people: str) -> list[Row]:
    """A list of people, each as `code,form,unit`."""
    columns = ("code", "form", "unit")
    rows = []
    for number, person in enumerate(people, start=2):
        cells = dict(zip(columns, (person + ",,").split(","), strict=False))
        rows.append(
            Row("people.csv", number, cells, {name: n for n, name in enumerate(columns, 1)})
        )
    return rows


PEOPLE = ("s1,staff,Plant", "s2,staff,Office", "l1,leader", "j1,assessors")


def draft(session: Session, file: str = CRITERIA, **changes: object) -> Cycle:
    """A draft in an organisation of its own."""
    works = make_organisation(session, "North Works", NOW, "Europe/Berlin")
    upload(session, works.id, "small.yaml", file.encode(), by="Ada", now=NOW)
    return create_cycle(session, works.id, plan_of(**changes), NOW)


def open_round(
    session: Session, people: Sequence[str] = PEOPLE, file: str = CRITERIA, **changes: object
) -> Round:
    """A cycle that is open, with two staff, a leader and an assessor."""
    row = draft(session, file, **changes)
    add_respondents(session, row, listed(*people), NOW)
    return Round(row.organisation_id, open_cycle(session, row, NOW))


def runner(organisation_id: uuid.UUID) -> Member:
    """Somebody who may run the cycles of an organisation."""
    return Member(
        organisation_id, uuid.UUID(int=1), "Ada", "ada@example.org", (Grant("consultant"),)
    )


def close_cycle(session: Session, row: Cycle, now: datetime.datetime = NOW) -> Cycle:
    """Close a cycle to the end, as a worker does it."""
    ask_to_close(session, runner(row.organisation_id), row, now)
    make_release(session, row, "final", now)
    return row


def filling_of(session: Session, opened: Round, code: str) -> Filling:
    """The sheet of the respondent who goes by *code*, as it is now."""
    found = session.scalar(
        select(Respondent.id).where(
            Respondent.organisation_id == opened.organisation_id,
            Respondent.cycle_id == opened.cycle.id,
            Respondent.code == code,
        )
    )
    assert found is not None
    return reading(session, opened.organisation_id, found)


def given(place: str, value: str, shown: str = "", kind: Kind = "answer") -> Change:
    return Change(place, kind, shown, value)


def said(
    session: Session,
    opened: Round,
    code: str,
    *changes: Change,
    now: datetime.datetime = NOW,
) -> Saved:
    """Save *changes* for the respondent *code*."""
    return save_answers(session, filling_of(session, opened, code), changes, now)

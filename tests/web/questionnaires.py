"""Questionnaires to test with: an open cycle on criteria of our own, and browsers in it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.exchange.rows import Row
from assessment.services.criteria_files import upload
from assessment.services.cycle_plans import CyclePlan
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.fillings import Filling, reading
from assessment.services.invitations import add_respondents, make_links
from assessment.store.tables import Cycle
from assessment.web.questionnaire_entry import wrong_passes
from tests.web.installation import Installation, StrictClient

CRITERIA = """
kind: framework
id: small-2026
title: A small framework
edition: 2026
language: {language}
owner: Us
notice: Our own words.
scales:
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
    favourable: [4, 5]
  ladder:
    answer: level
    levels:
      - {{level: 1, label: Not started, text: Nothing is in place.}}
      - {{level: 2, label: Begun, text: A few try it.}}
      - {{level: 3, label: Usual, text: Most do it.}}
  maturity:
    answer: met
    levels: [{{level: 1, label: Beginning}}, {{level: 2, label: Defined}}]
  process:
    answer: percent
    step: 5
    attributes: [{{id: approach, title: Approach}}, {{id: deployment, title: Deployment}}]
    ranges:
      - {{from: 0, to: 25, label: First steps, text: Begun.,
         approach: A start., deployment: With a few.}}
      - {{from: 30, to: 65, label: Systematic, text: In use.,
         approach: A method., deployment: With most.}}
      - {{from: 70, to: 100, label: Mature, text: Everywhere.,
         approach: Refined., deployment: With all.}}
  grade: {{answer: conformity}}
  note: {{answer: text}}
forms:
  staff: {{audience: Everyone, intro: Say how it looks from your place.}}
  leaders: {{audience: Leaders}}
  assessors: {{audience: Assessors, judges: yes}}
context:
  - {{id: P.1, title: Offerings, text: What do you offer?}}
  - {{id: P.2, title: People, text: Who works here?}}
categories:
  - id: 1
    title: {title}
    items:
      - id: 1.1
        title: Direction
        judge: process
        about: Asks how direction is given.
        improve: {{0: Begin., 30: Widen., 70: Refine.}}
        questions:
          - {{id: 1.1-s1, form: [staff, leaders], scale: agreement, text: "{text}"}}
          - {{id: 1.1-s2, form: [staff, leaders], scale: ladder,
             text: Decisions are explained to us.}}
          - {{id: 1.1-a1, form: assessors, scale: note,
             text: How is direction set?, evidence: [Minutes of a review]}}
      - id: 1.2
        title: Promises
        judge: process
        questions:
          - {{id: 1.2-s1, form: [staff, leaders], scale: agreement, text: Promises are kept here.}}
  - id: 2
    title: Work
    items:
      - id: 2.1
        title: Methods
        judge: maturity
        questions:
          - {{id: 2.1-s1, form: [staff, leaders], scale: agreement, text: Good ideas are used.}}
        levels:
          - {{level: 1, criteria: [{{id: 2.1-1a,
             text: Work is described.}}, {{id: 2.1-1b, text: People know it.}}]}}
          - {{level: 2, criteria: [{{id: 2.1-2a, text: It is measured.}}]}}
      - id: 2.2
        title: Rules
        judge: grade
        questions:
          - {{id: 2.2-s1, form: [staff, leaders], scale: agreement, text: Rules help us.}}
scoring: {{total: none, category: none}}
not applicable: [It does not exist here, Decided elsewhere]
"""


@dataclass
class Round:
    """An open cycle with one person for each form, and their passes."""

    installation: Installation
    cycle_id: Any
    passes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    def enter(self, code: str, shared: str = "no") -> StrictClient:
        """A browser in which *code* has come in by their link."""
        client = self.installation.client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.get("/r/")
        answer = client.send("/r/", code=f"http://localhost/r/#{self.passes[code]}")
        assert answer.status_code == 303, answer.text
        client.get("/r/device")
        assert client.send("/r/device", shared=shared).status_code == 303
        client.get("/r/parts")
        return client

    def filling(self, code: str) -> Filling:
        """What stands in the database for *code*."""
        with self.installation.session() as session:
            found = reading(session, self.installation.organisation.id, self.ids[code])
            session.expunge_all()
            return found

    def cycle(self, session: Session) -> Cycle:
        found = session.scalar(select(Cycle).where(Cycle.id == self.cycle_id))
        assert found is not None
        return found


def make_round(
    installation: Installation,
    criteria: str = "",
    people: dict[str, str] | None = None,
    title: str = "Self-assessment 2026",
    previous: Round | None = None,
    language: str = "en",
) -> Round:
    """A cycle that opened this morning and closes on 12 June."""
    wrong_passes.forget()
    people = people or {"sam": "staff", "lea": "leaders", "ann": "assessors"}
    now = installation.clock.now
    organisation = installation.organisation.id
    with installation.session() as session, session.begin():
        key = criteria
        if not criteria.startswith("shipped/"):
            key = upload_text(session, installation, criteria or small_criteria())
        plan = CyclePlan(
            title=title,
            criteria=key,
            forms=tuple(sorted(set(people.values()))),
            closes_on=datetime.date(2026, 6, 12),
            time_zone="Europe/London",
            purpose="To see where to begin.",
            language=language,
            previous_id=previous.cycle_id if previous else None,
        )
        row = create_cycle(session, organisation, plan, now)
        add_respondents(session, row, rows_for(people), now)
        open_cycle(session, row, now)
        links = make_links(session, row, now)
        made = Round(installation, row.id)
        for link in links:
            made.passes[link.respondent.code] = link.secret
            made.ids[link.respondent.code] = link.respondent.id
    return made


def eight_questions() -> str:
    """The small framework with an item of eight statements in front."""
    listed = "".join(
        f"          - {{id: 1.0-s{number}, form: staff, scale: agreement,"
        f" text: Senior leaders here act on what they have promised us in meeting {number}.}}\n"
        for number in range(1, 9)
    )
    head = "      - id: 1.0\n        title: Eight\n        judge: process\n        questions:\n"
    return small_criteria().replace("    items:\n", f"    items:\n{head}{listed}", 1)


def small_criteria(
    title: str = "Leadership", text: str = "Leaders here act on our values.", language: str = "en"
) -> str:
    return CRITERIA.format(title=title, text=text, language=language)


def upload_text(session: Session, installation: Installation, text: str) -> str:
    """The key of *text* as an uploaded criteria file."""
    upload(
        session,
        installation.organisation.id,
        "small-2026.yaml",
        text.encode(),
        by="Tests",
        now=installation.clock.now,
    )
    return "uploaded/small-2026.yaml"


def rows_for(people: dict[str, str]) -> list[Row]:
    return [
        Row(
            "people.csv",
            number,
            {"code": code, "name": code.title(), "form": form, "unit": "Ward 3"},
            {},
        )
        for number, (code, form) in enumerate(people.items(), start=2)
    ]


def was_of(page: str) -> dict[str, str]:
    """The hidden fields of a page: what each field showed."""
    found = re.findall(r'<input type="hidden" name="(was:[^"]+)" value="([^"]*)"', page)
    return dict(found)


def item_address(item_id: str) -> str:
    return f"/r/item/{quote(item_id)}"

"""The demo's own database: the invented organisation with two cycles behind it and one open.

Everything goes the way real people's answers go: a list of people, an opened cycle, a file of
answers, a closing. Seeding twice is seeding once.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.core.editorial import Decision, EditorialWords, Theme
from assessment.core.framework import Framework
from assessment.exchange.answers import HEADER as ANSWERS
from assessment.exchange.rows import rows_in, write_rows
from assessment.services.answer_files import edition_of_cycle
from assessment.services.answer_imports import import_answers
from assessment.services.cycle_plans import CyclePlan
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.demo import STORY, Example, write_example
from assessment.services.demo_people import (
    LASTS,
    LEADER,
    PERSONAS,
    VISITORS,
    Listed,
    Persona,
    put_on_list,
)
from assessment.services.demo_story import Story, a_year_before, read_story
from assessment.services.editorial import check_facts, save_words
from assessment.services.measure_files import import_measures, take_over
from assessment.services.organisations import make_organisation
from assessment.services.people import invite_person
from assessment.services.permissions import Grant, Member
from assessment.services.quotes import key_of, read_quote
from assessment.services.releases import make_release
from assessment.services.report_requests import ReportChoice, ask_for_report
from assessment.services.results import part
from assessment.services.targets import TypedTarget, set_target, vote
from assessment.store.tables import Cycle, Organisation

Moment = datetime.datetime

ZONE = "Europe/London"
YEAR = datetime.timedelta(days=364)
SOONEST = datetime.timedelta(days=6)
"""This year's cycle lies at least so far back, whatever clock the demo is started by."""
ASKED_AGAIN, ANSWERED_AGAIN = 5, 3
"""Of each unit, how many the open cycle asks, and how many of them have answered."""


def is_seeded(session: Session) -> bool:
    """Whether the story is told here already."""
    return session.scalar(select(Organisation.id).limit(1)) is not None


def seed(session: Session, folder: Path, now: Moment) -> None:
    """Fill an empty database with the story; *folder* takes the files it is told by."""
    if is_seeded(session):
        return
    story, example = read_story(STORY), write_example(folder)
    owner = make_organisation(session, story.organisation, now, ZONE)
    leader, consultant, _administrator = (_member(session, owner, each, now) for each in PERSONAS)
    told = datetime.datetime.combine(story.date, datetime.time(9), datetime.UTC)
    told = min(told, now - SOONEST)
    first = _opened(
        session, owner, _plan(story, told - YEAR), _silent(a_year_before(story)), told - YEAR
    )
    _answered(session, first, example.previous, told - YEAR)
    second = _opened(session, owner, _plan(story, told, first), _silent(story), told)
    framework = edition_of_cycle(session, second).framework
    figures, name = example.measures.read_bytes(), example.measures.name
    import_measures(session, leader, second, framework, figures, name, told)
    _answered(session, second, example.answers, told)
    _aim(session, story, framework, leader, second, told)
    _write(session, story, framework, consultant, second, told)
    _release_quotes(session, story, (leader, consultant), second, told)
    ask_for_report(session, leader, second, None, ReportChoice(), now)
    third = _follow_up(session, owner, story, example, second, now)
    take_over(session, leader, third, framework, second, now)


def _member(session: Session, owner: Organisation, who: Persona, now: Moment) -> Member:
    person = invite_person(session, owner.id, who.email, who.name, who.role, now=now)
    return Member(owner.id, person.id, who.name, who.email, (Grant(who.role),))


def _plan(story: Story, now: Moment, before: Cycle | None = None) -> CyclePlan:
    return CyclePlan(
        title=f"Self-assessment {now.year}",
        criteria=f"shipped/{story.criteria}",
        forms=("staff", "leaders", "assessors"),
        closes_on=now.date() + LASTS,
        time_zone=ZONE,
        purpose=story.purpose,
        sponsor=LEADER.name,
        previous_id=before.id if before else None,
    )


def _opened(
    session: Session, owner: Organisation, plan: CyclePlan, people: Sequence[Listed], now: Moment
) -> Cycle:
    row = create_cycle(session, owner.id, plan, now)
    put_on_list(session, row, people, now)
    return open_cycle(session, row, now)


def _answered(session: Session, row: Cycle, answers: Path, now: Moment) -> None:
    """Take the answers in, those who gave them coming onto the list with them, and close."""
    import_answers(session, row, answers.read_bytes(), answers.name, now)
    row.state, row.closed_at = "closing", now
    session.flush()
    make_release(session, row, "final", now)


def _silent(story: Story) -> list[Listed]:
    """Those who were asked and gave nothing, numbered on from those who did."""
    people = []
    for group in story.groups:
        last = sum(unit.answered for unit in group.units)
        units = [unit.name for unit in group.units for _one in range(unit.invited - unit.answered)]
        people += [
            Listed(f"{group.id[0]}{number:03}", group.id, unit)
            for number, unit in enumerate(units, start=last + 1)
        ]
    return people


def _aim(
    session: Session, story: Story, framework: Framework, leader: Member, row: Cycle, now: Moment
) -> None:
    """The story's targets, with what they say of importance as the leader's vote."""
    for aim in story.targets:
        typed = TypedTarget(str(aim.target), str(aim.effort), aim.reason, aim.date.isoformat())
        set_target(session, leader, row, framework, (aim.id, 0), typed, now)
    votes = {aim.id: str(aim.importance) for aim in story.targets if aim.id in framework.item_by_id}
    vote(session, leader, row, framework, votes, now)


def _write(
    session: Session, story: Story, framework: Framework, by: Member, row: Cycle, now: Moment
) -> None:
    """The report's own words, checked and ready for the leader to sign."""
    told = story.report
    words = EditorialWords(
        themes=(
            *(Theme("strength", text) for text in told.strengths),
            *(Theme("opportunity", text) for text in told.opportunities),
        ),
        decisions=tuple(Decision(**each.model_dump()) for each in told.decisions),
    )
    version = save_words(session, by, row, framework, 0, words, now).version
    check_facts(session, by, row, version, "Figures and names read once more.", now)


def _release_quotes(
    session: Session, story: Story, readers: Sequence[Member], row: Cycle, now: Moment
) -> None:
    """What the report may quote: two people have read it and agree."""
    comments = part(session, readers[0], row).release.comments
    for comment in comments:
        if comment.text in story.report.quotes:
            for reader in readers:
                read_quote(session, reader, row, comments, (key_of(comment), "release"), now)


def _follow_up(
    session: Session,
    owner: Organisation,
    story: Story,
    example: Example,
    before: Cycle,
    now: Moment,
) -> Cycle:
    """The open cycle: a few of each unit are asked again, and some of them have answered."""
    answered, asked = _again(story)
    title = f"Follow-up, {now:%B %Y}"
    plan = replace(_plan(story, now, before), title=title, purpose=story.follow_up)
    row = _opened(session, owner, plan, [*VISITORS, *asked], now)
    rows, _problems = rows_in(example.answers.read_bytes(), example.answers.name, ANSWERS)
    given = [row.cells for row in rows if row.cells["respondent"] in answered]
    lines = [[cells.get(column, "") for column in ANSWERS.known] for cells in given]
    import_answers(session, row, write_rows(ANSWERS.known, lines).encode(), "answers.csv", now)
    return row


def _again(story: Story) -> tuple[set[str], list[Listed]]:
    """Of each unit the first few: the codes of those who have answered, and those who have not."""
    answered, asked = set(), []
    for group in story.groups:
        number = 0
        for unit in group.units:
            codes = [f"{group.id[0]}{number + place:03}" for place in range(1, ASKED_AGAIN + 1)]
            answered |= set(codes[:ANSWERED_AGAIN])
            asked += [Listed(code, group.id, unit.name) for code in codes[ANSWERED_AGAIN:]]
            number += unit.answered
    return answered, asked

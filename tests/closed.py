"""A cycle that is closed, with answers of every kind, for tests of what comes of it."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.services.answer_imports import import_answers
from assessment.services.criteria_files import upload
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.invitations import add_respondents
from assessment.store.tables import Cycle, Unit
from tests.rounds import CRITERIA as PLAIN
from tests.rounds import NOW, REASON, close_cycle, listed, plan_of

CRITERIA = PLAIN
for kind, points in (("process", 60), ("clause", 20), ("maturity", 40)):
    CRITERIA = CRITERIA.replace(f"judge: {kind}\n", f"judge: {kind}\n        points: {points}\n")
"""Where items are worth points, so that every kind of figure is there."""
HOSTILE = '=HYPERLINK("http://x","y")'
ANSWERS = f"""respondent,group,unit,question,answer,comment,strength,ofi,evidence
s1,staff,Plant,1.1-s1,4,"{HOSTILE.replace('"', '""')}",,,
s1,,,1.1-s2,unknown,,,,
s1,,,1.2-s1,5,,,,
s2,staff,Office,1.1-s1,2,,,,
s2,,,1.1-s2,5,"-2",,,
s2,,,2.1-s1,3,"two
lines",,,
s3,staff,Office,1.1-s2,na,{REASON},,,
s3,,,2.1-s1,5,,,,
l1,leaders,,1.1-s1,5,,,,
l1,leaders,,P.1,Water for all,,,,
l2,leaders,Plant,1.2-s1,3,,,,
j1,assessors,,1.1,55,,Clear,Not yet,Minutes
j1,assessors,,1.1/approach,60,,,,
j1,assessors,,1.2,minor,,,,
j1,assessors,,2.1-1a,yes,,,,
j1,assessors,,2.1-1b,yes,,,,
j1,assessors,,2.1-2a,no,,,,
j2,assessors,Plant,1.1,40,,,,
j2,assessors,,1.2,ofi,,,,
agreed,consensus,,1.1,50,Agreed after an hour,,,
agreed,consensus,,1.1/approach,60,,,,
agreed,consensus,,1.1/deployment,45,,,,
"""


def closed_cycle(
    session: Session,
    organisation_id: uuid.UUID,
    answers: str = ANSWERS,
    now: datetime.datetime = NOW,
    **plan: object,
) -> Cycle:
    """A cycle that is closed on *answers*; two people on its list have given none."""
    upload(session, organisation_id, "points.yaml", CRITERIA.encode(), by="Ada", now=now)
    last = now.date() + datetime.timedelta(days=14)
    about = plan_of(criteria="uploaded/points.yaml", closes_on=last, **plan)
    row = create_cycle(session, organisation_id, about, now)
    add_respondents(session, row, listed("s9,staff,Plant", "l9,leader"), now)
    open_cycle(session, row, now)
    import_answers(session, row, answers.encode(), "answers.csv", now)
    return close_cycle(session, row, now)


def unit_named(session: Session, row: Cycle, name: str) -> uuid.UUID:
    """The unit of that name in the cycle's organisation."""
    return session.scalars(
        select(Unit.id).where(Unit.organisation_id == row.organisation_id, Unit.name == name)
    ).one()

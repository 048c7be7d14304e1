"""Closing a cycle: answers stop at once, and one release says for good what came of it."""

from __future__ import annotations

import datetime
import re
import uuid

import pytest
from sqlalchemy import delete, func, select, update

from assessment.core.release import Invited, release
from assessment.exchange.answers import read_answers
from assessment.exchange.frozen import FrozenRelease
from assessment.services.answer_imports import import_answers
from assessment.services.closing import ask_for_interim, ask_to_close, cancel, job_of
from assessment.services.criteria_files import upload
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.errors import (
    Broken,
    CycleClosed,
    NotAllowed,
    NotOpenYet,
    NotThere,
    Refused,
)
from assessment.services.invitations import add_respondents
from assessment.services.items_set_aside import set_item_aside
from assessment.services.permissions import Grant, Member
from assessment.services.releases import make_release
from assessment.services.results import final_or_latest, part, parts, previous
from assessment.services.units import make_unit
from assessment.store.tables import CriteriaUpload, Cycle, Job, ReleasePart, ReleaseRow, SheetRow
from tests.rounds import (
    CRITERIA,
    NOW,
    REASON,
    Round,
    close_cycle,
    draft,
    filling_of,
    given,
    listed,
    open_round,
    plan_of,
    runner,
    said,
)

ANSWERS = f"""respondent,group,unit,question,answer,comment,strength,ofi,evidence
s1,staff,Plant,1.1-s1,4,"It works, mostly",,,
s1,,,1.1-s2,unknown,,,,
s1,,,1.2-s1,5,,,,
s2,staff,Office,1.1-s1,2,,,,
s2,,,2.1-s1,3,"two
lines",,,
s3,staff,Office,1.1-s2,na,{REASON},,,
l1,leaders,,1.1-s1,5,,,,
l1,leaders,,P.1,Water for all,,,,
l2,leaders,Plant,1.2-s1,3,,,,
l2,leaders,,P.1,A second view,,,,
j1,assessors,,1.1,55,,"One
Two",Not yet,"Minutes
A chart"
j1,assessors,,1.1/approach,60,,,,
j1,assessors,,1.1a,By the yearly review,,,,
j1,assessors,,1.2,minor,,,,
j1,assessors,,2.1,na,{REASON},,,
j2,assessors,Plant,1.1,40,,,,
j2,assessors,,1.2,ofi,,,,
j2,assessors,,2.1-1a,yes,,,,
j2,assessors,,2.1-1b,no,,,,
agreed,consensus,,1.1,50,Agreed after an hour,,,
""".encode()


def imported(session) -> Round:
    """A cycle whose answers came by file; two people on its list have given none."""
    opened = open_round(session, ("s9,staff,Yard", "l9,leader"))
    import_answers(session, opened.cycle, ANSWERS, "answers.csv", NOW)
    return opened


def invited(**more: int) -> Invited:
    return Invited(
        {
            ("Plant", "staff"): 1, ("Office", "staff"): 2, (None, "leaders"): 2,
            ("Plant", "leaders"): 1, (None, "assessors"): 1, ("Plant", "assessors"): 1,
            ("Yard", "staff"): 1,
        }
    )  # fmt: skip


def scored(session, opened, tmp_path, data=ANSWERS):
    path = tmp_path / "answers.csv"
    path.write_bytes(data)
    framework = filling_of(session, opened, "s9").framework
    return release(framework, read_answers(framework, path), invited())


def whole(session, opened) -> FrozenRelease:
    return part(session, runner(opened.organisation_id), opened.cycle)


def test_the_release_of_imported_answers_is_what_scoring_the_file_gives(session, tmp_path):
    opened = imported(session)
    expected = scored(session, opened, tmp_path)
    close_cycle(session, opened.cycle)
    found = whole(session, opened)
    assert found.release == expected
    assert found.about.kind == "final"
    assert (found.about.opened_on, found.about.closed_on) == (NOW.date(), NOW.date())


def test_one_answer_that_differs_is_seen(session, tmp_path):
    opened = imported(session)
    expected = scored(session, opened, tmp_path, ANSWERS.replace(b"2.1-s1,3", b"2.1-s1,4"))
    close_cycle(session, opened.cycle)
    assert whole(session, opened).release != expected


def test_asking_to_close_stops_answers_at_once_and_asks_for_one_job(session):
    opened = open_round(session)
    said(session, opened, "s1", given("1.1-s1", "4"))
    ada = runner(opened.organisation_id)
    first = ask_to_close(session, ada, opened.cycle, NOW)
    again = ask_to_close(session, ada, opened.cycle, NOW + datetime.timedelta(days=1))
    assert first.id == again.id
    assert session.scalar(select(func.count()).select_from(Job)) == 1
    assert (opened.cycle.state, opened.cycle.closed_at) == ("closing", NOW)
    with pytest.raises(CycleClosed) as told:
        said(session, opened, "s1", given("1.1-s1", "5", "4"))
    assert told.value.kept == 1
    make_release(session, opened.cycle, "final", NOW)
    assert ask_to_close(session, ada, opened.cycle, NOW).id == first.id
    with pytest.raises(Refused, match="never open"):
        ask_to_close(session, ada, draft(session), NOW)


def test_a_leader_does_not_close(session):
    opened = open_round(session)
    leader = Member(opened.organisation_id, uuid.uuid4(), "L", "l@x", (Grant("leader"),))
    with pytest.raises(NotAllowed):
        ask_to_close(session, leader, opened.cycle, NOW)
    assert opened.cycle.state == "open"


def test_made_twice_is_made_once(session):
    opened = open_round(session)
    close_cycle(session, opened.cycle)
    made = final_or_latest(session, opened.cycle)
    assert make_release(session, opened.cycle, "final", NOW).id == made.id
    assert session.scalar(select(func.count()).select_from(ReleaseRow)) == 1


def test_a_cycle_that_nobody_answered_closes_too(session):
    opened = open_round(session)
    close_cycle(session, opened.cycle)
    found = whole(session, opened).release
    assert found.answered == 0
    assert {(row.unit, row.group): row.invited for row in found.participation}[None, "staff"] == 2


def test_cancelling_opens_the_cycle_again(session):
    opened = open_round(session)
    ada = runner(opened.organisation_id)
    job = ask_to_close(session, ada, opened.cycle, NOW)
    assert cancel(session, ada, job, NOW)
    assert (opened.cycle.state, opened.cycle.closed_at) == ("open", None)
    with pytest.raises(Refused):
        make_release(session, opened.cycle, "final", NOW)
    said(session, opened, "s1", given("1.1-s1", "4"))
    assert ask_to_close(session, ada, opened.cycle, NOW).id == job.id
    assert job_of(session, opened.cycle).state == "waiting"
    close_cycle(session, opened.cycle)
    assert whole(session, opened).release.answered == 1


def test_a_release_does_not_follow_the_criteria_file(session):
    opened = imported(session)
    ada = runner(opened.organisation_id)
    close_cycle(session, opened.cycle)
    before = whole(session, opened)
    changed = CRITERIA.replace("1.1-s1", "1.1-s9").replace("[4, 5]", "[5]")
    upload(session, opened.organisation_id, "small.yaml", changed.encode(), by="B", now=NOW)
    session.expire_all()
    assert part(session, ada, opened.cycle) == before


@pytest.mark.parametrize("when", ["open", "closing"])
def test_editing_the_criteria_file_in_an_open_cycle_moves_no_score(session, tmp_path, when):
    opened = imported(session)
    expected = scored(session, opened, tmp_path)
    if when == "closing":
        ask_to_close(session, runner(opened.organisation_id), opened.cycle, NOW)
    renamed = CRITERIA.replace("2.1-s1", "2.1-s9").replace("favourable: [4, 5]", "favourable: [5]")
    reordered = re.sub(r"(?s)(  - id: 1\n.*?)(  - id: 2\n.*?)(not app)", r"\2\1\3", renamed)
    assert len(reordered) == len(renamed) != len(CRITERIA)
    assert reordered != renamed
    upload(session, opened.organisation_id, "small.yaml", reordered.encode(), by="B", now=NOW)
    session.execute(delete(CriteriaUpload))
    close_cycle(session, opened.cycle)
    assert whole(session, opened).release == expected


def test_an_item_set_aside_does_not_apply_whatever_was_answered(session):
    opened = imported(session)
    framework = filling_of(session, opened, "s9").framework
    set_item_aside(session, opened.cycle, framework, "1.2", REASON, by="Ada", now=NOW)
    close_cycle(session, opened.cycle)
    found = whole(session, opened)
    assert found.about.set_aside == (("1.2", REASON),)
    assert found.release.assessed.item("1.2").state == "not applicable"
    assert found.release.perceived.question("1.2-s1").n == 0
    assert found.release.perceived.question("1.1-s1").n == 2


# Parts: the whole, and each unit with those below it


def with_tree(session) -> tuple[Round, dict[str, uuid.UUID]]:
    """North > Plant > Yard, Office apart, and Empty without people; three people answered."""
    row = draft(session)
    north = make_unit(session, row.organisation_id, "North")
    plant = make_unit(session, row.organisation_id, "Plant", north.id)
    yard = make_unit(session, row.organisation_id, "Yard", plant.id)
    office = make_unit(session, row.organisation_id, "Office")
    make_unit(session, row.organisation_id, "Empty")
    people = ("p1,staff,Plant", "y1,staff,Yard", "o1,staff,Office", "l1,leader", "j1,assessors")
    add_respondents(session, row, listed(*people), NOW)
    opened = Round(row.organisation_id, open_cycle(session, row, NOW))
    for code, value in (("p1", "1"), ("y1", "3"), ("o1", "5")):
        said(session, opened, code, given("1.1-s1", value))
        said(session, opened, code, given("1.1-s1", f"From {code}", kind="comment"))
    close_cycle(session, opened.cycle)
    return opened, {
        "North": north.id, "Plant": plant.id, "Yard": yard.id, "Office": office.id,
    }  # fmt: skip


def leader_of(opened: Round, *units: uuid.UUID) -> Member:
    return Member(
        opened.organisation_id, uuid.uuid4(), "L", "l@x", (Grant("leader", frozenset(units)),)
    )


def test_each_unit_with_people_below_it_has_a_part_of_its_own(session):
    opened, units = with_tree(session)
    made = final_or_latest(session, opened.cycle)
    names = [each.name for each in parts(session, runner(opened.organisation_id), made)]
    assert names == ["", "North", "Office", "Plant", "Yard"]
    ada = runner(opened.organisation_id)
    said_in = {
        name: sorted(each.text for each in part(session, ada, opened.cycle, unit).release.comments)
        for name, unit in units.items()
    }
    assert said_in == {
        "North": ["From p1", "From y1"],
        "Plant": ["From p1", "From y1"],
        "Yard": ["From y1"],
        "Office": ["From o1"],
    }
    north = part(session, ada, opened.cycle, units["North"])
    assert north.about.units == ("Plant", "Yard")
    assert north.release.perceived.question("1.1-s1").mean == 2
    assert whole(session, opened).release.perceived.question("1.1-s1").mean == 3


def test_a_leader_of_units_reads_their_parts_and_no_other(session):
    opened, units = with_tree(session)
    leader = leader_of(opened, units["Plant"], units["Yard"])
    made = final_or_latest(session, opened.cycle)
    assert [each.name for each in parts(session, leader, made)] == ["Plant", "Yard"]
    assert part(session, leader, opened.cycle, units["Yard"]).about.part_name == "Yard"
    with pytest.raises(NotAllowed):
        part(session, leader, opened.cycle)
    for unit in (units["North"], units["Office"], uuid.uuid4()):
        with pytest.raises(NotThere):
            part(session, leader, opened.cycle, unit)


def test_there_is_nothing_to_read_before_there_is_a_release(session):
    opened = open_round(session)
    assert final_or_latest(session, opened.cycle) is None
    with pytest.raises(NotThere):
        whole(session, opened)


def test_a_part_whose_bytes_were_changed_is_not_shown(session):
    opened = open_round(session, title="To be damaged")
    other = open_round_like(session)
    for each in (opened, other):
        close_cycle(session, each.cycle)
    bytes_of = select(ReleasePart.content).where(
        ReleasePart.organisation_id == other.organisation_id, ReleasePart.part == ""
    )
    session.execute(
        update(ReleasePart)
        .where(ReleasePart.organisation_id == opened.organisation_id)
        .values(content=session.scalar(bytes_of))
    )
    with pytest.raises(Broken, match="hash"):
        whole(session, opened)


def open_round_like(session) -> Round:
    opened = open_round(session, ("s1,staff",), title="Another")
    said(session, opened, "s1", given("1.1-s1", "4"))
    return opened


def test_the_cycle_before_is_read_by_the_name_of_the_unit(session):
    first, _units = with_tree(session)
    row = create_cycle(
        session, first.organisation_id, plan_of(title="Next", previous_id=first.cycle.id), NOW
    )
    add_respondents(session, row, listed("p1,staff,Plant", "n1,staff,New"), NOW)
    second = Round(first.organisation_id, open_cycle(session, row, NOW))
    close_cycle(session, second.cycle)
    ada = runner(first.organisation_id)
    made = final_or_latest(session, second.cycle)
    before = {
        each.name: previous(session, second.cycle, part(session, ada, second.cycle, each.unit_id))
        for each in parts(session, ada, made)
    }
    assert before["New"] is None
    assert before[""].about.cycle == first.cycle.title
    assert before["Plant"].about.part_name == "Plant"
    assert previous(session, first.cycle, whole(session, first)) is None


# Interim results


def test_interim_results_are_marked_and_give_way_to_the_final_ones(session):
    opened = open_round(session)
    ada = runner(opened.organisation_id)
    said(session, opened, "s1", given("1.1-s1", "4"))
    make_release(session, opened.cycle, "interim", NOW)
    assert whole(session, opened).about.kind == "interim"
    said(session, opened, "s2", given("1.1-s1", "4"))
    make_release(session, opened.cycle, "interim", NOW)
    assert (whole(session, opened).release.answered, opened.cycle.state) == (2, "open")
    close_cycle(session, opened.cycle)
    assert whole(session, opened).about.kind == "final"
    assert final_or_latest(session, opened.cycle).number == 3
    with pytest.raises(CycleClosed):
        make_release(session, opened.cycle, "interim", NOW)
    with pytest.raises(CycleClosed):
        ask_for_interim(session, ada, opened.cycle, NOW)


def test_interim_results_of_the_same_answers_are_the_same_request(session):
    opened = open_round(session)
    ada = runner(opened.organisation_id)
    first = ask_for_interim(session, ada, opened.cycle, NOW)
    assert ask_for_interim(session, ada, opened.cycle, NOW).id == first.id
    said(session, opened, "s1", given("1.1-s1", "4"))
    assert ask_for_interim(session, ada, opened.cycle, NOW).id != first.id
    with pytest.raises(NotOpenYet):
        ask_for_interim(session, ada, draft(session), NOW)


def test_no_row_of_another_organisation_is_in_a_release(session):
    opened = open_round(session)
    said(session, opened, "s1", given("1.1-s1", "4"))
    strangers = open_round_like(session)
    session.execute(update(SheetRow).values(version=1))
    close_cycle(session, opened.cycle)
    assert whole(session, opened).release.answered == 1
    assert strangers.cycle.state == "open"
    assert session.scalar(select(func.count()).select_from(Cycle)) == 2

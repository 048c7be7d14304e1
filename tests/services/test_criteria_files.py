"""Criteria files: shipped, in a folder, uploaded; and an open cycle that none of them moves."""

from __future__ import annotations

import pytest

from assessment.catalogue.problems import CriteriaError
from assessment.services.answer_files import export_answers
from assessment.services.criteria_files import content, criteria_files, upload
from assessment.services.cycles import create_cycle, open_cycle
from assessment.services.editions import KEPT, _editions, edition_of, pinned_edition
from assessment.services.errors import NotThere, Refused
from assessment.services.invitations import add_respondents
from assessment.services.organisations import make_organisation
from tests.databases import counted_statements
from tests.rounds import (
    CRITERIA,
    NOW,
    Round,
    filling_of,
    given,
    listed,
    open_round,
    plan_of,
    said,
)


@pytest.fixture
def works(session):
    return make_organisation(session, "North Works", NOW)


def test_files_of_all_sources_are_listed_and_faulty_ones_say_why(session, works, tmp_path):
    (tmp_path / "good.yaml").write_text(CRITERIA)
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00 not text")
    (tmp_path / "empty.yaml").write_bytes(b"")
    (tmp_path / "folder.yaml").mkdir()
    upload(session, works.id, "own.yaml", CRITERIA.encode(), by="Ada", now=NOW)
    files = {file.key: file for file in criteria_files(session, works.id, tmp_path)}
    assert {key for key, file in files.items() if not file.is_sound} == {
        "folder/bad.yaml", "folder/empty.yaml", "folder/folder.yaml",
    }  # fmt: skip
    assert all(file.errors for file in files.values() if not file.is_sound)
    assert files["folder/good.yaml"].forms == ("staff", "leaders", "assessors")
    assert any(file.source == "shipped" for file in files.values())
    for key, file in files.items():
        if file.is_usable:
            data = content(session, works.id, key, tmp_path)
            assert edition_of(data).framework.sha256 == file.sha256


def test_no_cycle_is_drafted_on_what_only_accompanies_frameworks(session, works):
    found = {file.key: file for file in criteria_files(session, works.id)}
    house = found["shipped/qfd-water-utility.yaml"]
    assert (house.kind, house.of, house.is_usable) == ("requirements", ("baldrige-2023",), False)
    with pytest.raises(Refused) as caught:
        create_cycle(session, works.id, plan_of(criteria=house.key), NOW)
    assert "not a framework" in str(caught.value.fields["criteria"])


@pytest.mark.parametrize(
    "key",
    ["", "shipped/", "shipped/../pyproject.toml", "folder/x.yaml", "uploaded/own.yaml", "x/y", "/"],
)
def test_a_file_that_is_not_listed_is_not_there(session, works, key):
    strangers = make_organisation(session, "South Works", NOW)
    upload(session, strangers.id, "own.yaml", CRITERIA.encode(), by="B", now=NOW)
    with pytest.raises(NotThere):
        content(session, works.id, key, None)


def test_a_file_with_errors_is_refused_with_every_place(session, works):
    broken = CRITERIA.replace("judge: clause", "judge: claws").replace("step: 5", "step: x")
    with pytest.raises(CriteriaError) as caught:
        upload(session, works.id, "own.yaml", broken.encode(), by="Ada", now=NOW)
    assert len(caught.value.problems) >= 2
    assert all(str(problem).startswith("own.yaml:") for problem in caught.value.problems)
    assert not [file for file in criteria_files(session, works.id) if file.source == "uploaded"]


@pytest.mark.parametrize("name", ["", ".yaml", "own.txt", "own.yaml\x00.exe", "x" * 200 + ".yaml"])
def test_a_name_that_is_no_file_name_is_refused(session, works, name):
    with pytest.raises(Refused):
        upload(session, works.id, name, CRITERIA.encode(), by="Ada", now=NOW)


@pytest.mark.parametrize("name", ["../../own.yaml", "C:\\x\\own.yaml", " own.yaml "])
def test_of_a_path_the_last_part_is_the_name(session, works, name):
    upload(session, works.id, name, CRITERIA.encode(), by="Ada", now=NOW)
    assert content(session, works.id, "uploaded/own.yaml") == CRITERIA.encode()


def test_the_newest_upload_counts_and_twice_is_once(session, works):
    for _again in range(2):
        upload(session, works.id, "own.yaml", CRITERIA.encode(), by="Ada", now=NOW)
    newer = CRITERIA.replace("Small criteria", "Newer criteria")
    upload(session, works.id, "own.yaml", newer.encode(), by="Bo", now=NOW)
    [listed_file] = [
        file for file in criteria_files(session, works.id) if file.source == "uploaded"
    ]
    assert listed_file.title == "Newer criteria"


@pytest.mark.parametrize("harm", ["edited", "broken", "gone"])
def test_an_open_cycle_does_not_move_when_its_file_does(session, works, tmp_path, harm):
    path = tmp_path / "own.yaml"
    path.write_text(CRITERIA)
    row = create_cycle(session, works.id, plan_of(criteria="folder/own.yaml"), NOW, tmp_path)
    add_respondents(session, row, listed("s1,staff"), NOW)
    opened = Round(works.id, open_cycle(session, row, NOW, tmp_path))
    said(session, opened, "s1", given("1.1-s1", "4"), given("2.1-s1", "2"))
    before = export_answers(session, opened.cycle), filling_of(session, opened, "s1").framework
    if harm == "edited":
        path.write_text(CRITERIA.replace("id: 1.1-s1", "id: 1.1-s9").replace("1.2", "1.9"))
    elif harm == "broken":
        path.write_bytes(b"\x00" * 100)
    else:
        path.unlink()
    _editions.clear()  # as in a process that starts now
    filling = filling_of(session, opened, "s1")
    assert (export_answers(session, opened.cycle), filling.framework) == before
    assert said(session, opened, "s1", given("1.1-s1", "5", "4")).is_whole


def test_a_draft_takes_its_file_as_it_is_when_it_opens(session, works, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(CRITERIA)
    row = create_cycle(session, works.id, plan_of(criteria="folder/own.yaml"), NOW, tmp_path)
    add_respondents(session, row, listed("s1,staff"), NOW)
    path.write_bytes(b"")
    with pytest.raises(Refused) as caught:
        open_cycle(session, row, NOW, tmp_path)
    assert list(caught.value.fields) == ["criteria"]
    path.write_text(CRITERIA.replace("Leaders listen", "Our leaders listen"))
    opened = Round(works.id, open_cycle(session, row, NOW, tmp_path))
    asked = filling_of(session, opened, "s1").framework.question_by_id["1.1-s2"]
    assert asked.text == "Our leaders listen to us."


def test_an_edition_is_read_once_a_process_and_few_are_kept(engine, session):
    opened = open_round(session)
    _editions.clear()
    with counted_statements(engine) as first:
        filling_of(session, opened, "s1")
    with counted_statements(engine) as then:
        filling_of(session, opened, "s1")
    assert (len(first), len(then)) == (3, 2)  # with the one that looks up the code
    sha256 = opened.cycle.edition_sha256
    for number in range(KEPT + 5):
        pinned_edition(session, opened.organisation_id, sha256, f"language {number}")
    assert len(_editions) == KEPT


def test_another_organisation_s_edition_is_not_there(session):
    opened = open_round(session)
    strangers = make_organisation(session, "South Works", NOW)
    _editions.clear()
    with pytest.raises(NotThere):
        pinned_edition(session, strangers.id, opened.cycle.edition_sha256, "en")

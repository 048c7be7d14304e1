"""The demo's organisation is what its story says, the same one every time, wherever it is drawn."""

import csv
import datetime
import hashlib
import os
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from assessment.catalogue.check import load_framework
from assessment.core.findings import find_gaps, hard_to_judge, to_discuss
from assessment.core.framework import CONSENSUS
from assessment.core.measures import trend
from assessment.core.release import release
from assessment.core.text import COMMENT_LIMIT, clean
from assessment.exchange.answers import read_answers
from assessment.exchange.measures import read_measures
from assessment.exchange.settings import read_invited, read_targets
from assessment.services.demo import STORY, write_example
from assessment.services.demo_answers import answer_rows
from assessment.services.demo_story import a_year_before, read_story

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "answers.csv",
    "previous.csv",
    "targets.csv",
    "invited.csv",
    "measures.csv",
    "previous-invited.csv",
)
# Whoever changes the story takes these from the failing test.
DRAWN = "3534443254223344243553454554442433334443"
DRAWN_EARLIER = "132431132122323124232355u3345333u4233433"


@pytest.fixture(scope="module")
def story():
    return read_story(STORY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "not" / "there yet"


@pytest.fixture(scope="module")
def example(folder):
    return write_example(folder)


@pytest.fixture(scope="module")
def framework(example):
    return load_framework(example.criteria)


@pytest.fixture(scope="module")
def answers(framework, example):
    return read_answers(framework, example.answers)


@pytest.fixture(scope="module")
def now(framework, example, answers):
    return release(framework, answers, read_invited(framework, example.invited))


@pytest.fixture(scope="module")
def before(framework, example):
    return release(framework, read_answers(framework, example.previous))


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


# The files


def test_the_example_is_written_whole_and_nothing_beside_it(folder, example):
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert example.organisation == "Alderbrook Water"
    assert example.date == datetime.date(2026, 11, 16)


def test_writing_it_again_gives_the_same_bytes(folder, example):
    first = digests(folder)
    for name in FILES:
        (folder / name).write_text("something else")
    write_example(folder)
    assert digests(folder) == first


@pytest.mark.parametrize("hash_seed", ["1", "4711"])
def test_another_process_draws_the_same_answers(folder, example, tmp_path, hash_seed):
    code = (
        "import sys, pathlib; from assessment.services.demo import write_example;"
        " write_example(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=True,
    )
    assert digests(tmp_path) == digests(folder)


def test_the_first_answers_are_those_of_every_version_of_python(story):
    drawn = "".join(row["answer"][:1] or "-" for row in answer_rows(story)[:40])
    earlier = "".join(row["answer"][:1] or "-" for row in answer_rows(a_year_before(story))[:40])
    assert (drawn, earlier) == (DRAWN, DRAWN_EARLIER)


def test_what_a_spreadsheet_shows_is_what_was_meant(example):
    rows = list(csv.reader(example.answers.read_text(encoding="utf-8").splitlines(keepends=True)))
    assert {len(row) for row in rows} == {9}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


# The people


def test_120_staff_in_six_units_and_14_leaders_answered(now):
    answered = {row.group: (row.answered, row.invited) for row in now.participation if not row.unit}
    assert answered == {"staff": (120, 170), "leaders": (14, 16), "assessors": (3, 3)}
    assert len(now.units) == 6


def test_one_unit_was_hardly_reached(now):
    low = [row.unit for row in now.participation if row.unit and row.rate < Fraction(1, 2)]
    assert low == ["Network Operations"]


def test_every_statement_of_both_forms_has_its_place_in_the_story(story, framework):
    for group in story.groups:
        asked = {question.id for question in framework.questions_of(group.id)}
        assert set(group.statements) == asked


def test_every_item_was_judged_by_all_with_every_attribute(story, framework):
    assert [item.id for item in story.panel.items] == [item.id for item in framework.items]
    for told in story.panel.items:
        scale = framework.item_by_id[told.id].judge
        for judged in told.judges.values():
            assert list(judged.attributes) == [attribute.id for attribute in scale.attributes]
    assert {len(told.judges) for told in story.panel.items} == {3}


def test_some_people_leave_a_statement_out_and_some_stop_on_the_way(now):
    shares = [question.completeness for question in now.perceived.questions if question.n]
    assert all(Fraction(9, 10) < share <= 1 for share in shares)
    assert len(set(shares)) > 3


# What they say


def texts(story) -> Iterator[str]:
    """Every text of the story that ends up in the answers."""
    for group in story.groups:
        yield from group.context.values()
        for unit in group.units:
            for voice in unit.voices:
                yield from (said.text for said in voice.values())
    for item in story.panel.items:
        for judged in [*item.judges.values(), item.agreed]:
            if judged:
                yield judged.comment
                yield from judged.strengths + judged.opportunities + judged.evidence


def test_everything_that_is_said_arrives(story, answers):
    arrived = Counter(comment.text for comment in answers.comments)
    arrived += Counter(text for factor in answers.key_factors for text in factor.answers)
    assert arrived == Counter(filter(None, texts(story)))


def test_texts_are_clean_and_short_enough(story):
    for text in filter(None, texts(story)):
        assert text == clean(text) == unicodedata.normalize("NFC", text).strip()
        assert len(text) < COMMENT_LIMIT / 10


def test_who_says_something_answers_as_they_say(story):
    rows = [row for row in answer_rows(story) if row.get("comment")]
    said = {row["comment"]: row["answer"] for row in rows}
    for group in story.groups:
        for unit in group.units:
            for voice in unit.voices:
                assert all(said[each.text] == each.answer for each in voice.values())


def test_people_write_in_four_languages(story):
    told = " ".join(texts(story))
    assert all(sign in told for sign in "łñع")


def test_nobody_is_invented_for_a_statement_that_is_not_there(story, framework):
    for group in story.groups:
        for unit in group.units:
            said = {key for voice in unit.voices for key in voice}
            assert said | set(unit.differs) <= set(group.statements)


# What comes out


def test_leaders_see_it_rosier_than_staff_most_of_all_reasons_and_feedback(now):
    [whole] = [gap for gap in now.perception_gaps if gap.kind == "whole" and gap.group == "leaders"]
    assert whole.points > 10
    assert whole.verdict == "larger than chance"
    pairs = [gap for gap in now.perception_gaps if gap.kind == "pair" and gap.group == "leaders"]
    widest = sorted(pairs, key=lambda gap: gap.points)[-2:]
    assert {gap.id for gap in widest} == {"1.1-s1", "5.2-s2"}


def test_leadership_is_seen_strongest_and_measurement_weakest(now):
    seen = {each.id: each.percent for each in now.perceived.categories if each.percent is not None}
    assert max(seen, key=seen.__getitem__) == "1"
    assert min(seen, key=seen.__getitem__) == "4"


def test_one_unit_lags_behind_all_others_as_it_did_before(now, before):
    for cycle in (now, before):
        rated = sorted((unit.perceived.percent, name) for name, unit in cycle.units.items())
        assert rated[0][1] == "Wastewater"
    assert rated[1][0] - rated[0][0] > 5


def test_a_statement_is_hard_to_judge(now):
    assert hard_to_judge(now) == ("2.1-s1",)


def test_one_item_has_declined_since_last_year_and_the_others_have_not(now, before, framework):
    assert [
        item.id
        for item in framework.items
        if now.perceived.item(item.id).n
        and now.perceived.item(item.id).percent < before.perceived.item(item.id).percent
    ] == ["5.1"]
    assert [
        item.id
        for item in framework.items
        if now.assessed.item(item.id).percent < before.assessed.item(item.id).percent
    ] == ["5.1"]


def test_two_items_stay_provisional_and_two_were_far_apart(now):
    assert [item.id for item in now.assessed.items if item.provisional] == ["6.2", "7.3"]
    assert to_discuss(now) == ("2.2", "6.2")


def test_results_stand_lower_than_processes(now, before):
    bands = {band.of: band.band for band in now.assessed.bands}
    assert bands == {"process": 3, "results": 2}
    assert now.assessed.total.complete
    assert now.assessed.total.points > before.assessed.total.points


def test_what_was_agreed_lies_between_the_judgements(story):
    for item in story.panel.items:
        given = [judged.percent for judged in item.judges.values()]
        assert item.agreed is None or min(given) <= item.agreed.percent <= max(given)


def test_measures_improve_and_worsen_and_one_is_too_short_to_tell(framework, example):
    series = read_measures(framework, example.measures)
    verdicts = {each.title: trend(each).verdict for each in series}
    assert {each.place for each in series} == {"7.1", "7.2", "7.3", "7.4", "7.5"}
    assert verdicts["Bursts"] == "worsening"
    assert verdicts["Written complaints"] == "improving"
    assert verdicts["Absence, whole company"] == "too few points"
    assert set(verdicts.values()) == {
        "improving", "worsening", "steady", "mixed", "too few points",
    }  # fmt: skip
    assert any(each.comparison for each in series)


def test_targets_have_reasons_dates_and_more_than_one_class(now, framework, example):
    targets = read_targets(framework, example.targets)
    assert len(targets) == 10
    assert all(target.reason and target.date > "2026-11-16" for target in targets.values())
    chosen = {gap.id: gap.when for gap in find_gaps(now, targets) if gap.is_chosen}
    assert set(chosen) == set(targets)
    assert set(chosen.values()) == {"now", "next", "later"}


def test_the_staff_target_is_where_staff_stood_a_year_ago(before, framework, example):
    target = read_targets(framework, example.targets)["5.1-s2"].target
    assert abs(before.perceived.question("5.1-s2").favourable - target) <= 3


def test_key_factors_are_given_once(now):
    assert len(now.key_factors) == 8
    assert all(len(factor.answers) == 1 for factor in now.key_factors)


def test_what_was_agreed_has_a_reason(now):
    reasons = {
        each.place for each in now.comments if (each.kind, each.group) == ("comment", CONSENSUS)
    }
    settled = {each.item_id for each in now.disagreements if each.settled}
    assert reasons == settled
    assert len(settled) == 15

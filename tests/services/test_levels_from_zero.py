"""A rubric from 0 to 3: the lowest level is the file's, wherever a level is counted or shown."""

from fractions import Fraction

import pytest

from assessment.core.findings import find_gaps
from assessment.core.scales import Level, Scale
from assessment.reporting.pages.judgement import judged as judged_words
from assessment.reporting.source import Source
from assessment.services.errors import Refused
from assessment.services.targets import TypedTarget, set_target
from tests.factories import judged, make_framework, make_item, make_question, make_release
from tests.reporting.make_release import ABOUT
from tests.rounds import NOW, draft
from tests.services.test_targets import member

RUBRIC = Scale(
    "rubric",
    "level",
    levels=tuple(
        Level(number, word) for number, word in enumerate(("None", "Some", "Much", "All"))
    ),
)
FRAMEWORK = make_framework(
    make_item("1.1", make_question("1.1-s1", scale=RUBRIC), judge=RUBRIC, points=30),
    make_item("1.2", judge=RUBRIC, points=10),
)


@pytest.mark.parametrize(("level", "percent"), [(0, 0), (1, Fraction(100, 3)), (3, 100)])
def test_a_level_becomes_a_percent_of_the_way_from_zero(level, percent):
    found = make_release(FRAMEWORK, judged(FRAMEWORK, {"1.1": level})).assessed.item("1.1")
    assert (found.level, found.percent, found.points) == (level, percent, percent * 30 / 100)


def test_a_question_answered_with_zero_is_zero_percent_and_not_unanswered():
    staff = judged(FRAMEWORK, {"1.1-s1": 0}, group="staff")
    found = make_release(FRAMEWORK, staff).perceived.question("1.1-s1")
    assert (found.n, found.mean, found.percent) == (1, 0, 0)


def test_the_next_step_from_zero_is_level_one_with_its_points_to_win():
    found = make_release(FRAMEWORK, judged(FRAMEWORK, {"1.1": 0, "1.2": 3}))
    (gap,) = find_gaps(found, {})
    assert (gap.id, gap.present, gap.target, gap.points_to_win) == ("1.1", 0, 1, 10)


def test_the_report_reads_zero_by_the_files_own_word():
    found = make_release(FRAMEWORK, judged(FRAMEWORK, {"1.1": 0}))
    words = judged_words(Source(found, (), None, ABOUT), FRAMEWORK.item_by_id["1.1"])
    assert words is not None
    assert words.meaning.startswith("Level 0, None.")
    assert "not reached" not in words.meaning


def test_a_target_lies_among_the_levels_of_the_file(session):
    row = draft(session)
    aims = {typed: TypedTarget(typed, "2", "", "") for typed in ("0", "4")}
    kept = set_target(session, member(row), row, FRAMEWORK, ("1.1", 0), aims["0"], NOW)
    assert kept is not None
    assert kept.target == 0
    with pytest.raises(Refused) as refused:
        set_target(session, member(row), row, FRAMEWORK, ("1.2", 0), aims["4"], NOW)
    assert str(refused.value.fields["target"]) == "A target here is a whole number from 0 to 3."

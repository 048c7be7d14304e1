"""The two small files beside the answers: who was invited, and the targets."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.exchange.rows import FileRefused, guarded, unguarded
from assessment.exchange.settings import read_invited, read_targets
from tests.factories import CONFORMITY, MET, make_framework, make_item, make_question

FRAMEWORK = make_framework(
    make_item("1.1", make_question("a")),
    make_item("3.1", judge=MET, criteria=(1, 1, 1, 1, 1)),
    make_item("4.1", judge=CONFORMITY),
    make_item("5.1", judge=None),
)


def write(folder, text):
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_invited_people_are_counted_by_unit_and_group(tmp_path):
    text = "unit,group,invited\nNorth,staff,40\nSouth,,20\n,leader,7\n"
    found = read_invited(FRAMEWORK, write(tmp_path, text))
    assert found.people == {("North", "staff"): 40, ("South", "staff"): 20, (None, "leaders"): 7}
    assert (found.of_group("staff"), found.of_group("assessors")) == (60, None)


def test_targets_are_percents_levels_grades_or_percent_favourable(tmp_path):
    text = (
        "id,target,importance,effort,reason,date\n"
        "1.1,65,3,1,Board decision,2027-06-30\n3.1,4,,,,\n4.1,ofi,,,,\na,80,,,,\n"
    )
    found = read_targets(FRAMEWORK, write(tmp_path, text))
    assert {key: each.target for key, each in found.items()} == {
        "1.1": 65, "3.1": 4, "4.1": 1, "a": 80,
    }  # fmt: skip
    first = found["1.1"]
    assert (first.importance, first.effort, first.reason) == (3, 1, "Board decision")
    assert (found["a"].importance, found["a"].target) == (2, Fraction(80))


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("1.1,62,,,,", "2:2: error: A target here is a percent in steps of 5."),
        ("1.1,101,,,,", "2:2: error: “101” is not a whole number from 0 to 100."),
        ("3.1,6,,,,", "2:2: error: “6” is not a whole number from 0 to 5."),
        ("4.1,4,,,,", "2:2: error: A target here is one of: conforming, ofi, minor, major."),
        ("1.1,60,5,,,", "2:3: error: “5” is not a whole number from 1 to 3."),
        ("1.1,60,,x,,", "2:4: error: “x” is not a whole number from 1 to 3."),
        ("1.1,60,,,,30.6.2027", "2:6: error: “30.6.2027” is not a date such as 2027-06-30."),
        ("5.1,60,,,,", "2:1: error: “5.1” is not an item that is judged"),
        ("zzz,60,,,,", "2:1: error: “zzz” is not an item that is judged"),
    ],
)
def test_a_target_that_cannot_be_one_is_named(tmp_path, row, line):
    text = f"id,target,importance,effort,reason,date\n{row}\n"
    with pytest.raises(FileRefused) as caught:
        read_targets(FRAMEWORK, write(tmp_path, text))
    assert line in str(caught.value)


def test_every_bad_row_of_the_invited_is_named(tmp_path):
    text = "unit,group,invited\nNorth,staff,many\nSouth,staff,-3\nEast,,5\nEast,staff,6\n"
    with pytest.raises(FileRefused) as caught:
        read_invited(FRAMEWORK, write(tmp_path, text))
    lines = str(caught.value).splitlines()
    assert [line.split("file.csv:")[1][:4] for line in lines] == ["2:3:", "3:3:", "5:1:"]


@pytest.mark.parametrize(
    "text", ["=1", "+1+1", "-2", "@SUM(A1)", "\tx", "'=1", "plain", "'quoted", ""]
)
def test_a_guarded_cell_reads_back_as_typed_and_is_no_formula(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r"))

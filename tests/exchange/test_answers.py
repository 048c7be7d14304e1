"""ANSWERS.csv: what is understood, and how every bad row is named in one run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assessment.core.framework import Framework
from assessment.core.release import Answers, release
from assessment.core.sheet import CANT_JUDGE, NOT_ANSWERED, NOT_APPLICABLE, NOT_ASKED, Sheet
from assessment.exchange.answers import read_answers
from assessment.exchange.rows import FileRefused
from tests.factories import (
    CONFORMITY,
    MET,
    NOTE,
    make_framework,
    make_item,
    make_question,
)
from tests.factories import PERCENT as JUDGED


def example(not_applicable: tuple[str, ...] | str = "any reason") -> Framework:
    return make_framework(
        make_item(
            "1.1",
            make_question("a", forms=["staff", "leaders"]),
            make_question("b", forms=["staff"]),
            make_question("how", scale=NOTE, forms=["assessors"]),
        ),
        make_item("2.1", make_question("c", forms=["leaders"])),
        make_item("3.1", judge=MET, criteria=(1, 2)),
        make_item("4.1", judge=CONFORMITY),
        not_applicable=not_applicable,
    )


def read(folder: Path, text: str | bytes, framework: Framework | None = None) -> Answers:
    path = folder / "answers.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_answers(framework or example(), path)


def refused(folder: Path, text: str | bytes, framework: Framework | None = None) -> list[str]:
    with pytest.raises(FileRefused) as caught:
        read(folder, text, framework)
    prefix = f"{folder / 'answers.csv'}:"
    lines = str(caught.value).splitlines()
    assert all(line.startswith(prefix) for line in lines)
    return [line.removeprefix(prefix) for line in lines]


def sheet(answers: Answers, name: str) -> Sheet:
    return next(each for each in answers.sheets if each.respondent == name)


def said(answers: Answers, name: str) -> dict[str, int]:
    framework = example()
    values = sheet(answers, name).values
    return {
        slot.key: code
        for slot, code in zip(framework.slots, values, strict=True)
        if code not in (NOT_ASKED, NOT_ANSWERED)
    }


def test_columns_may_stand_in_any_order_after_a_byte_order_mark(tmp_path):
    text = "\ufeffanswer,unit,Respondent,question,group\n4,North,r1,a,\n5,,r2,a,leader\n"
    answers = read(tmp_path, text)
    assert said(answers, "r1") == {"a": 4}
    assert (sheet(answers, "r1").group, sheet(answers, "r1").unit) == ("staff", "North")
    assert sheet(answers, "r2").group == "leaders"


def test_every_kind_of_answer_is_understood(tmp_path):
    rows = ["respondent,group,question,answer,comment"]
    rows += [f"r,assessors,{key},{value}," for key, value in (
        ("1.1", 55), ("1.1/approach", 60), ("1.1/deployment", "unknown"), ("3.1-1a", "yes"),
        ("3.1-2a", "no"), ("3.1-2b", "NA"), ("4.1", "Minor"), ("a", " 4 "), ("how", "By talking."),
    )]  # fmt: skip
    rows[6] += "does not exist here"
    answers = read(tmp_path, "\n".join(rows))
    assert said(answers, "r") == {
        "1.1": 55, "1.1/approach": 60, "1.1/deployment": CANT_JUDGE, "3.1-1a": 1, "3.1-2a": 0,
        "3.1-2b": NOT_APPLICABLE, "4.1": 2, "a": 4,
    }  # fmt: skip
    assert [comment.text for comment in answers.comments if comment.kind == "text"] == [
        "By talking."
    ]


def test_a_form_s_people_are_asked_its_slots_and_others_only_what_they_answered(tmp_path):
    framework = example()
    answers = read(tmp_path, "respondent,question,answer,group\nr1,a,4,\nr2,a,4,visitors\n")
    by_key = dict(
        zip((slot.key for slot in framework.slots), sheet(answers, "r1").values, strict=True)
    )
    assert (by_key["b"], by_key["c"], by_key["1.1"]) == (NOT_ANSWERED, NOT_ASKED, NOT_ASKED)
    other = dict(
        zip((slot.key for slot in framework.slots), sheet(answers, "r2").values, strict=True)
    )
    assert (other["a"], other["b"]) == (4, NOT_ASKED)
    assert release(framework, answers).groups["visitors"].perceived.completeness == 1


def test_strengths_and_ofis_are_one_entry_a_line(tmp_path):
    text = (
        "respondent,question,answer,strength,ofi,evidence,comment\n"
        'r,1.1,50,"one\ntwo",three,,"a\nb"\n'
    )
    kinds = [(each.kind, each.text) for each in read(tmp_path, text).comments]
    assert sorted(kinds) == [
        ("comment", "a\nb"), ("ofi", "three"), ("strength", "one"), ("strength", "two"),
    ]  # fmt: skip


@pytest.mark.parametrize("answer", ["7", "12", "33", "52.5", "105", "-5", "nan", "1e1", "٤", "4 %"])
def test_a_percent_that_is_no_legal_step_is_refused(tmp_path, answer):
    (line,) = refused(tmp_path, f"respondent,question,answer\nr,1.1,{answer}\n")
    assert line.startswith("2:3: error: ")
    assert f"“{answer}” is not a whole percent from 0 to 100 in steps of 5" in line


def test_the_nearest_legal_steps_are_proposed(tmp_path):
    (line,) = refused(tmp_path, "respondent,question,answer\nr,1.1,52.5\n")
    assert line.endswith("The nearest are 50 and 55.")


def test_an_attribute_is_given_in_the_steps_of_its_own(tmp_path):
    item = make_item("1.1", make_question("a"), judge=replace(JUDGED, attribute_step=10))
    framework = make_framework(item)
    rows = "respondent,question,answer\nr,1.1,55\nr,1.1/approach,{}\n"
    assert read(tmp_path, rows.format(60), framework).sheets
    (line,) = refused(tmp_path, rows.format(55), framework)
    assert "in steps of 10" in line
    assert line.endswith("The nearest are 50 and 60.")


PERCENT = "a whole percent from 0 to 100 in steps of 5"
GRADES = "conforming, ofi, minor, major"
WAYS_OUT = "unknown, na or nothing"


def test_every_bad_row_is_named_in_one_run(tmp_path):
    text = """respondent,question,answer,group,unit,comment
r1,1.1,33,,,
r1,1.2,50,,,
r1,a,6,,,
r1,a,4,,,
,a,4,,,
r2,a,4,staff,North,
r2,b,4,leaders,North,
r2,c,4,staff,South,
r3,a,na,,,
r3,3.1,yes,,,
r3,3.1-1a,maybe,,,
r3,1,50,,,
r3,4.1,good,,,
r3,,4,,,
"""
    assert refused(tmp_path, text) == [
        f"2:3: error: “33” is not {PERCENT}, nor {WAYS_OUT}. The nearest are 30 and 35.",
        "3:2: error: There is no “1.2” in these criteria. Did you mean “1.1”?",
        "4:3: error: “6” is not a whole number from 1 to 5, nor unknown, na or nothing.",
        "5:2: error: “r1” has answered “a” already, in line 4.",
        "6:1: error: The respondent is missing.",
        "8:4: error: “r2” is in two groups: staff and leaders.",
        "9:5: error: “r2” is in two units: North and South.",
        "10:6: error: The reason for na is missing: write it as the comment.",
        "11:3: error: The item “3.1” takes only na; answer its parts.",
        "12:3: error: “maybe” is not an answer here: yes, no, unknown, na or nothing.",
        "13:3: error: The category “1” takes only na; answer its parts.",
        f"14:3: error: “good” is not an answer here: {GRADES}, unknown, na or nothing.",
        "15:2: error: The question is missing.",
    ]  # fmt: skip


def test_na_is_refused_where_every_item_applies(tmp_path):
    text = "respondent,question,answer,comment\nr,a,na,because\n"
    (line,) = refused(tmp_path, text, example("never"))
    assert line == "2:3: error: These criteria do not allow na: every item applies."


def test_na_takes_only_the_reasons_of_the_file(tmp_path):
    framework = example(("not done here", "done by a partner"))
    text = "respondent,question,answer,comment\nr,a,na,{}\n"
    assert read(tmp_path, text.format("done by a partner"), framework)
    (line,) = refused(tmp_path, text.format("no time"), framework)
    assert line == (
        "2:4: error: The reason for na must be one of: not done here; done by a partner."
    )


def test_a_category_that_does_not_apply_takes_its_items_with_it(tmp_path):
    text = (
        "respondent,question,answer,group,comment\n"
        "j,1,na,assessors,we have none\nj,4.1,conforming,assessors,\ns,1,na,,not my work\n"
    )
    found = release(example(), read(tmp_path, text))
    assert found.assessed.item("1.1").state == "not applicable"
    assert found.perceived.item("1.1").state == "not applicable"
    assert found.assessed.item("2.1").state == "not scored"


def test_staff_who_waive_a_category_are_no_judges_of_it(tmp_path):
    text = "respondent,question,answer,comment\ns,1,na,not my work\n"
    assert release(example(), read(tmp_path, text)).assessed.item("1.1").state == "not scored"


def test_only_one_respondent_can_be_the_consensus(tmp_path):
    text = "respondent,question,answer,group\nx,1.1,50,consensus\ny,1.1,55,consensus\n"
    (line,) = refused(tmp_path, text)
    assert "Only one respondent can be the consensus, not 2." in line


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ("respondent,question,answer\nr,a,4\n".encode("utf-16"), "1:1", "UTF-16"),
        ("respondent,question,answer\nr,a,4\nJosé,a,4\n".encode("latin-1"), "3:1", "not UTF-8"),
        (b"", "1:1", "empty"),
        (b"respondent;question;answer\nr;a;4\n", "1:1", "separated by “;”"),
        (b"respondent,question\nr,a\n", "1:1", "The column “answer” is missing."),
        (b"respondent,question,answr\nr,a,4\n", "1:3", "Did you mean “answer”?"),
        (b"respondent,question,answer,answer\nr,a,4,4\n", "1:4", "stands twice"),
        (b"respondent,question,answer\nr,a,4,more\n", "2:4", "This row has 4 cells"),
        (b'respondent,question,answer\nr,a,4\nr,b,"4\n', "3:1", "Look at its quotes"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(tmp_path, data, place, words):
    lines = refused(tmp_path, data)
    assert any(line.startswith(f"{place}: error: ") and words in line for line in lines), lines


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileRefused, match="cannot be read"):
        read_answers(example(), tmp_path / "nowhere.csv")


def test_a_comment_of_ten_megabytes_is_refused_with_its_length(tmp_path):
    text = f"respondent,question,answer,comment\nr,a,4,{'x' * 10_485_760}\n"
    (line,) = refused(tmp_path, text)
    assert line == "2:4: error: This text has 10,485,760 characters: 10,475,760 too many."


def test_a_comment_of_ten_thousand_characters_is_kept_whole(tmp_path):
    emoji = "🏳️‍🌈" * 1666
    answers = read(tmp_path, f"respondent,question,answer,comment\nr,a,4,{emoji}\n")
    assert answers.comments[0].text == emoji


def test_a_line_is_where_its_row_begins(tmp_path):
    text = 'respondent,question,answer,comment\nr,a,4,"one\ntwo\nthree"\nr,b,9,\n'
    (line,) = refused(tmp_path, text)
    assert line.startswith("5:3:")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("'=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("''=1", "'=1"),
        ("'+1", "+1"),
        ("'quoted'", "'quoted'"),
        ("=1", "=1"),
        ("plain", "plain"),
    ],
)
def test_one_guard_before_a_formula_is_taken_off_again(tmp_path, cell, kept):
    text = f'respondent,question,answer,comment\nr,a,4,"{cell}"\n'
    assert read(tmp_path, text).comments[0].text == kept


def test_rotating_questions_are_asked_only_of_those_who_drew_their_block(tmp_path):
    framework = make_framework(
        make_item(
            "1.1",
            make_question("core"),
            make_question("x1", block="A"),
            make_question("x2", block="A"),
            make_question("y1", block="B"),
        )
    )
    text = "respondent,question,answer\nr1,core,4\nr1,x1,4\nr2,core,4\nr2,y1,2\nr3,core,1\n"
    found = release(framework, read(tmp_path, text, framework)).perceived
    assert {q.id: q.completeness for q in found.questions} == {
        "core": 1, "x1": 1, "x2": 0, "y1": 1,
    }  # fmt: skip


def test_the_answers_of_people_who_gave_none_count_nobody(tmp_path):
    found = release(example(), read(tmp_path, "respondent,question,answer\nr,a,\n"))
    assert found.answered == 0
    assert found.perceived.state == "not scored"


def test_a_file_with_a_header_only_is_a_cycle_nobody_has_answered_yet(tmp_path):
    found = release(example(), read(tmp_path, "respondent,question,answer\n"))
    assert found.answered == 0
    assert found.assessed.item("1.1").state == "not scored"

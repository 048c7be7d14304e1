"""One respondent's sheet: who may write where, how edits meet, and what last time's answers say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessment.core.places import places_of
from assessment.core.sheet import (
    blank_sheet,
    merge,
    unchanged_slots,
)
from tests.factories import MET, NOTE, make_framework, make_item, make_question

WORDS = st.sampled_from(["", "1", "2", "3"])
EDITS = st.lists(st.tuples(st.sampled_from("abc"), WORDS, WORDS), max_size=8)


def test_an_edit_writes_where_what_it_showed_still_stands():
    assert merge({"a": "1"}, [("a", "1", "2"), ("b", "", "3")]) == ({"a": "2", "b": "3"}, {})


def test_an_edit_of_something_that_has_moved_collides():
    assert merge({"a": "1"}, [("a", "", "2")]) == ({}, {"a": "1"})


def test_a_field_nobody_touched_takes_nothing_back():
    assert merge({"a": "1"}, [("a", "", "")]) == ({}, {})


def test_what_was_done_already_is_done():
    assert merge({"a": "2"}, [("a", "1", "2")]) == ({}, {})


def test_edits_of_one_field_follow_each_other():
    assert merge({}, [("a", "", "1"), ("a", "1", "2"), ("a", "2", "")]) == ({}, {})
    assert merge({}, [("a", "", "1"), ("a", "1", "2")]) == ({"a": "2"}, {})


@given(values=st.dictionaries(st.sampled_from("abc"), WORDS), edits=EDITS)
def test_nothing_is_overwritten_unseen_and_the_same_edits_again_write_nothing(values, edits):
    written, collisions = merge(values, edits)
    for key in written:
        assert any(each == key and shown == values.get(key, "") for each, shown, _new in edits)
    assert set(collisions) <= {key for key, _shown, _new in edits}
    once = list({key: (key, shown, new) for key, shown, new in edits}.values())
    first, _ = merge(values, once)
    assert merge({**values, **first}, once)[0] == {}


def framework():
    return make_framework(
        make_item(
            "1.1",
            make_question("a"),
            make_question("how", scale=NOTE, forms=["assessors"]),
            make_question("b", block="x"),
        ),
        make_item("2.1", make_question("c", block="y", forms=["staff"]), judge=MET, criteria=(1,)),
    )


def test_each_form_writes_in_its_own_places():
    staff = places_of(framework(), blank_sheet(framework(), "", "staff"))
    judge = places_of(framework(), blank_sheet(framework(), "", "assessors"))
    assert (staff.slots, staff.texts, staff.judges) == ({"a", "b", "c"}, frozenset(), False)
    assert (judge.texts, judge.items, judge.judges) == ({"how"}, {"1.1", "2.1"}, True)
    assert "2.1-1a" in judge
    assert "2.1-1a" not in staff


def test_a_question_is_the_same_only_with_its_words_and_its_scale():
    before = framework()
    item = before.items[0]
    reworded = replace(
        item, questions=(replace(item.questions[0], text="Other."), *item.questions[1:])
    )
    category = replace(before.categories[0], items=(reworded,))
    now = replace(before, categories=(category, before.categories[1]))
    assert dict(unchanged_slots(before, before)) == before.position
    assert {key for key, _place in unchanged_slots(before, now)} == set(before.position) - {"a"}

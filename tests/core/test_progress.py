"""How far a sheet has come, and where its respondent goes on."""

from __future__ import annotations

from assessment.core.framework import Scoring
from assessment.core.progress import Count, progress
from tests.factories import (
    CONFORMITY,
    NA,
    NOTE,
    UNKNOWN,
    make_framework,
    make_item,
    make_question,
    make_sheet,
)


def framework(**more):
    return make_framework(
        make_item("1.1", make_question("a"), make_question("b")),
        make_item("1.2", make_question("c")),
        make_item("2.1", make_question("how", scale=NOTE, forms=["assessors"]), judge=CONFORMITY),
        **more,
    )


def test_each_way_of_answering_is_counted_as_what_it_is():
    found = progress(framework(), make_sheet(framework(), {"a": 4, "b": UNKNOWN}), ["a", "1.1"])
    assert found.categories[0].items[0].count == Count(2, 1, 1, 0, 0, 2)
    assert (found.count.asked, found.count.open, found.open_places) == (3, 1, ("c",))


def test_what_does_not_apply_is_not_asked_and_not_open():
    found = progress(framework(), make_sheet(framework(), {"a": NA}))
    assert found.categories[0].items[0].count == Count(1, 0, 0, 1, 1, 0)


def test_a_category_of_which_nothing_is_asked_is_not_shown():
    found = progress(framework(), make_sheet(framework(), {}))
    assert [each.category.id for each in found.categories] == ["1"]


def test_one_goes_on_behind_the_item_one_is_at_and_then_from_the_start():
    given = progress(framework(), make_sheet(framework(), {"b": 2}))
    assert given.next_open().id == "1.1"
    assert given.next_open("1.1").id == "1.2"
    assert given.next_open("1.2").id == "1.1"
    full = progress(framework(), make_sheet(framework(), {"a": 1, "b": 2, "c": 3}))
    assert (full.next_open(), full.count.is_complete) == (None, True)


def test_a_judgement_does_not_wait_for_its_attributes():
    judged = progress(framework(), make_sheet(framework(), {"1.1": 50}, group="assessors"))
    assert judged.open_places == ("1.2", "1.2/approach", "1.2/deployment", "2.1")
    parts = {"1.1/approach": 50, "1.1/deployment": 40}
    alone = progress(framework(), make_sheet(framework(), parts, group="assessors"))
    assert alone.open_places[0] == "1.1"


def test_attributes_that_make_the_judgement_do_not_wait_for_one():
    computed = framework(scoring=Scoring(item="mean"))
    parts = {"1.1/approach": 50, "1.1/deployment": 40}
    found = progress(computed, make_sheet(computed, parts, group="assessors"))
    assert found.open_places[0] == "1.2"


def test_a_waived_item_waits_for_nothing_and_its_marks_stay():
    sheet = make_sheet(framework(), {}, group="assessors", waived=["1.1"])
    found = progress(framework(), sheet, ["1.1"])
    assert found.categories[0].items[0].count == Count(not_applicable=3, marked=1)


def test_an_item_in_words_alone_is_listed_and_never_waits():
    worded = make_framework(make_item("1.1", make_question("how", scale=NOTE), judge=None))
    found = progress(worded, make_sheet(worded, {}), (), {"1.1"})
    assert [item.item.id for each in found.categories for item in each.items] == ["1.1"]
    assert found.next_open() is None

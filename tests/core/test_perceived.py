"""Perceived maturity: worked examples, and what may never change a figure."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.core.framework import Framework
from assessment.core.perceived import PartPerceived, Perceived, QuestionPerceived
from assessment.core.sheet import NOT_ANSWERED, Sheet
from tests.factories import (
    NA,
    UNKNOWN,
    make_framework,
    make_item,
    make_question,
    make_release,
    make_sheet,
)


def example() -> Framework:
    return make_framework(
        make_item("1.1", make_question("a"), make_question("b"), points=65),
        make_item("1.2", make_question("c"), points=50),
        make_item("2.1", make_question("d"), points=45),
        make_item("7.1", points=120),
    )


def perceived(framework: Framework, *people: dict[str, int]) -> Perceived:
    return make_release(framework, *(make_sheet(framework, each) for each in people)).perceived


def test_a_question_is_the_mean_of_its_answers_as_percent_of_the_scale():
    found = perceived(example(), {"a": 4}, {"a": 5}, {"a": 2}).question("a")
    assert found.n == 3
    assert found.mean == Fraction(11, 3)
    assert found.percent == Fraction(200, 3)
    assert found.favourable == Fraction(200, 3)
    assert found.counts == {1: 0, 2: 1, 3: 0, 4: 1, 5: 1}


def test_an_item_is_the_unweighted_mean_of_its_answered_questions():
    found = perceived(example(), {"a": 5, "b": 1}, {"a": 5}).item("1.1")
    assert found.percent == 50
    assert found.n == 2


def test_a_category_weighs_its_items_by_their_points():
    found = perceived(example(), {"a": 5, "b": 5, "c": 1}).category("1")
    assert found.percent == Fraction(65 * 100 + 50 * 0, 115)


def test_without_points_items_weigh_alike():
    framework = make_framework(
        make_item("1.1", make_question("a"), points=None),
        make_item("1.2", make_question("b"), points=None),
    )
    assert perceived(framework, {"a": 5, "b": 2}).percent == Fraction(100 + 25, 2)


def test_an_unanswered_question_lowers_completeness_and_nothing_else():
    half = perceived(example(), {"a": 4, "b": UNKNOWN})
    assert half.item("1.1").percent == 75
    assert half.item("1.1").completeness == 1, "can't judge is an answer"
    assert half.completeness == Fraction(2, 4)


def test_not_applicable_leaves_what_was_to_answer():
    found = perceived(example(), {"a": 4, "b": NA})
    assert found.item("1.1").completeness == 1
    assert found.completeness == Fraction(1, 3)
    assert found.question("b").na == 1


def test_nothing_answered_is_not_scored_and_never_zero():
    found = perceived(example())
    assert found.state == "not scored"
    assert found.percent is None
    assert {item.state for item in found.items} == {"not scored"}


def test_where_everybody_says_it_does_not_apply_it_does_not():
    found = perceived(example(), {"a": NA, "b": NA}, {"a": NA, "b": NA})
    assert found.item("1.1").state == "not applicable"
    assert found.item("1.1").percent is None


def test_other_groups_stand_beside_staff_and_are_never_pooled():
    framework = example()
    found = make_release(
        framework,
        make_sheet(framework, {"a": 1}),
        make_sheet(framework, {"a": 5}, group="leaders"),
    )
    assert found.perceived.question("a").percent == 0
    assert found.groups["leaders"].perceived.question("a").percent == 100


def test_a_unit_shows_its_staff():
    framework = example()
    found = make_release(
        framework,
        make_sheet(framework, {"a": 1}, unit="North"),
        make_sheet(framework, {"a": 5}, unit="North", group="leaders"),
        make_sheet(framework, {"a": 3}, unit="South"),
    )
    assert found.units["North"].perceived.question("a").percent == 0
    assert found.units["South"].perceived.question("a").percent == 50
    assert found.units["North"].answered == 2


def test_can_t_judge_is_reported_beside_the_mean():
    found = perceived(example(), {"a": 4}, {"a": UNKNOWN}).question("a")
    assert (found.n, found.unknown) == (1, 1)
    assert found.cannot_judge_share == Fraction(1, 2)


answers = st.sampled_from([1, 2, 3, 4, 5, UNKNOWN, NA, NOT_ANSWERED])
people = st.lists(st.fixed_dictionaries(dict.fromkeys("abcd", answers)), min_size=0, max_size=12)


def as_sheets(framework: Framework, given: list[dict[str, int]]) -> list[Sheet]:
    units = ("North", "South", None)
    return [
        make_sheet(
            framework,
            each,
            unit=units[place % 3],
            group=("staff", "leaders")[place % 4 == 0],
            name=f"p{place}",
        )
        for place, each in enumerate(given)
    ]


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(given, random):
    framework = example()
    sheets = as_sheets(framework, given)
    shuffled = sheets.copy()
    random.shuffle(shuffled)
    first, second = (
        make_release(framework, *each, invited={(None, "staff"): 12, (None, "leaders"): 4})
        for each in (sheets, shuffled)
    )
    assert first == second


@given(people, st.sampled_from("abcd"), st.sampled_from([UNKNOWN, NA, NOT_ANSWERED]))
def test_giving_no_value_never_changes_another_item(given, key, way_out):
    """Somebody more who answers everything but one question moves that item by nothing."""
    framework = example()
    sheets = as_sheets(framework, given)
    more = make_sheet(framework, dict.fromkeys("abcd", 3) | {key: way_out}, name="new")
    without = replace(more, values=more.with_values(framework, {key: NOT_ANSWERED}).values)
    changed = make_release(framework, *sheets, more).perceived
    same = make_release(framework, *sheets, without).perceived
    own = framework.slots[framework.position[key]].item.id
    for item in framework.items:
        assert changed.item(item.id).percent == same.item(item.id).percent
        if item.id != own:
            assert changed.item(item.id) == same.item(item.id)


@given(people)
def test_every_figure_is_made_again_from_its_trace(given):
    framework = example()
    found = make_release(framework, *as_sheets(framework, given))
    scopes = [found.perceived]
    scopes += [each.perceived for each in (*found.groups.values(), *found.units.values())]
    for seen in scopes:
        parts: list[Perceived | PartPerceived | QuestionPerceived] = [seen, *seen.categories]
        for part in (*parts, *seen.items, *seen.questions):
            for figure, trace in part.traces.items():
                assert trace.value == getattr(part, figure)

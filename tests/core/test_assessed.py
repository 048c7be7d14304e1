"""Assessed maturity: points, bands, levels, grades and what several judges come to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.assessed import Assessed, BandReached, PointsAssessed
from assessment.core.assessed_items import ItemAssessed
from assessment.core.framework import Bands, Framework, Scoring
from assessment.core.scales import Attribute, Level, Scale
from assessment.core.sheet import NOT_ANSWERED
from tests.factories import (
    CONFORMITY,
    LEVEL,
    MET,
    NA,
    PERCENT,
    UNKNOWN,
    judged,
    make_framework,
    make_item,
    make_release,
    make_sheet,
)

RESULTS = Scale("results", "percent", ranges=PERCENT.ranges)
CHECKLIST = Scale("documents", "met", levels=(Level(1, "all there"),))

POINTS = {
    "1.1": 65, "1.2": 50, "2.1": 45, "2.2": 45, "3.1": 40, "3.2": 45, "4.1": 45, "4.2": 45,
    "5.1": 40, "5.2": 45, "6.1": 40, "6.2": 45, "7.1": 120, "7.2": 80, "7.3": 80, "7.4": 80,
    "7.5": 90,
}  # fmt: skip
PROCESS_LIMITS = (150, 200, 260, 320, 370, 430, 480, 550)
RESULTS_LIMITS = (125, 170, 210, 255, 300, 345, 390, 450)


def seventeen() -> Framework:
    """The shape of a framework of 550 process and 450 results points."""
    return make_framework(
        *(
            make_item(key, points=points, judge=RESULTS if key.startswith("7") else PERCENT)
            for key, points in POINTS.items()
        ),
        bands=[bands("process", PROCESS_LIMITS), bands("results", RESULTS_LIMITS)],
    )


def bands(of: str, limits: tuple[int, ...] = (), starts: tuple[int, ...] = ()) -> Bands:
    labels = tuple(f"band {number}" for number in range(1, len(limits or starts) + 1))
    return Bands(of, labels, tuple(map(Fraction, limits)), tuple(map(Fraction, starts)))


def assessed(framework: Framework, *sheets) -> Assessed:
    return make_release(framework, *sheets).assessed


def reached(found: Assessed) -> dict[str, int | None]:
    return {band.of: band.band for band in found.bands}


def test_half_everywhere_is_five_hundred_points_and_band_four_twice():
    framework = seventeen()
    found = assessed(framework, judged(framework, dict.fromkeys(POINTS, 50)))
    assert found.total.points == 500
    assert found.total.possible == 1000
    assert {band.of: band.points for band in found.bands} == {"process": 275, "results": 225}
    assert reached(found) == {"process": 4, "results": 4}


def test_a_mixed_profile_keeps_quarters_and_rounds_only_for_the_band():
    framework = seventeen()
    percents = (55, 45, 50, 40, 60, 55, 45, 40, 50, 45, 55, 35, 45, 50, 40, 35, 45)
    found = assessed(framework, judged(framework, dict(zip(POINTS, percents, strict=True))))
    assert [float(category.points or 0) for category in found.categories] == [
        58.25, 40.5, 48.75, 38.25, 40.25, 37.75, 194.5,
    ]  # fmt: skip
    assert found.item("1.1").points == Fraction("35.75")
    assert found.total.points == Fraction("458.25")
    assert {band.of: band.points for band in found.bands} == {
        "process": Fraction("263.75"),
        "results": Fraction("194.5"),
    }
    assert reached(found) == {"process": 4, "results": 3}


@pytest.mark.parametrize(
    ("percent", "band"), [(0, 1), (30, 1), (35, 2), (40, 3), (45, 3), (50, 4), (100, 8)]
)
def test_limits_of_bands_are_inclusive(percent, band):
    framework = make_framework(
        make_item("1.1", points=500),
        bands=[bands("total", (150, 175, 225, 250, 300, 350, 400, 500))],
    )
    assert reached(assessed(framework, judged(framework, {"1.1": percent})))["total"] == band


def test_lower_bounds_of_bands_are_exact_and_below_the_first_is_band_zero():
    framework = make_framework(
        make_item("1.1", points=999), bands=[bands("total", starts=(300, 400, 500))]
    )
    for percent, band in ((0, 0), (30, 0), (35, 1), (40, 1), (45, 2), (100, 3)):
        assert reached(assessed(framework, judged(framework, {"1.1": percent})))["total"] == band


def test_a_total_that_misses_an_item_is_partial_and_has_no_band():
    framework = seventeen()
    percents = dict.fromkeys(POINTS, 50)
    del percents["4.1"]
    found = assessed(framework, judged(framework, percents))
    assert found.item("4.1").state == "not scored"
    assert found.item("4.1").points is None
    assert (found.total.complete, found.total.possible) == (False, 955)
    assert found.total.points == Fraction("477.5")
    assert found.total.percent == 50
    assert reached(found) == {"process": None, "results": 4}


def test_what_does_not_apply_leaves_the_possible_points_and_the_sum_is_complete():
    framework = make_framework(make_item("1.1", points=60), make_item("1.2", points=40))
    found = assessed(framework, make_sheet(framework, {"1.1": 50, "1.2": NA}, group="assessors"))
    assert found.item("1.2").state == "not applicable"
    assert (found.total.points, found.total.possible, found.total.complete) == (30, 60, True)


def test_everything_not_applicable_divides_by_nothing():
    framework = make_framework(make_item("1.1"), make_item("1.2"))
    found = assessed(framework, make_sheet(framework, {"1.1": NA, "1.2": NA}, group="assessors"))
    assert found.total.state == "not applicable"
    assert found.total.percent is None


def test_several_judges_give_the_median_marked_provisional():
    framework = make_framework(make_item("1.1", points=65))
    sheets = [judged(framework, {"1.1": value}) for value in (30, 70, 45, 50)]
    found = assessed(framework, *sheets).item("1.1")
    assert found.percent == Fraction("47.5")
    assert (found.provisional, found.judges) == (True, 4)
    assert found.points == Fraction("30.875")


def test_one_judge_is_that_judgement():
    framework = make_framework(make_item("1.1"))
    found = assessed(framework, judged(framework, {"1.1": 35})).item("1.1")
    assert (found.percent, found.provisional, found.judges) == (35, False, 1)


def test_a_consensus_replaces_all_judgements_of_its_item():
    framework = make_framework(make_item("1.1"), make_item("1.2"))
    found = assessed(
        framework,
        judged(framework, {"1.1": 20, "1.2": 20}),
        judged(framework, {"1.1": 40, "1.2": 40}),
        judged(framework, {"1.1": 70}, group="consensus"),
    )
    assert (found.item("1.1").percent, found.item("1.1").provisional) == (70, False)
    assert (found.item("1.2").percent, found.item("1.2").provisional) == (30, True)


def test_a_consensus_is_no_person_who_answered():
    framework = make_framework(make_item("1.1"))
    agreed = judged(framework, {"1.1": 70}, group="consensus")
    found = make_release(framework, judged(framework, {"1.1": 20}), agreed)
    assert found.answered == 1
    assert set(found.groups) == {"assessors"}


def test_an_item_applies_as_long_as_one_judge_judges_it():
    framework = make_framework(make_item("1.1"))
    waiver = make_sheet(framework, {"1.1": NA}, group="assessors")
    found = assessed(framework, waiver, judged(framework, {"1.1": 40})).item("1.1")
    assert (found.state, found.percent, found.judges) == ("scored", 40, 1)
    assert assessed(framework, waiver, waiver).item("1.1").state == "not applicable"


def test_a_waived_item_stays_waived_until_it_is_judged():
    framework = make_framework(make_item("1.1"))
    waived = make_sheet(framework, {}, group="assessors", waived=["1.1"])
    assert assessed(framework, waived).item("1.1").state == "not applicable"


def test_attributes_inform_a_judgement_and_never_compute_it():
    framework = make_framework(make_item("1.1"))
    found = assessed(framework, judged(framework, {"1.1/approach": 80, "1.1/deployment": 60}))
    assert found.item("1.1").state == "not scored"


RADAR = Scale(
    "radar",
    "percent",
    step=10,
    attributes=tuple(Attribute(key, key) for key in ("sound", "b", "c", "d", "e", "f")),
    ranges=PERCENT.ranges,
    cap="sound",
)


def part(points: int) -> Framework:
    return make_framework(
        make_item("4.1", points=points, judge=RADAR), scoring=Scoring(item="mean")
    )


@pytest.mark.parametrize(
    ("attributes", "points", "percent", "won"),
    [((60, 50, 70, 40, 50, 30), 50, 50, 25), ((30, 60, 50, 50, 40, 40), 20, 30, 6)],
)
def test_the_mean_of_attributes_may_not_exceed_the_governing_one(attributes, points, percent, won):
    framework = part(points)
    keys = ("sound", "b", "c", "d", "e", "f")
    given = {f"4.1/{key}": value for key, value in zip(keys, attributes, strict=True)}
    found = assessed(framework, judged(framework, given)).item("4.1")
    assert (found.percent, found.points) == (percent, won)


def test_a_direct_judgement_beats_the_attributes():
    framework = part(50)
    found = assessed(framework, judged(framework, {"4.1": 70, "4.1/sound": 10, "4.1/b": 20}))
    assert found.item("4.1").percent == 70


def test_each_judge_is_averaged_and_capped_before_judges_meet():
    framework = part(50)
    first = judged(framework, {"4.1/sound": 10, "4.1/b": 90})
    second = judged(framework, {"4.1/sound": 60, "4.1/b": 40})
    assert assessed(framework, first, second).item("4.1").percent == 30


def test_the_weakest_link_is_the_smallest_attribute():
    framework = make_framework(make_item("4.1", judge=RADAR), scoring=Scoring(item="weakest link"))
    given = {"4.1/sound": 60, "4.1/b": 20, "4.1/c": 90}
    assert assessed(framework, judged(framework, given)).item("4.1").percent == 20


def test_what_a_rule_makes_of_attributes_is_as_complete_as_they_are():
    framework = make_framework(make_item("4.1", judge=RADAR), scoring=Scoring(item="weakest link"))
    given = {"4.1/sound": 60, "4.1/b": 20, "4.1/c": 90}
    assert assessed(framework, judged(framework, given)).item("4.1").completeness == Fraction(1, 2)
    whole = given | {"4.1/d": 50, "4.1/e": 50, "4.1/f": 50}
    assert assessed(framework, judged(framework, whole)).item("4.1").completeness == 1


def test_a_direct_judgement_is_complete_without_attributes():
    framework = part(50)
    assert assessed(framework, judged(framework, {"4.1": 70})).item("4.1").completeness == 1


COUNTS = (2, 3, 3, 2, 2)


def climbing() -> Framework:
    return make_framework(
        make_item("5.2", points=None, judge=MET, criteria=COUNTS),
        scoring=Scoring(item="cumulative", total="none"),
    )


def met(*numbers: int) -> dict[str, int]:
    """Criteria answers: at each level so many met, the others not."""
    return {
        f"5.2-{level}{'abcd'[place]}": int(place < number)
        for level, (number, count) in enumerate(zip(numbers, COUNTS, strict=True), start=1)
        for place in range(count)
    }


@pytest.mark.parametrize(
    ("numbers", "level"),
    [
        ((2, 3, 2, 1, 0), 2),
        ((2, 3, 3, 2, 1), 4),
        ((1, 3, 3, 2, 2), 0),
        ((2, 3, 3, 2, 2), 5),
        ((2, 2, 3, 2, 2), 1),
    ],
)
def test_one_criterion_that_is_not_met_stops_the_climb(numbers, level):
    framework = climbing()
    found = assessed(framework, judged(framework, met(*numbers))).item("5.2")
    assert (found.state, found.level) == ("scored", level)


@pytest.mark.parametrize("way_out", [UNKNOWN, NOT_ANSWERED])
def test_what_nobody_can_judge_makes_the_level_not_determined_and_never_lower(way_out):
    framework = climbing()
    open_at_two = met(2, 3, 3, 2, 2) | {"5.2-2b": way_out}
    found = assessed(framework, judged(framework, open_at_two)).item("5.2")
    assert (found.state, found.level) == ("not determined", None)


def test_a_no_decides_a_level_even_beside_a_can_t_judge():
    framework = climbing()
    given = met(2, 3, 3, 2, 2) | {"5.2-2b": UNKNOWN, "5.2-2c": 0}
    assert assessed(framework, judged(framework, given)).item("5.2").level == 1


def test_criteria_that_do_not_apply_drop_out():
    framework = climbing()
    given = met(2, 3, 2, 2, 2) | {"5.2-3c": NA}
    assert assessed(framework, judged(framework, given)).item("5.2").level == 5


def test_several_judges_of_a_level_meet_at_the_lower_middle():
    framework = climbing()
    sheets = [
        judged(framework, met(*numbers))
        for numbers in ((2, 3, 2, 0, 0), (2, 3, 3, 2, 1), (2, 3, 3, 2, 2), (2, 3, 3, 0, 0))
    ]
    found = assessed(framework, *sheets).item("5.2")
    assert (found.level, found.provisional, found.judges) == (3, True, 4)


def test_a_model_without_a_total_gives_none():
    framework = climbing()
    found = assessed(framework, judged(framework, met(2, 3, 2, 1, 0)))
    assert found.total.state == "not applicable"
    assert found.total.points is None


def test_a_level_with_points_earns_its_share_of_them():
    framework = make_framework(make_item("1.1", points=40, judge=LEVEL))
    found = assessed(framework, judged(framework, {"1.1": 3})).item("1.1")
    assert (found.level, found.percent, found.points) == (3, 50, 20)


def clauses() -> Framework:
    return make_framework(
        *(make_item(key, points=None, judge=CONFORMITY) for key in ("4.1", "8.3", "9.2", "9.3")),
        scoring=Scoring(total="verdict", required=("9.2", "9.3")),
    )


CLEAN = {"4.1": "conforming", "8.3": "ofi", "9.2": "conforming", "9.3": "conforming"}


@pytest.mark.parametrize(
    ("grades", "verdict"),
    [
        (CLEAN, "no obstacle found in what was assessed"),
        (CLEAN | {"8.3": "minor"}, "minors open"),
        (CLEAN | {"8.3": "major"}, "not ready"),
        ({"4.1": "conforming", "9.2": "conforming", "9.3": "conforming"}, "not determined"),
        ({"4.1": "major"}, "not ready"),
        ({}, "not determined"),
    ],
)
def test_grades_come_to_a_verdict_and_never_to_an_average(grades, verdict):
    framework = clauses()
    assert assessed(framework, judged(framework, grades)).verdict == verdict


def test_a_required_clause_cannot_be_declared_not_applicable():
    framework = clauses()
    sheet = make_sheet(framework, {"4.1": 0, "8.3": 0, "9.2": NA, "9.3": 0}, group="assessors")
    assert assessed(framework, sheet).verdict == "not ready"


@pytest.mark.parametrize(
    ("grade", "verdict"),
    [(0, "no obstacle found in what was assessed"), (2, "minors open"), (None, "not determined")],
)
@pytest.mark.parametrize(
    ("ticked", "level"), [((1, 1), 1), ((1, 0), 0), ((1, UNKNOWN), None), ((), None)]
)
def test_a_checklist_beside_the_clauses_never_touches_the_verdict(grade, verdict, ticked, level):
    framework = make_framework(
        make_item("9.2", points=None, judge=CONFORMITY),
        make_item("D1", points=None, judge=CHECKLIST, criteria=(2,)),
        scoring=Scoring(total="verdict", required=("9.2",)),
    )
    given = dict(zip(("D1-1a", "D1-1b"), ticked, strict=False))
    given |= {} if grade is None else {"9.2": grade}
    found = assessed(framework, make_sheet(framework, given, group="assessors"))
    assert (found.verdict, found.item("D1").level) == (verdict, level)


def test_differing_grades_stand_at_the_most_severe_until_reconciled():
    framework = clauses()
    first, second = judged(framework, CLEAN), judged(framework, CLEAN | {"4.1": "minor"})
    found = assessed(framework, first, second)
    assert (found.item("4.1").level, found.item("4.1").provisional) == ("minor", True)
    agreed = judged(framework, {"4.1": "ofi"}, group="consensus")
    assert assessed(framework, first, second, agreed).item("4.1").level == "ofi"


steps = st.sampled_from([*range(0, 101, 5), UNKNOWN, NA, NOT_ANSWERED])
panels = st.lists(st.fixed_dictionaries(dict.fromkeys(POINTS, steps)), max_size=5)


@given(panels)
def test_every_figure_is_made_again_from_its_trace(panel):
    framework = seventeen()
    found = assessed(framework, *(make_sheet(framework, each, group="assessors") for each in panel))
    figures: list[PointsAssessed | ItemAssessed | BandReached] = [found.total, *found.categories]
    figures += [*found.items, *found.bands]
    for part_of in figures:
        for figure, trace in part_of.traces.items():
            assert trace.value == getattr(part_of, figure)


@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_judges_changes_nothing(panel, random):
    framework = seventeen()
    sheets = [make_sheet(framework, each, group="assessors") for each in panel]
    shuffled = sheets.copy()
    random.shuffle(shuffled)
    assert assessed(framework, *sheets) == assessed(framework, *shuffled)


@given(panels, st.sampled_from(sorted(POINTS)), steps)
def test_what_is_said_of_one_item_never_changes_another(panel, key, code):
    framework = seventeen()
    changed = [*panel[:-1], {**panel[-1], key: code}] if panel else []
    before = assessed(framework, *(make_sheet(framework, p, group="assessors") for p in panel))
    after = assessed(framework, *(make_sheet(framework, p, group="assessors") for p in changed))
    for item in framework.items:
        if item.id != key:
            assert before.item(item.id) == after.item(item.id)


def test_attributes_of_several_judges_stand_at_the_middle_one_and_compute_nothing():
    framework = make_framework(make_item("1.1", points=100))
    sheets = [
        judged(framework, {"1.1": 50, "1.1/approach": approach, "1.1/deployment": 20})
        for approach in (90, 40, 60)
    ]
    found = assessed(framework, *sheets, judged(framework, {"1.1": 50, "1.1/approach": 45}))
    item = found.item("1.1")
    assert item.attributes == {"approach": Fraction("52.5"), "deployment": 20}
    assert item.traces["attributes[approach]"].rule == "median"
    assert item.points == 50


def test_attributes_of_a_consensus_replace_those_of_its_judges():
    framework = make_framework(make_item("1.1"))
    judges = [judged(framework, {"1.1": 30, "1.1/approach": 30, "1.1/deployment": 10})] * 2
    agreed = judged(framework, {"1.1": 40, "1.1/approach": 55}, group="consensus")
    item = assessed(framework, *judges, agreed).item("1.1")
    assert item.attributes == {"approach": 55}
    assert item.traces["attributes[approach]"].rule == "consensus"


def test_an_attribute_that_nobody_could_judge_has_no_value():
    framework = make_framework(make_item("1.1"))
    item = assessed(framework, judged(framework, {"1.1": 30, "1.1/approach": UNKNOWN})).item("1.1")
    assert item.attributes == {}


def test_where_the_criteria_sum_no_categories_the_whole_may_still_have_points():
    scoring = Scoring(category="none")
    framework = make_framework(make_item("1.1"), make_item("2.1"), scoring=scoring)
    found = assessed(framework, judged(framework, {"1.1": 40, "2.1": 60}))
    assert [(part.points, part.percent, part.state) for part in found.categories] == [
        (None, None, "not applicable")
    ] * 2
    assert [part.completeness for part in found.categories] == [1, 1]
    assert found.total.points == 100

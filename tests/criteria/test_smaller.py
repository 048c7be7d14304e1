"""The ten smaller frameworks: structure against the facts of their models, and worked examples."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.core.assessed import Assessed, assess
from assessment.core.consensus import judgements
from assessment.core.framework import Framework, Item
from assessment.core.sheet import Sheet, blank_sheet
from assessment.core.tally import tally_sheets
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria

SMALLER = (
    "crosby-grid", "customer-focus", "deming-14-points", "deming-prize", "dmaic",
    "guru-approaches", "juran-trilogy", "pdca-habit", "quality-assurance", "stakeholders-loyalty",
)  # fmt: skip


@pytest.fixture(scope="module")
def frameworks() -> dict[str, Framework]:
    found = check_criteria([CRITERIA / f"{name}.yaml" for name in SMALLER])
    return {each.framework.id: each.framework for each in found if each.framework}


def judged(framework: Framework, *judges: dict[str, int]) -> Assessed:
    """What comes of one sheet of judgements for each judge."""
    sheets: list[Sheet] = [
        blank_sheet(framework, f"j{number}", "assessors").with_values(framework, values)
        for number, values in enumerate(judges)
    ]
    everybody = tally_sheets(framework, sheets).scope()
    return assess(framework, judgements(framework, sheets), everybody)


def places(item: Item) -> list[int]:
    """Where an item can stand and rise: every level or range but the highest, 0 on a met scale."""
    assert item.judge is not None
    if item.judge.ranges:
        return [described.start for described in item.judge.ranges][:-1]
    levels = [level.number for level in item.judge.levels]
    return ([0, *levels] if item.judge.answer == "met" else levels)[:-1]


def test_below_the_top_there_is_always_advice_and_every_item_says_what_would_show_it(frameworks):
    for framework in frameworks.values():
        for item in framework.items:
            assert set(places(item)) <= set(item.improve), f"{framework.id} {item.id}"
            assert len(item.evidence) >= 2, f"{framework.id} {item.id}"


def test_assessors_are_asked_about_every_item_and_told_what_to_look_for(frameworks):
    for framework in frameworks.values():
        for item in framework.items:
            asked = item.questions_of("assessors")
            assert asked, f"{framework.id} {item.id}"
            assert all(question.evidence for question in asked), f"{framework.id} {item.id}"
            assert not any(question.scale.is_scored for question in asked)


def test_only_the_deming_prize_has_points_and_none_has_a_total(frameworks):
    for framework in frameworks.values():
        has_points = any(item.points is not None for item in framework.items)
        assert has_points == (framework.id == "deming-prize")
        assert framework.scoring.total == "none"


# Crosby's grid

ROWS = ["management", "quality organisation", "problem", "cost", "improvement actions", "posture"]
STAGES = ["Uncertainty", "Awakening", "Enlightenment", "Wisdom", "Certainty"]


def test_the_grid_has_six_rows_on_five_named_stages(frameworks):
    grid = frameworks["crosby-grid"]
    assert len(grid.items) == len(ROWS)
    for item, row in zip(grid.items, ROWS, strict=True):
        assert row in item.title.lower()
        assert item.judge.answer == "stage"
        assert [level.number for level in item.judge.levels] == [1, 2, 3, 4, 5]
        assert [level.label for level in item.judge.levels] == STAGES
    texts = [level.text for item in grid.items for level in item.judge.levels]
    assert len(set(texts)) == 30


def test_the_row_on_cost_gives_reported_and_real_percent_of_sales(frameworks):
    levels = frameworks["crosby-grid"].scales["cost"].levels
    figures = [("fifth",), ("3", "18"), ("8", "12"), ("6.5", "8"), ("2.5",)]
    for level, wanted in zip(levels, figures, strict=True):
        words = level.text.replace(";", " ").replace(",", " ").rstrip(".").split()
        assert all(any(figure == word.rstrip(".") for word in words) for figure in wanted), words


@pytest.mark.parametrize(
    ("stages", "stands"),
    [((4,), 4), ((1, 2), 1), ((1, 5), 1), ((1, 2, 5), 2), ((1, 2, 3, 5), 2), ((3, 3, 4, 5, 5), 4)],
)
def test_of_several_judges_the_lower_middle_stage_stands(frameworks, stages, stands):
    found = judged(frameworks["crosby-grid"], *({"C3": stage} for stage in stages))
    assert found.item("C3").level == stands
    assert found.item("C3").provisional == (len(stages) > 1)


def test_stages_are_never_summed(frameworks):
    found = judged(frameworks["crosby-grid"], {f"C{row}": 5 for row in range(1, 7)})
    assert found.total.points is None
    assert all(category.points is None for category in found.categories)


# Deming's points and the prize

POINTS_OF_DEMING = [
    "purpose", "philosophy", "inspection", "price", "constantly", "train", "lead", "fear",
    "barriers", "slogans", "quotas", "pride", "education", "everyone",
]  # fmt: skip
KNOWLEDGE = ["system", "variation", "theory of knowledge", "psychology"]


def test_fourteen_points_stand_in_their_order_before_four_kinds_of_knowledge(frameworks):
    found = frameworks["deming-14-points"]
    points, knowledge = found.categories
    for item, word in zip(points.items, POINTS_OF_DEMING, strict=True):
        assert word in item.title.lower()
    for item, word in zip(knowledge.items, KNOWLEDGE, strict=True):
        assert word in item.title.lower()
    assert [item.id for item in points.items] == [f"D{number}" for number in range(1, 15)]
    assert all(len(item.judge.levels) == 4 for item in found.items)


PRIZE = {
    "A1": 100, "B1": 15, "B2": 15, "B3": 15, "B4": 15, "B5": 15, "B6": 15, "B7": 10, "C1": 100,
}  # fmt: skip


def test_the_prize_has_three_parts_of_a_hundred_points(frameworks):
    prize = frameworks["deming-prize"]
    assert {item.id: item.points for item in prize.items} == PRIZE
    assert [sum(item.points for item in part.items) for part in prize.categories] == [100] * 3
    areas = [area.id.split(".")[1] for item in prize.items for area in item.areas]
    assert areas == ["I", "II", "IV", "V"]


def test_uses_of_quality_management_are_seen_from_four_sides(frameworks):
    prize = frameworks["deming-prize"]
    assert [attribute.title for attribute in prize.scales["practice"].attributes] == [
        "Effectiveness", "Consistency", "Continuity", "Thoroughness",
    ]  # fmt: skip
    assert not prize.scales["effects"].attributes


@pytest.mark.parametrize(
    ("percents", "points", "band"),
    [
        ((70, 70, 70, 70, 70, 70, 70), Fraction(70), 2),
        ((70, 70, 70, 70, 70, 70, 65), Fraction("69.5"), 1),
        ((70, 60, 65, 55, 60, 75, 80), Fraction("65.75"), 1),
        ((75, 70, 70, 70, 70, 70, 65), Fraction("70.25"), 2),
        ((100, 100, 100, 100, 100, 100, 100), Fraction(100), 2),
        ((0, 0, 0, 0, 0, 0, 0), Fraction(0), 1),
    ],
)
def test_part_b_reaches_the_mark_at_seventy_exactly(frameworks, percents, points, band):
    values = {f"B{number}": percent for number, percent in enumerate(percents, start=1)}
    found = judged(frameworks["deming-prize"], values)
    [part] = [category for category in found.categories if category.id == "B"]
    [reached] = [each for each in found.bands if each.of == "B"]
    assert part.points == points
    assert reached.band == band


def test_no_part_of_the_prize_makes_up_for_another(frameworks):
    values = {"A1": 100, "C1": 100} | {f"B{number}": 65 for number in range(1, 8)}
    found = judged(frameworks["deming-prize"], values)
    assert {each.of: each.band for each in found.bands} == {"A": 2, "B": 1, "C": 2}
    assert found.total.points is None


# Projects, habits and teachers

GATES = {
    "D": ["suffers", "belongs", "goal", "sponsor"],
    "M": ["trust", "stand today", "stable"],
    "A": ["proven", "how much", "cleared"],
    "I": ["trial", "side effects", "who decides"],
    "C": ["who watches", "confirmed", "learnt"],
}


def test_each_of_the_five_phases_ends_in_a_gate_with_its_questions(frameworks):
    dmaic = frameworks["dmaic"]
    titles = [item.title for item in dmaic.items]
    assert titles == ["Define", "Measure", "Analyse", "Improve", "Control"]
    for item in dmaic.items:
        asked = [question.text.lower() for question in item.questions_of("assessors")]
        assert len(asked) == len(GATES[item.id])
        for text, subject in zip(asked, GATES[item.id], strict=True):
            assert subject in text
        assert [level.number for level in item.judge.levels] == [1, 2, 3, 4, 5]


def test_the_cycle_has_four_steps_and_a_team_climbs_four_levels(frameworks):
    pdca = frameworks["pdca-habit"]
    assert [item.id for item in pdca.items] == ["plan", "do", "check", "act"]
    assert all(len(item.levels) == 4 for item in pdca.items)


def test_juran_plans_controls_and_improves(frameworks):
    juran = frameworks["juran-trilogy"]
    assert {part.title: len(part.items) for part in juran.categories} == {
        "Planning": 3, "Control": 2, "Improvement": 3,
    }  # fmt: skip
    for item in juran.items:
        assert [len(level.criteria) for level in item.levels] == [2, 2, 2]


def test_the_teachers_are_ishikawa_feigenbaum_and_five_others(frameworks):
    gurus = frameworks["guru-approaches"]
    assert {part.title: len(part.items) for part in gurus.categories} == {
        "Ishikawa": 5, "Feigenbaum": 4, "Others": 5,
    }  # fmt: skip
    others = [item.about.split(":")[0] for item in gurus.categories[-1].items]
    assert others == ["Crosby", "Juran", "Shewhart", "Taguchi", "Shingo"]


# Customers, stakeholders, assurance

TOPICS = [
    "Needs", "Monitoring", "Tailoring", "Innovation", "Leaders living the service",
    "Customers as co-designers", "Fair terms",
]  # fmt: skip


def test_customer_focus_has_seven_topics_with_two_criteria_on_each_of_five_rungs(frameworks):
    focus = frameworks["customer-focus"]
    assert [item.title for item in focus.items] == TOPICS
    for item in focus.items:
        assert [len(level.criteria) for level in item.levels] == [2] * 5


GROUPS = [
    "Customers", "Employees", "Leaders", "Partners and suppliers", "Investors", "Communities",
]  # fmt: skip


def test_each_group_of_stakeholders_has_a_relationship_and_figures_that_it_drives(frameworks):
    found = frameworks["stakeholders-loyalty"]
    assert [group.title for group in found.categories] == GROUPS
    for group in found.categories:
        bond, figures = group.items
        assert (bond.judge.id, figures.judge.id) == ("bond", "figures")
        assert figures.drivers == (bond.id,)
        kinds = [text.split(":")[0] for text in figures.evidence]
        assert kinds[:2] == ["leading", "lagging"]


@pytest.mark.parametrize(
    ("parts", "percent"),
    [((80, 70, 30, 60), 30), ((50, 50, 50, 50), 50), ((100, 100, 100, 0), 0)],
)
def test_the_weakest_of_four_parts_decides_how_well_work_is_assured(frameworks, parts, percent):
    assurance = frameworks["quality-assurance"]
    assert len(assurance.items) == 11
    names = ["defined", "done", "proven", "improved"]
    given = {f"Q7/{name}": part for name, part in zip(names, parts, strict=True)}
    assert judged(assurance, given).item("Q7").percent == percent

"""The house of quality, each rule beside an example worked out by hand."""

from fractions import Fraction

from assessment.core.importance import HouseOfQuality, Requirement

MATRIX = {
    "A": {"X": 9, "Y": 3},
    "B": {"X": 1, "Y": 9, "Z": 3},
    "C": {"Y": 3, "Z": 9},
}


def house(*requirements: Requirement, relations=MATRIX) -> HouseOfQuality:
    return HouseOfQuality("h", "House", "1", "en", "", "small", requirements, relations)


def wants(name: str, importance: int, *more: str) -> Requirement:
    now, target, sales_point = map(Fraction, more or ("1", "1", "1"))
    return Requirement(name, name, Fraction(importance), now, target, sales_point)


def decimals(values, places=4):
    return [round(float(value), places) for value in values]


def test_importance_weighs_the_relations():
    found = house(wants("A", 5), wants("B", 3), wants("C", 4)).importance
    # Twelve weights in all; in percent of them the sums of 48, 54 and 45 are these.
    assert [each.value * 12 / 100 for each in found.values()] == [48, 54, 45]
    assert decimals((each.share * 100 for each in found.values()), 2) == [32.65, 36.73, 30.61]


def test_the_planning_matrix_changes_the_ranking():
    planned = house(
        wants("A", 5, "3", "4", "3/2"), wants("B", 3, "4", "4", "1"), wants("C", 4, "2", "4", "6/5")
    )
    assert decimals(each.weight for each in planned.requirements) == [10.0, 3.0, 9.6]
    assert decimals(100 * share for share in planned.relative.values()) == [
        44.2478, 13.2743, 42.4779,
    ]  # fmt: skip
    found = planned.importance
    assert decimals(each.value for each in found.values()) == [411.5044, 379.6460, 422.1239]
    assert decimals(100 * each.share for each in found.values()) == [33.9168, 31.2910, 34.7921]
    assert max(found.values(), key=lambda each: each.value).item == "Z"


def test_without_a_rating_a_requirement_keeps_its_importance():
    assert Requirement("A", "A", Fraction(4), target=Fraction(5)).weight == 4


def test_a_share_well_above_the_average_counts_three_and_one_well_below_counts_one():
    relations = {"A": {"X": 9, "Y": 3, "Z": 1}}
    found = house(wants("A", 5), relations=relations).importance
    assert {item: each.weight for item, each in found.items()} == {"X": 3, "Y": 2, "Z": 1}


def test_shares_close_to_each_other_say_that_all_matter_alike():
    found = house(wants("A", 5), wants("B", 3), wants("C", 4)).importance
    assert {each.weight for each in found.values()} == {2}


def test_a_requirement_that_nothing_serves_is_unmet():
    lone = house(wants("A", 5), wants("D", 1))
    assert lone.unmet == ("D",)

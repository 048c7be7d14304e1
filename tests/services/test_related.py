"""Related parts of other frameworks, from the crosswalks that come with Touchstone."""

from __future__ import annotations

import functools

import pytest

from assessment.catalogue.check import load_framework
from assessment.core.framework import Framework
from assessment.resources import CRITERIA
from assessment.services.companions import related_parts


@functools.cache
def shipped(file: str) -> Framework:
    return load_framework(CRITERIA / f"{file}.yaml")


def related(file: str, item: str) -> dict[str, str]:
    found = related_parts(shipped(file), item)
    return {str(each.related.to): each.related.strength for each in found}


def test_the_strongest_come_first_with_their_titles():
    framework = shipped("baldrige-2023")
    found = related_parts(framework, "3.2")
    ranks = ["strong", "partial", "thematic"]
    places = [ranks.index(each.related.strength) for each in found]
    assert places == sorted(places)
    assert all(each.title and each.framework and each.language for each in found)


@pytest.mark.parametrize(
    ("file", "item", "other", "strength"),
    [
        ("baldrige-2023", "6.1", "iso-9001-2015/8.3.4", "strong"),
        ("baldrige-2023", "6.1", "iso-9001-2015/8.7.1", "partial"),
        ("baldrige-2023", "7.1", "efqm-2025/7.1", "strong"),
        ("baldrige-2023", "1.1", "quality-principles/QMP2", "thematic"),
        ("baldrige-2023", "1.2", "iso-9001-2015/4.2", "thematic"),
        ("iso-9001-2015", "8.4.2", "baldrige-2023/6.2", "strong"),
        ("iso-9001-2015", "9.2.1", "iso-9004-2018/10.5", "partial"),
        ("efqm-2025", "3.2", "baldrige-2023/5.1", "strong"),
        ("tqm-principles", "T3", "deming-14-points/D13", "thematic"),
        ("crosby-grid", "C3", "baldrige-2023/4.1", "thematic"),
        ("deming-prize", "B3", "baldrige-2023/6", "thematic"),
    ],
)
def test_a_link_is_read_from_either_side(file, item, other, strength):
    assert related(file, item)[other] == strength


def test_what_belongs_to_nobody_else_is_linked_with_nothing():
    assert not {each for each in related("baldrige-2023", "6.1") if each.endswith("/8.5.3")}


@pytest.mark.parametrize("other", ["iso-9001-2015", "iso-9004-2018", "efqm-2025"])
def test_every_baldrige_item_has_a_counterpart_in_each_of_the_large_models(other):
    framework = shipped("baldrige-2023")
    for item in framework.items:
        assert {each.split("/")[0] for each in related("baldrige-2023", item.id)} >= {other}, (
            item.id
        )


def test_every_clause_of_requirements_but_one_is_linked_with_guidance_and_a_principle():
    framework = load_framework(CRITERIA / "iso-9001-2015.yaml")
    clauses = [item.id for item in framework.items if item.id[0].isdigit()]
    lone = [
        clause
        for clause in clauses
        if not {"iso-9004-2018", "quality-principles"}
        <= {each.split("/")[0] for each in related("iso-9001-2015", clause)}
    ]
    assert lone == ["7.1.1"]
    assert len(clauses) > 50

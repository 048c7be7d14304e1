"""The shipped crosswalk, profile and house of quality: complete, honest, linked with what is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.catalogue.check import Checked
from assessment.core.importance import HouseOfQuality
from assessment.core.reference import Profile
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria
from tests.shipped import COMPANIONS


@pytest.fixture(scope="module")
def checked() -> dict[str, Checked]:
    return {Path(each.path).stem: each for each in check_criteria([CRITERIA])}


@pytest.mark.parametrize("path", COMPANIONS, ids=lambda path: path.stem)
def test_nothing_shipped_leads_nowhere(checked, path):
    found = checked[path.stem]
    assert [str(problem) for problem in found.problems] == []
    assert found.companion is not None
    assert found.companion.id == path.stem


@pytest.mark.parametrize("path", COMPANIONS, ids=lambda path: path.stem)
def test_what_is_shipped_says_whose_words_these_are_and_what_is_in_doubt(checked, path):
    found = checked[path.stem].companion
    assert found is not None
    assert found.owner
    assert "own words" in found.notice
    assert found.doubts
    assert any(note.startswith(("[memory]", "[inferred]", "[convention]")) for note in found.notes)


def test_the_house_of_quality_says_that_it_is_made_up_and_looks_at_every_item(checked):
    found = checked["qfd-water-utility"].companion
    assert isinstance(found, HouseOfQuality)
    assert "made up" in found.title
    assert "made up" in found.notice
    framework = checked["baldrige-2023"].framework
    assert framework is not None
    assert set(found.items) == set(framework.item_by_id)
    assert found.unmet == ()
    assert {each.weight for each in found.importance.values()} == {1, 2, 3}


def test_the_only_profile_is_that_of_one_invented_organisation(checked):
    profiles = [each.companion for each in checked.values() if isinstance(each.companion, Profile)]
    [found] = profiles
    assert found.n == 1
    assert "invented" in found.source
    assert "invented" in found.sector
    assert "made up" in found.title

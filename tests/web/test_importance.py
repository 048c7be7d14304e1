"""Importance from customers' requirements, on the page of targets: shown first, then taken over."""

from __future__ import annotations

import io
import re

import pytest

from tests.web.installation import parse_strictly
from tests.web.results_made import close_with_results

WISHES = """\
kind: reference
of: requirements
id: wishes
title: What guests want
edition: First
language: en
framework: {framework}
requirements:
  - {{id: R1, text: It is there on time., importance: 5}}
  - {{id: R2, text: It works., importance: 1}}
relations:
  R1: {{1.1: 9}}
  R2: {{1.1: 1, 1.2: 1}}
"""


@pytest.fixture
def results(installation):
    return close_with_results(installation)


@pytest.fixture
def leader(installation):
    return installation.signed_in("leader")


def bring(installation, text, name="wishes.yaml"):
    answer = installation.signed_in("consultant").send(
        "/criteria", file=(io.BytesIO(text.encode()), name)
    )
    assert answer.status_code == 303, answer.text


def text_of(answer):
    return re.sub(r"\s+", " ", " ".join(parse_strictly(answer.text).itertext()))


def view_of(leader, results, item):
    page = leader.get(f"{results}/targets").text
    select = re.search(rf'<select id="importance-{item}".*?</select>', page, re.DOTALL)
    assert select is not None
    chosen = re.search(r'value="(\d?)" selected', select[0])
    return chosen[1] if chosen else ""


def test_without_a_file_the_page_says_how_to_get_one(leader, results):
    assert "/importance/requirements" in leader.get(f"{results}/targets").text
    said = text_of(leader.get(f"{results}/importance/requirements"))
    assert "There is no file of customers' requirements" in said


def test_what_follows_is_shown_first_and_changes_nothing(installation, leader, results):
    bring(installation, WISHES.format(framework="small-2026"))
    said = text_of(leader.get(f"{results}/importance/requirements"))
    assert "What guests want" in said
    assert "Customers have no vote of their own here." in said
    assert "97.9 3 most No view 2 much 3 most" in said
    assert "share, %" in said
    assert "%%" not in said
    assert view_of(leader, results, "1.1") == ""


def test_taken_over_it_is_one_leaders_view_and_no_more(installation, leader, results):
    bring(installation, WISHES.format(framework="small-2026"))
    leader.send(f"{results}/importance", **{"importance-1.2": "2"})
    answer = leader.send(f"{results}/importance/requirements", file="uploaded/wishes.yaml")
    assert (answer.status_code, answer.location) == (303, f"{results}/targets")
    assert (view_of(leader, results, "1.1"), view_of(leader, results, "1.2")) == ("3", "1")
    other = installation.signed_in("administrator")
    assert 'value="3" selected' not in other.get(f"{results}/targets").text


def test_requirements_on_another_framework_are_not_offered(installation, leader, results):
    bring(installation, WISHES.format(framework="elsewhere"))
    assert "What guests want" not in leader.get(f"{results}/importance/requirements").text
    for name in ("uploaded/wishes.yaml", "shipped/qfd-water-utility.yaml", "x"):
        answer = leader.send(f"{results}/importance/requirements", file=name)
        assert answer.status_code == 404


def test_only_who_sets_targets_takes_importance_over(installation, results):
    consultant = installation.signed_in("consultant")
    assert consultant.get(f"{results}/importance/requirements").status_code == 403
    assert consultant.send(f"{results}/importance/requirements").status_code == 403

"""What others reached, beside results: chosen by the reader, named with its source, no more."""

from __future__ import annotations

import io
import re

import pytest

from assessment.store.tables import Job
from tests.web.installation import parse_strictly
from tests.web.results_made import close_with_results

PROFILE = """\
kind: reference
of: profile
id: neighbours
title: Our neighbours
edition: First
language: en
framework: {framework}
source: A letter of theirs
sector: Works in the valley
n: 12
date: 2025-06
percents: {{1.1: 41.5, 1: 47.5, total: 46}}
"""
KEY = "uploaded/neighbours.yaml"


@pytest.fixture
def results(installation):
    return close_with_results(installation)


@pytest.fixture
def leader(installation):
    return installation.signed_in("leader")


def bring(installation, framework="small-2026"):
    file = io.BytesIO(PROFILE.format(framework=framework).encode()), "neighbours.yaml"
    assert installation.signed_in("consultant").send("/criteria", file=file).status_code == 303


def text_of(answer):
    said = re.sub(r"\s+", " ", " ".join(parse_strictly(answer.text).itertext()))
    return re.sub("[\u2066-\u2069]", "", said.replace("\N{NO-BREAK SPACE}", " "))


def test_a_reference_is_offered_with_its_source_and_shown_when_chosen(
    installation, leader, results
):
    assert "What others reached" in text_of(leader.get(f"{results}/reference"))
    bring(installation)
    offered = leader.get(f"{results}/reference")
    assert "Works in the valley" in text_of(offered)
    assert (
        f"reference={KEY.replace('/', '%2F')}" in offered.text or f"reference={KEY}" in offered.text
    )
    plain = text_of(leader.get(results))
    assert "47.5" not in plain
    assert "reference, %" not in plain
    beside = text_of(leader.get(f"{results}?reference={KEY}"))
    assert "reference, %" in beside
    assert "47.5" in beside
    assert "Reference: Works in the valley; source: A letter of theirs; n = 12; 2025-06." in beside


def test_it_stays_from_page_to_page_and_can_be_left(installation, leader, results):
    bring(installation)
    overview = leader.get(f"{results}?reference={KEY}").text
    [address] = set(re.findall(r'href="([^"]*/categories/1\?[^"]*)"', overview))
    category = leader.get(address.replace("&amp;", "&"))
    assert "41.5" in text_of(category)
    item = text_of(leader.get(f"{results}/items/1.1?reference={KEY}"))
    assert "41.5" in item
    assert "Without a reference" in leader.get(f"{results}/reference?reference={KEY}").text


def test_a_reference_is_in_no_released_figure(installation, leader, results):
    before = leader.get(f"{results}/release.json").text
    bring(installation)
    assert leader.get(f"{results}/release.json?reference={KEY}").text == before
    assert "neighbours" not in before


@pytest.mark.parametrize("key", ["uploaded/none.yaml", "shipped/crosswalk-excellence.yaml", "x"])
def test_what_is_no_reference_of_this_framework_is_not_there(installation, leader, results, key):
    assert leader.get(f"{results}?reference={key}").status_code == 404


def test_a_profile_of_another_framework_is_neither_offered_nor_shown(installation, leader, results):
    bring(installation, framework="elsewhere")
    assert "Works in the valley" not in leader.get(f"{results}/reference").text
    assert leader.get(f"{results}?reference={KEY}").status_code == 404


def test_the_chosen_reference_is_asked_for_on_paper_too(installation, leader, results):
    bring(installation)
    assert "source: A letter of theirs" in text_of(leader.get(f"{results}/reports?reference={KEY}"))
    asked = leader.send(f"{results}/reports?reference={KEY}", paper="a4", extent="board")
    assert asked.status_code == 303
    with installation.session() as session:
        [job] = session.query(Job).filter(Job.kind == "report").all()
        assert job.arguments["reference"]["sector"] == "Works in the valley"

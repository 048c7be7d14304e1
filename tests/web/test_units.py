"""The tree of units on its pages: added, renamed, moved, taken away while nothing uses it."""

from __future__ import annotations

import re

import pytest

from assessment.services.units import in_order, unit_tree
from tests.web.rounds import bring_criteria, open_round

BIDI = "\u202ereversed"


@pytest.fixture
def client(installation):
    return installation.signed_in("consultant")


def tree(installation):
    with installation.session() as session:
        nodes = in_order(unit_tree(session, installation.organisation.id))
        return {node.unit.name: (node.depth, str(node.unit.id)) for node in nodes}


def test_a_unit_is_added_below_another_and_twice_is_once(client, installation):
    ward = tree(installation)["Ward 3"][1]
    for _time in range(2):
        assert client.send("/units", name=" Night\nshift ", parent=ward).location == "/units"
    assert {name: depth for name, (depth, _id) in tree(installation).items()} == {
        "Ward 3": 1, "Night shift": 2,
    }  # fmt: skip
    page = client.get("/units").text
    assert "led by <bdi>Wanda Ward</bdi>" in page
    assert "not used yet" in page


def test_a_refused_unit_says_why_and_keeps_what_was_typed(client, installation):
    ward = tree(installation)["Ward 3"][1]
    client.send("/units", name="Night shift", parent=ward)
    night = tree(installation)["Night shift"][1]
    for path, fields, sentence in (
        ("/units", {"name": "", "parent": ""}, "This is needed"),
        ("/units", {"name": "x" * 201, "parent": ""}, "1 too many"),
        ("/units", {"name": "Ward 3", "parent": night}, "has this name already"),
        ("/units", {"name": "Kept!", "parent": "nowhere"}, "Choose one of the list"),
        (f"/units/{ward}", {"name": "Kept!", "parent": night}, "Choose one of the list"),
        (f"/units/{ward}", {"name": "Night shift", "parent": ""}, "has this name already"),
    ):
        answer = client.send(path, **fields)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert fields["name"] in answer.text
    assert len(tree(installation)) == 2


def test_a_unit_gets_another_name_and_place(client, installation):
    client.send("/units", name="Care", parent="")
    ward, care = (tree(installation)[name][1] for name in ("Ward 3", "Care"))
    assert client.send(f"/units/{ward}", name="Ward 4", parent=care).status_code == 303
    assert {name: depth for name, (depth, _id) in tree(installation).items()} == {
        "Care": 1, "Ward 4": 2,
    }  # fmt: skip
    assert "\u2003Ward 4</option>" in client.get("/units").text


def test_a_unit_that_is_used_stays_and_one_that_is_not_goes(client, installation):
    client.send("/units", name="Spare", parent="")
    open_round(
        client, bring_criteria(installation), "code,form,unit\n7,staff,Plant\n8,assessors,\n"
    )
    ward, spare, plant = (tree(installation)[name][1] for name in ("Ward 3", "Spare", "Plant"))
    for unit, words in ((ward, "led by Wanda Ward"), (plant, "results count by it")):
        page = client.get(f"/units/{unit}").text
        assert words in page
        assert "Remove the unit" not in page
        refused = client.send(f"/units/{unit}/remove")
        assert refused.status_code == 422
        assert words in refused.text
    assert client.send(f"/units/{spare}/remove").location == "/units"
    assert client.send(f"/units/{spare}/remove").status_code == 404
    assert set(tree(installation)) == {"Ward 3", "Plant"}


def test_a_unit_of_another_organisation_is_not_there(client, installation):
    ward = tree(installation)["Ward 3"][1]
    stranger = installation.signed_in("stranger")
    assert stranger.get(f"/units/{ward}").status_code == 404
    for path in ("", "/remove"):
        assert stranger.send(f"/units/{ward}{path}", name="Mine", parent="").status_code == 404
    assert stranger.send("/units", name="Mine", parent=ward).status_code == 422
    assert "<bdi>Ward 3" not in stranger.get("/units").text
    assert set(tree(installation)) == {"Ward 3"}


def test_without_units_the_page_says_how_they_arise(installation):
    page = installation.signed_in("stranger").get("/units").text
    assert "No unit yet" in page
    assert page.count('class="button"') == 1


@pytest.mark.parametrize("name", [BIDI, "<script>alert(1)</script>", "שלום World", "{{ 7*7 }}"])
def test_a_name_is_shown_as_typed_and_apart_from_its_neighbours(client, name):
    assert client.send("/units", name=name, parent="").status_code == 303
    page = client.get("/units").text
    assert "<script>alert" not in page
    assert re.search(r"<bdi>(&lt;script|\u202e|שלום|\{\{ 7)", page)

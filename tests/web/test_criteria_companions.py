"""Crosswalks, profiles and houses of quality: brought, listed, read; no cycle opens on them."""

from __future__ import annotations

import io

import pytest
from flask import render_template

from assessment.catalogue.check import load_framework
from assessment.resources import CRITERIA
from assessment.services.companions import MOST_RELATED
from assessment.web.criteria_companions import related_shown
from tests.catalogue.test_companions import CROSSWALK, FRAMEWORK, HOUSE, PROFILE
from tests.rounds import CRITERIA as SMALL
from tests.web.results_made import close_with_results


@pytest.fixture
def client(installation):
    return installation.signed_in("consultant")


def sent(text, name="own.yaml"):
    return io.BytesIO(text.encode()), name


def bring(client, **files):
    for name, text in files.items():
        answer = client.send("/criteria", file=sent(text, f"{name}.yaml"))
        assert answer.status_code == 303, answer.text


@pytest.fixture
def both(client):
    bring(
        client,
        ours=FRAMEWORK.format(name="ours", item="1.1"),
        theirs=FRAMEWORK.format(name="theirs", item="9.9"),
    )


def test_all_kinds_are_listed_and_only_frameworks_open_a_cycle(client, both):
    bring(client, bridge=CROSSWALK, neighbours=PROFILE, wishes=HOUSE)
    page = client.get("/criteria").text
    beside = page.partition("Beside the frameworks")[2]
    for words in ("Crosswalk", "Reference profile", "House of quality"):
        assert words in beside
    assert "What customers want" in beside
    offered = client.get("/cycles/new").text
    assert "uploaded/ours.yaml" in offered
    for name in ("bridge", "neighbours", "wishes", "qfd-water-utility"):
        assert f"/{name}.yaml" not in offered
    assert "no cycle" not in beside
    assert 'name="title"' not in client.get("/cycles/new?criteria=uploaded/wishes.yaml").text


def test_a_crosswalk_is_a_table_that_can_be_read_from_either_side(client, both):
    bring(client, bridge=CROSSWALK)
    page = client.get("/criteria/uploaded/bridge.yaml/page").text
    for words in (
        "1.1 Direction", "9.9 Direction", "Strong: same subject, same evidence", "Read both.",
        "evidence and comments may be taken over", "nothing is taken over",
        "Scores are never taken over", "P.1 What do you offer?",
    ):  # fmt: skip
        assert words in page
    other = client.get("/criteria/uploaded/bridge.yaml/page?of=theirs&to=ours").text
    assert other.index('scope="row"') < other.rindex("1.1 Direction")
    assert client.get("/criteria/uploaded/bridge.yaml/page?of=x&to=%3Cb%3E").status_code == 200


def test_a_profile_says_whose_figures_these_are(client, both):
    bring(client, neighbours=PROFILE)
    page = client.get("/criteria/uploaded/neighbours.yaml/page").text
    for words in ("Works in the valley", "A letter", "n = 12", "2025-06", "42.5", "The whole"):
        assert words in page


def test_a_house_of_quality_is_a_matrix_with_importance(client):
    page = client.get("/criteria/shipped/qfd-water-utility.yaml/page").text
    for words in ("My bill is right", "6.1 Work Processes", "15.6", "3 most", "1 little"):
        assert words in page


def test_a_link_that_leads_nowhere_among_the_files_here_is_refused(client, both):
    answer = client.send("/criteria", file=sent(CROSSWALK.replace("theirs/9.9", "theirs/9.7")))
    assert answer.status_code == 422
    assert "“theirs” has no “9.7”." in answer.text
    checked = client.send("/criteria", file=sent(HOUSE.replace("{1.1: 9}", "{2.1: 9}")), go="check")
    assert "“ours” has no “2.1”." in checked.text


def test_a_framework_that_is_not_here_is_only_remarked(client):
    bring(client, wishes=HOUSE)
    notes = client.get("/criteria/uploaded/wishes.yaml/notes").text
    assert "The framework “ours” is not among the files of this check" in notes
    assert "The file can be used" in notes
    assert client.get("/criteria/uploaded/wishes.yaml/page").status_code == 200


def test_of_a_framework_and_of_nothing_there_is_no_such_page(client, both):
    assert client.get("/criteria/uploaded/ours.yaml/page").status_code == 303
    assert client.get("/criteria/uploaded/none.yaml/page").status_code == 404


def test_markup_in_these_files_does_nothing(client):
    evil = "'<img src=x onerror=alert(1)>'"
    text = HOUSE.replace("What customers want", evil).replace("It works.", evil)
    bring(client, wishes=text)
    for address in ("/criteria", "/criteria/uploaded/wishes.yaml/page"):
        assert "<img src=x" not in client.get(address).text


def test_related_parts_stand_beside_an_item_folded_and_few(installation):
    """The item of a shipped framework; criteria that no crosswalk knows show nothing."""
    framework = load_framework(CRITERIA / "baldrige-2023.yaml")
    with installation.app.test_request_context():
        found = related_shown(framework, "6.1")
        assert len(found.lines) == MOST_RELATED
        assert found.more > 0
        assert {word for word, _part in found.lines} == {"strong"}
        page = render_template("criteria/related.html", related=found)
    assert page.index("<details") < page.index("Related in other frameworks")
    assert "4.4.1" in page
    assert "scores never carry over" in page


def test_criteria_that_no_crosswalk_knows_have_nothing_related(installation):
    results = close_with_results(installation)
    page = installation.signed_in("leader").get(f"{results}/items/1.1")
    assert page.status_code == 200
    assert "Related in other frameworks" not in page.text


def test_related_parts_stand_with_the_results_of_an_item(installation):
    text = SMALL.replace("id: small-2026", "id: baldrige-2023")
    results = close_with_results(installation, criteria=text)
    page = installation.signed_in("leader").get(f"{results}/items/1.1").text
    assert "Related in other frameworks" in page
    assert "ISO 9001" in page


def test_of_two_editions_it_is_said_what_became_of_each_part(client, both):
    bring(
        client, bridge=CROSSWALK.replace("    note: Read", "    change: reworded\n    note: Read")
    )
    page = client.get("/criteria/uploaded/bridge.yaml/page").text
    assert "<b>reworded</b>" in page
    assert "reworded Read both." not in page, "the word and the note are two things"
    assert page.count("Theirs – ") == 0, "two frameworks alone need no list of pairs"


def test_what_somebody_brought_stands_before_what_was_there(client, both):
    bring(client, wishes=HOUSE)
    page, _, beside = client.get("/criteria").text.partition("Beside the frameworks</h2>")
    assert page.index("ours.yaml") < page.index("comes with Touchstone")
    assert beside.index("wishes.yaml") < beside.index("comes with Touchstone")

"""Criteria files on their page: listed, taken along, brought, and what a check says about them."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from tests.rounds import CRITERIA
from tests.web.rounds import bring_criteria


@pytest.fixture
def client(installation):
    return installation.signed_in("consultant")


def sent(text, name="own.yaml"):
    return io.BytesIO(text if isinstance(text, bytes) else text.encode()), name


def test_files_are_listed_with_counts_and_minutes_and_can_be_taken_along(client, installation):
    bring_criteria(installation)
    page = client.get("/criteria").text
    for words in ("Small criteria", "2 categories", "3 items", "minute", "baldrige-2023.yaml"):
        assert words in page
    taken = client.get("/criteria/uploaded/small.yaml")
    assert taken.get_data(as_text=True) == CRITERIA
    assert taken.headers["Content-Disposition"] == 'attachment; filename="small.yaml"'
    assert client.get("/criteria/uploaded/none.yaml").status_code == 404
    assert client.get("/criteria/shipped/..%2Fpyproject.toml").status_code == 404


def test_a_good_file_is_checked_and_kept_and_a_check_alone_keeps_nothing(client):
    assert client.send("/criteria", file=sent(CRITERIA), go="check").status_code == 200
    assert "own.yaml" not in client.get("/criteria").text
    for _time in range(2):
        assert client.send("/criteria", file=sent(CRITERIA)).location == "/criteria"
    assert client.get("/criteria").text.count("<bdi>own.yaml</bdi>") == 1


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"kind: framework\n", b"a: &a [*a]\n", b"]" * 2000]
)
def test_a_bad_file_is_refused_with_notes(client, data):
    answer = client.send("/criteria", file=sent(data))
    assert answer.status_code == 422
    assert "Line " in answer.text
    assert "not kept" in answer.text
    assert "own.yaml" not in client.get("/criteria").text


def test_two_hundred_notes_are_shown_and_all_are_counted(client):
    many = CRITERIA + "".join(f"surplus{number}: 1\n" for number in range(500))
    answer = client.send("/criteria", file=sent(many), go="check")
    assert answer.text.count('class="place"') == 200
    assert "The first 200 of " in answer.text


def test_another_name_or_no_file_is_refused_beside_the_list(client):
    for fields in ({}, {"file": sent(CRITERIA, "own.txt")}, {"file": sent(CRITERIA, "")}):
        answer = client.send("/criteria", **fields)
        assert answer.status_code == 422
        assert "There is a problem" in answer.text


def test_a_path_in_a_name_and_markup_in_a_title_do_nothing(client):
    text = CRITERIA.replace("title: Small criteria", "title: '\"><img src=x onerror=alert(1)>'")
    assert client.send("/criteria", file=sent(text, "../../etc/own.yaml")).status_code == 303
    page = client.get("/criteria").text
    assert "<img src=x" not in page
    assert "<bdi>own.yaml</bdi>" in page


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 403), ("administrator", 403), ("nobody", 401)]
)
def test_only_a_consultant_brings_files(client, installation, who, status):
    somebody = installation.signed_in(who)
    assert somebody.send("/criteria", file=sent(CRITERIA)).status_code == status
    assert client.post("/criteria", data={"file": sent(CRITERIA)}).status_code == 400


def test_a_faulty_file_of_the_folder_is_listed_with_its_notes(client, installation, tmp_path):
    (tmp_path / "bad.yaml").write_text("kind: framework\n")
    settings = installation.app.config["TOUCHSTONE"]
    installation.app.config["TOUCHSTONE"] = replace(settings, criteria=tmp_path)
    assert "no cycle can be opened on it" in client.get("/criteria").text
    assert "Line " in client.get("/criteria/folder/bad.yaml/notes").text
    assert client.get("/cycles/new?criteria=folder/bad.yaml").status_code == 404

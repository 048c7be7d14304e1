"""The end of the way: looking over one's answers, handing them in, and what remains afterwards."""

from __future__ import annotations

import pytest
from flask import render_template_string

from tests.web.questionnaires import item_address, make_round


@pytest.fixture
def round_(installation):
    return make_round(installation)


def comment(client, words):
    given = {"comment:1.1-s1": words, "was:comment:1.1-s1": ""}
    assert client.send(item_address("1.1"), **given).status_code == 303


def test_who_reads_comments_is_said_where_there_are_some(round_):
    client, words = round_.enter("sam"), "with your name, to those who run this assessment"
    assert words not in client.get("/r/review").text
    comment(client, "Ask the night shift.")
    assert words in client.get("/r/review").text


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("named", "with your name, to those who run this assessment"),
        ("confidential", "without your name, to those who read the results"),
        ("anonymous", "Nobody is told whose they are"),
    ],
)
def test_each_mode_has_its_own_words_for_comments(installation, mode, words):
    page = (
        "{% from 'questionnaire/facts.html' import about_comments with context %}"
        "{{ about_comments(mode) }}"
    )
    with installation.app.test_request_context("/r/review"):
        said = render_template_string(page, mode=mode)
    assert words in said
    assert "names" in said


def test_what_is_open_is_listed_by_question_and_for_judges_by_item(round_):
    staff = round_.enter("sam").get("/r/review").text
    assert "5 questions still open" in staff
    assert "Leaders here act on our values." in staff
    judge = round_.enter("ann").get("/r/review").text
    assert "4 items still open" in judge
    assert judge.count("Answer this") == 4
    assert "Submit with 4 open" in judge


def test_after_submitting_every_way_leads_to_the_thanks_until_one_leaves(round_):
    client = round_.enter("sam")
    client.send("/r/submit", open="yes")
    for path in ("/r/parts", "/r/welcome"):
        assert client.get(path).location == "/r/thanks"
    thanks = client.get("/r/thanks").text
    assert "until you leave here" in thanks
    assert "come back by your link" not in thanks
    left = client.get(client.send("/r/leave").location).text
    assert "Your answers are in, and this browser shows them no more." in left
    assert "your link does" not in left


def test_leaving_before_that_says_that_the_link_leads_back(round_):
    client = round_.enter("sam")
    assert "your link does" in client.get(client.send("/r/leave").location).text

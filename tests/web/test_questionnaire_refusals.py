"""Refused forms of a questionnaire: each comes back with all that was typed, and what to do."""

from __future__ import annotations

import pytest

from assessment.store.faults import Busy, NoRoom
from assessment.web import questionnaire_item
from tests.web.installation import parse_strictly
from tests.web.questionnaires import item_address, make_round, was_of

TYPED = {"answer:1.1-s1": "4", "comment:1.1-s1": "What I typed.", "mark:1.1": "yes"}
PAGE = item_address("1.1")


@pytest.fixture
def round_(installation):
    return make_round(installation)


def with_typed(client, path=PAGE, **typed):
    """The form of a page as somebody has filled it in, seal included."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    hidden = {
        each.get("name"): each.get("value", "")
        for each in parse_strictly(page.text).iter("input")
        if each.get("type") == "hidden" and each.get("name") != "why"
    }
    return {**hidden, **typed}


def holds_all(answer):
    """Whether the page has everything of TYPED in its fields, and its own words for it."""
    tree = parse_strictly(answer.text)
    chosen = {
        (each.get("name"), each.get("value"))
        for each in tree.iter("input")
        if each.get("checked") is not None
    }
    texts = {each.get("name"): (each.text or "").strip() for each in tree.iter("textarea")}
    return (
        {("answer:1.1-s1", "4"), ("mark:1.1", "yes")} <= chosen
        and texts.get("comment:1.1-s1") == "What I typed."
        and "Leaders here act on our values." in answer.text
    )


@pytest.mark.parametrize("seal", ["", "of another session"])
def test_a_page_with_a_wrong_seal_comes_back_filled_in_and_can_be_sent_again(round_, seal):
    client = round_.enter("sam")
    form = with_typed(client, **TYPED)
    answer = client.post(PAGE, data={**form, "csrf_token": seal})
    assert answer.status_code == 400
    assert "All you typed is here; send it again." in answer.text
    assert holds_all(answer)
    assert round_.filling("sam").version == 0
    again = client.send(PAGE, **{**was_of(answer.text), **TYPED})
    assert again.status_code == 303
    assert round_.filling("sam").shown("1.1-s1", "comment") == "What I typed."


def test_a_page_from_before_one_came_in_anew_comes_back_filled_in(round_, installation):
    client = round_.enter("sam")
    form = with_typed(client, **TYPED)
    client.send("/r/", code=round_.passes["sam"])
    client.get("/r/device")
    client.send("/r/device", shared="no")
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 400
    assert holds_all(answer)


def test_what_another_site_sends_is_never_shown(round_):
    client = round_.enter("sam")
    form = {**with_typed(client, **TYPED), "csrf_token": ""}
    answer = client.post(PAGE, data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert "What I typed." not in answer.text


def test_a_browser_that_lost_its_cookie_keeps_the_text_until_the_link_was_opened(round_):
    client = round_.enter("sam")
    form = with_typed(client, **TYPED)
    client.delete_cookie("touchstone")
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 401
    assert "open your link in another tab" in answer.text
    waiting = {
        each.get("name"): each.get("value") or each.text or ""
        for kind in ("input", "textarea")
        for each in parse_strictly(answer.text).iter(kind)
    }
    client.get("/r/")
    client.send("/r/", code=round_.passes["sam"])
    client.get("/r/device")
    client.send("/r/device", shared="no")
    assert client.post(PAGE, data=waiting).status_code == 303
    filling = round_.filling("sam")
    assert filling.shown("1.1-s1") == "4"
    assert filling.shown("1.1-s1", "comment").strip() == "What I typed."


def test_a_page_of_somebody_else_goes_on_nobody_s_sheet(round_):
    client = round_.enter("sam")
    form = with_typed(client, **TYPED)
    client.send("/r/leave")
    client.get("/r/")
    client.send("/r/", code=round_.passes["lea"])
    client.get("/r/device")
    client.send("/r/device", shared="no")
    client.get(PAGE)
    for seal in (form["csrf_token"], client.seal):
        answer = client.post(PAGE, data={**form, "csrf_token": seal})
        assert answer.status_code == 409
        assert "Somebody else is signed in here now" in answer.text
        assert "What I typed." in answer.text
    assert round_.filling("lea").version == 0


def test_a_page_that_is_too_large_comes_back_whole(round_):
    client = round_.enter("sam")
    long = "x" * 2_200_000
    form = with_typed(client, **{**TYPED, "comment:1.1-s2": long})
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 413
    assert "shorten the longest text and send it again" in answer.text
    assert "2,190,000 characters too many" in answer.text
    assert holds_all(answer)
    assert long in answer.text
    assert round_.filling("sam").version == 0
    shorter = {**form, "comment:1.1-s2": "short"}
    assert client.post(PAGE, data=shorter).status_code == 303


def test_a_script_is_told_in_words_that_its_message_is_too_large(round_):
    client = round_.enter("sam")
    change = {"place": "1.1-s1", "kind": "comment", "shown": "", "value": "x" * 2_200_000}
    answer = client.put(
        "/r/answers", json={"changes": [change]}, headers={"X-CSRFToken": client.seal}
    )
    assert answer.status_code == 413
    assert "larger than this page takes" in answer.json["sentence"]


@pytest.mark.parametrize(
    ("fault", "words"), [(Busy, "the server is busy now"), (NoRoom, "no room left")]
)
def test_a_database_that_takes_nothing_gives_the_page_back(round_, monkeypatch, fault, words):
    client = round_.enter("sam")
    form = with_typed(client, **TYPED)

    def fail(*_arguments):
        raise fault

    monkeypatch.setattr(questionnaire_item, "save_answers", fail)
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert words in answer.text
    assert holds_all(answer)
    monkeypatch.undo()
    assert client.post(PAGE, data=form).status_code == 303


def test_the_key_factors_come_back_too(round_):
    client = round_.enter("lea")
    form = with_typed(client, "/r/key-factors", **{"text:P.1": "Care at home."})
    answer = client.post("/r/key-factors", data={**form, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "Care at home." in answer.text
    assert round_.filling("lea").version == 0


def test_other_forms_come_back_with_their_choice(round_):
    client = round_.enter("sam")
    for path, sent, words in (
        ("/r/device", {"shared": "yes"}, "Is this device shared?"),
        ("/r/submit", {"open": "yes"}, "Look over your answers"),
        ("/r/leave", {}, "Self-assessment 2026"),
        ("/r/", {"code": "a-code-that-was-typed"}, "a-code-that-was-typed"),
    ):
        answer = client.post(path, data={**sent, "csrf_token": "old"})
        assert answer.status_code == 400, path
        assert "Press the button again." in answer.text
        assert words in answer.text
    assert not round_.filling("sam").is_submitted
    assert client.get("/r/parts").status_code == 200, "and nobody has left"

"""What the script of a page sends, and every answer it may get."""

from __future__ import annotations

import pytest

from tests.databases import KINDS, counted_statements
from tests.rounds import close_cycle
from tests.web.questionnaires import item_address, make_round

DATABASES = KINDS


@pytest.fixture
def round_(installation):
    return make_round(installation)


def put(client, *changes, **headers):
    body = {
        "changes": [
            dict(zip(("place", "kind", "shown", "value"), change, strict=True))
            for change in changes
        ]
    }
    return client.put("/r/answers", json=body, headers={"X-CSRFToken": client.seal, **headers})


def test_a_change_is_kept_and_its_time_told(round_):
    client = round_.enter("sam")
    answer = put(client, ("1.1-s1", "answer", "", "4"))
    assert answer.status_code == 200
    assert answer.json["version"] == 1
    assert answer.json["at"] == "10:00", "on the clocks of the cycle: summer in London"
    assert round_.filling("sam").shown("1.1-s1") == "4"


def test_the_same_change_again_changes_nothing_more(round_):
    client = round_.enter("sam")
    versions = [put(client, ("1.1-s1", "answer", "", "4")).json["version"] for _ in range(5)]
    assert versions == [1, 1, 1, 1, 1]


def test_a_conflict_names_both_values_and_keeps_the_rest(round_):
    one, two = round_.enter("sam"), round_.enter("sam")
    put(one, ("1.1-s1", "answer", "", "5"), ("1.1-s1", "comment", "", "First."))
    answer = put(
        two,
        ("1.1-s1", "answer", "", "1"),
        ("1.1-s1", "comment", "", ""),
        ("1.2-s1", "answer", "", "2"),
    )
    assert answer.status_code == 409
    [conflict] = answer.json["conflicts"]
    assert conflict == {
        "place": "1.1-s1", "kind": "answer", "theirs": "5",
        "words": "strongly agree", "mine": "strongly disagree",
    }  # fmt: skip
    filling = round_.filling("sam")
    assert filling.shown("1.2-s1") == "2"
    assert filling.shown("1.1-s1", "comment") == "First.", "a stale empty field erases nothing"
    assert put(two, ("1.1-s1", "answer", "5", "1")).status_code == 200


@pytest.mark.parametrize("typed", ["nan", "inf", "-1", "101", "1e400", "4.0", "４", "yes", "na"])
def test_an_illegal_value_is_refused_by_place_in_words(round_, typed):
    client = round_.enter("sam")
    answer = put(client, ("1.1-s1", "answer", "", typed), ("1.2-s1", "answer", "", "3"))
    assert answer.status_code == 422
    [refused] = answer.json["refused"]
    assert (refused["place"], refused["kind"]) == ("1.1-s1", "answer")
    assert "is no answer to this" in refused["sentence"]
    assert round_.filling("sam").shown("1.2-s1") == "3"


def test_a_text_that_is_too_long_is_refused_with_how_much(round_):
    client = round_.enter("sam")
    answer = put(client, ("1.1-s1", "comment", "", "x" * 10_001))
    assert answer.status_code == 422
    assert "1 characters too many" in answer.json["refused"][0]["sentence"]
    assert put(client, ("1.1-s1", "comment", "", "x" * 10_000)).status_code == 200


def test_lone_surrogates_and_nul_are_dropped_and_the_rest_is_kept(round_):
    client = round_.enter("sam")
    raw = '{"changes":[{"place":"1.1-s1","kind":"comment","shown":"","value":"a\\ud800\\u0000b"}]}'
    answer = client.put(
        "/r/answers",
        data=raw,
        content_type="application/json",
        headers={"X-CSRFToken": client.seal},
    )
    assert answer.status_code == 200
    assert round_.filling("sam").shown("1.1-s1", "comment") == "ab"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (("9.9-s1", "answer", "", "4"), 404),
        (("1.1", "answer", "", "50"), 404),
        (("1.1", "waive", "", "yes"), 404),
        (("P.1", "text", "", "x"), 404),
        (("1.1-s1", "percent", "", "4"), 404),
        ((1, "answer", "", "4"), 400),
        (("1.1-s1", "answer", "", 4), 400),
    ],
)
def test_what_is_not_on_the_form_is_refused_and_nothing_is_kept(round_, change, status):
    client = round_.enter("sam")
    assert put(client, ("1.1-s1", "answer", "", "4"), change).status_code == status
    assert round_.filling("sam").version == 0
    assert put(client, ("1.1-s1", "answer", "", "4")).status_code == 200


def test_other_names_in_a_message_are_ignored(round_):
    client = round_.enter("sam")
    change = {
        "place": "1.1-s1", "kind": "answer", "shown": "", "value": "4",
        "respondent_id": str(round_.ids["lea"]), "percent": 100,
    }  # fmt: skip
    body = {"changes": [change], "cycle_id": "x"}
    answer = client.put("/r/answers", json=body, headers={"X-CSRFToken": client.seal})
    assert answer.status_code == 200
    assert round_.filling("lea").version == 0


def test_without_a_seal_nothing_is_kept(round_):
    client = round_.enter("sam")
    good, client.seal = client.seal, "wrong"
    assert put(client, ("1.1-s1", "answer", "", "4")).status_code == 400
    assert round_.filling("sam").version == 0
    client.seal = good
    assert put(client, ("1.1-s1", "answer", "", "4")).status_code == 200


def test_another_content_type_or_broken_json_is_refused(round_):
    client = round_.enter("sam")
    seal = {"X-CSRFToken": client.seal}
    plain = client.put("/r/answers", data='{"changes":[]}', content_type="text/plain", headers=seal)
    assert plain.status_code == 415
    for raw in ("[" * 100_000, '{"changes":NaN}', '{"changes":[],"changes":[]}', "[]", "{}"):
        answer = client.put("/r/answers", data=raw, content_type="application/json", headers=seal)
        assert answer.status_code == 400, raw[:20]
    twice = put(client, ("1.1-s1", "answer", "", "4"), ("1.1-s1", "answer", "", "5"))
    assert twice.status_code == 400


def test_a_session_that_has_ended_is_said_and_a_new_one_goes_on(round_, installation):
    client = round_.enter("sam", shared="yes")
    installation.clock.forward(minutes=31)
    lost = put(client, ("1.1-s1", "answer", "", "4"))
    assert lost.status_code == 401
    assert "Open your link again" in lost.json["sentence"]
    asked = {"Accept": "application/json"}
    assert client.get("/r/standing", headers=asked).status_code == 401
    client.get("/r/")
    client.send("/r/", code=round_.passes["sam"])
    standing = client.get("/r/standing", headers=asked).json
    assert standing["sheet"] == round_.ids["sam"].hex
    client.seal = standing["seal"]
    client.send("/r/device", shared="yes")
    assert put(client, ("1.1-s1", "answer", "", "4")).status_code == 200


def test_after_the_closing_or_the_submission_it_is_gone_with_how_many_are_kept(
    round_, installation
):
    sam, lea = round_.enter("sam"), round_.enter("lea")
    for client in (sam, lea):
        put(client, ("1.1-s1", "answer", "", "4"))
    lea.send("/r/submit", open="yes")
    assert put(lea, ("1.1-s1", "answer", "4", "5")).status_code == 410
    with installation.session() as session, session.begin():
        close_cycle(session, round_.cycle(session), installation.clock.now)
    late = put(sam, ("1.1-s1", "answer", "4", "5"))
    assert late.status_code == 410
    assert "The answer you gave before is kept" in late.json["sentence"]
    assert round_.filling("sam").shown("1.1-s1") == "4"
    assert put(sam, ("1.1-s1", "answer", "", "4")).status_code == 200, "it is kept already"


def test_a_save_of_everything_takes_four_statements(round_, engine):
    client = round_.enter("sam")
    changes = [
        ("1.1-s1", "answer", "", "4"),
        ("1.1-s2", "answer", "", "2"),
        ("1.1-s1", "comment", "", "Words."),
        ("1.2-s1", "comment", "", "More."),
        ("1.1", "mark", "", "yes"),
    ]
    with counted_statements(engine) as sent:
        assert put(client, *changes).status_code == 200
    assert len(sent) <= 4, sent


def test_a_judge_needs_a_reason_for_what_does_not_apply(round_):
    ann = round_.enter("ann")
    bare = put(ann, ("2.1-1a", "answer", "", "na"))
    assert bare.status_code == 422
    assert bare.json["refused"][0]["kind"] == "reason"
    good = put(ann, ("2.1-1a", "answer", "", "na"), ("2.1-1a", "reason", "", "Decided elsewhere"))
    assert good.status_code == 200
    assert 'value="na" checked' in ann.get(item_address("2.1")).text

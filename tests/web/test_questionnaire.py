"""The respondent's and the assessor's pages as plain forms: the whole way without a script."""

from __future__ import annotations

import csv
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from assessment.web.question_choices import choices_of, steps_of
from tests.databases import counted_statements
from tests.factories import PERCENT, make_framework, make_item
from tests.rounds import close_cycle
from tests.web.installation import parse_strictly
from tests.web.questionnaires import (
    eight_questions,
    item_address,
    make_round,
    small_criteria,
    was_of,
)


@pytest.fixture
def round_(installation):
    return make_round(installation)


def save(client, item_id, **given):
    """Send an item's page as it stands, with *given* by field name put in."""
    path = item_address(item_id)
    page = client.get(path)
    assert page.status_code == 200, page.text
    return client.send(path, **{**was_of(page.text), **given})


# The way in


def test_opening_a_link_uses_nothing_up_and_shows_a_start_button(round_, installation):
    client = installation.client()
    page = client.get("/r/")
    assert page.status_code == 200
    assert "Start" in page.text
    assert round_.filling("sam").respondent.started_at is None
    assert "respondent" not in str(client.get_cookie("touchstone"))


def test_the_way_from_the_link_to_thanks_without_a_script(round_):
    client = round_.enter("sam")
    welcome = client.get("/r/welcome").text
    for words in ("About 1 minute", "5 questions", "12 June 2026", "can see who said what"):
        assert words in welcome
    first = save(client, "1.1", **{"answer:1.1-s1": "4", "answer:1.1-s2": "unknown"})
    assert first.status_code == 303
    assert first.location == item_address("1.2")
    hub = client.get("/r/parts").text
    assert "2 of 3 answered" in hub
    assert "Continue with Leadership" in hub
    save(client, "1.2", **{"answer:1.2-s1": "5", "comment:1.2-s1": "Mostly.", "mark:1.2": "yes"})
    assert "Completed · 1 marked" in client.get("/r/parts").text
    save(client, "2.1", **{"answer:2.1-s1": "2"})
    review = client.get("/r/review").text
    assert (
        review.index("1 question still open")
        < review.index("Marked for review")
        < review.index("Mostly.")
    )
    named = client.send("/r/submit", open="")
    assert named.status_code == 422
    assert "One answer is still open" in named.text
    assert not round_.filling("sam").is_submitted
    assert client.send("/r/submit", open="yes").location == "/r/thanks"
    assert "What happens next" in client.get("/r/thanks").text
    assert "Mostly." in client.get("/r/copy").text
    rows = list(csv.reader(io.StringIO(client.get("/r/copy.csv").text.lstrip("\ufeff"))))
    assert [
        "Leadership",
        "Promises",
        "Promises are kept here.",
        "strongly agree",
        "Mostly.",
    ] in rows


def test_whoever_comes_back_lands_on_the_first_open_place(round_):
    save(round_.enter("sam"), "1.1", **{"answer:1.1-s1": "4", "answer:1.1-s2": "2"})
    again = round_.installation.client()
    again.get("/r/")
    again.send("/r/", code=round_.passes["sam"])
    again.get("/r/device")
    landed = again.send("/r/device", shared="no")
    assert landed.location == item_address("1.2")
    assert "Welcome back. 2 answers are saved." in again.get(landed.location).text


def test_a_shared_device_is_asked_about_first_and_must_be(round_, installation):
    client = installation.client()
    client.get("/r/")
    client.send("/r/", code=round_.passes["sam"])
    assert client.get("/r/parts").location == "/r/device"
    client.get("/r/device")
    assert client.send("/r/device", shared="").status_code == 422
    assert client.send("/r/device", shared="yes").location == "/r/welcome"
    page = client.get(item_address("1.1")).text
    assert 'data-shared="yes"' in page
    assert "Are you still there?" in page
    installation.clock.forward(minutes=31)
    assert client.get("/r/parts").location == "/r/?again=yes"


def test_a_device_of_ones_own_is_remembered_longer(round_, installation):
    client = round_.enter("sam")
    installation.clock.forward(minutes=31)
    assert client.get("/r/parts").status_code == 200


def test_a_shared_device_in_use_is_not_forgotten(round_, installation):
    client = round_.enter("sam", shared="yes")
    for _ in range(4):
        installation.clock.forward(minutes=20)
        assert client.get("/r/parts").status_code == 200


def test_leaving_makes_the_cookie_worthless(round_):
    client = round_.enter("sam")
    copied = client.get_cookie("touchstone").value
    assert client.send("/r/leave").location.startswith("/r/left")
    assert "You have left" in client.get("/r/left").text
    client.set_cookie("touchstone", copied)
    assert client.get("/r/parts").location == "/r/?again=yes"


# C58-C60: passes


def test_a_pass_that_opens_nothing_meets_the_same_page_whatever_the_reason(round_, installation):
    other = round_.enter("lea")
    other.send("/r/submit", open="yes")
    pages = []
    for code in ("nonsense", round_.passes["lea"]):
        client = installation.client()
        client.get("/r/")
        pages.append(client.send("/r/", code=code))
    with installation.session() as session, session.begin():
        close_cycle(session, round_.cycle(session), installation.clock.now)
    client = installation.client()
    client.get("/r/")
    pages.append(client.send("/r/", code=round_.passes["sam"]))
    assert {page.status_code for page in pages} == {422}
    plain = {page.text.replace(_seal(page.text), "") for page in pages}
    assert len(plain) == 1


def _seal(page):
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_guessing_passes_is_slowed_and_a_right_one_still_opens(round_, installation):
    client = installation.client()
    client.get("/r/")
    answers = [client.send("/r/", code=f"guess-{number}").status_code for number in range(120)]
    assert answers.count(422) == 100
    assert answers[-1] == 429
    assert client.send("/r/", code=round_.passes["sam"]).status_code == 303


def test_the_pass_is_in_no_page_address_or_log_after_use(round_, caplog):
    with caplog.at_level(logging.DEBUG):
        client = round_.enter("sam")
        pages = [client.get(path) for path in ("/r/welcome", "/r/parts", item_address("1.1"))]
    secret = round_.passes["sam"]
    assert not [page for page in pages if secret in page.text or secret in str(page.headers)]
    assert secret not in caplog.text
    assert "POST /r" in caplog.text, "or nothing would have been found in an empty log"


# Saving: refusals lose nothing


@pytest.mark.parametrize("typed", ["nan", "inf", "-1", "101", "1e400", "7", "４", "na", "0.5"])
def test_a_value_that_is_not_offered_is_refused_and_the_rest_is_kept(round_, typed):
    client = round_.enter("sam")
    answer = save(
        client, "1.1",
        **{"answer:1.1-s1": typed, "answer:1.1-s2": "1", "comment:1.1-s1": "Stays."},
    )  # fmt: skip
    assert answer.status_code == 422
    assert f"“{typed}” is no answer to this" in answer.text
    assert "Error:" in answer.text
    filling = round_.filling("sam")
    assert filling.shown("1.1-s1") == ""
    assert filling.shown("1.1-s2") == "1"
    assert filling.shown("1.1-s1", "comment") == "Stays."


def test_a_value_with_blanks_is_the_value(round_):
    client = round_.enter("sam")
    assert save(client, "1.1", **{"answer:1.1-s1": " 4 "}).status_code == 303
    assert round_.filling("sam").shown("1.1-s1") == "4"


def test_a_text_that_is_too_long_comes_back_whole_with_how_much(round_):
    client = round_.enter("sam")
    long = "ü" * 11_234
    answer = save(client, "1.1", **{"answer:1.1-s1": "4", "comment:1.1-s1": long})
    assert answer.status_code == 422
    assert "1,234 characters too many" in answer.text
    assert long in answer.text
    assert round_.filling("sam").shown("1.1-s1") == "4"
    was = was_of(answer.text)
    shorter = {**was, "answer:1.1-s1": "4", "comment:1.1-s1": "short"}
    assert client.send(item_address("1.1"), **shorter).status_code == 303
    assert round_.filling("sam").shown("1.1-s1", "comment") == "short"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ 7*7 }} ${7*7} {0.__class__}", "{{ 7*7 }} ${7*7} {0.__class__}"),
        ("a\x00b\x1fc", "abc"),
        ("   ", ""),
        ("one\r\ntwo", "one\ntwo"),
        ("🏳️‍🌈" * 500, "🏳️‍🌈" * 500),
        ("שלום and Latin " + "e\u0301" * 2_000, "שלום and Latin " + "é" * 2_000),
        ("\u202egnp.exe", "\u202egnp.exe"),
    ],
)  # fmt: skip
def test_text_is_kept_as_typed_and_shown_as_text(round_, typed, kept):
    client = round_.enter("sam")
    assert save(client, "1.1", **{"comment:1.1-s1": typed}).status_code == 303
    assert round_.filling("sam").shown("1.1-s1", "comment") == kept
    for path in (item_address("1.1"), "/r/review", "/r/copy"):
        tree = parse_strictly(client.get(path).text)
        inline = [each for each in tree.iter("script") if not each.get("src")]
        assert inline == []
        if kept:
            everything = "".join(tree.itertext())
            # What is not answered yet is listed as open, its comment beside it.
            assert kept in everything


def test_a_text_of_a_megabyte_is_refused_in_words_on_the_page(round_):
    client = round_.enter("sam")
    answer = save(client, "1.1", **{"answer:1.1-s1": "4", "comment:1.1-s1": "x" * 1_000_000})
    assert answer.status_code == 422
    assert "characters too many" in answer.text
    beyond = save(client, "1.1", **{"comment:1.1-s1": "x" * 2_200_000})
    assert beyond.status_code == 413


def test_hostile_titles_make_no_element(installation):
    bad = '"\\"><img src=x onerror=alert(1)><svg onload=alert(1)>"'
    made = make_round(
        installation, small_criteria(title=bad), title='"><img src=x onerror=alert(1)>'
    )
    client = made.enter("sam")
    for path in ("/r/welcome", "/r/parts", item_address("1.1"), "/r/review"):
        tree = parse_strictly(client.get(path).text)
        assert [each.get("src") for each in tree.iter("img") if each.get("src") == "x"] == []
        assert list(tree.iter("svg")) == []


def test_a_place_that_is_not_on_ones_form_is_not_there(round_):
    client = round_.enter("sam")
    assert client.get(item_address("9.9")).status_code == 404
    assert client.send(item_address("9.9"), **{"answer:9.9": "4"}).status_code == 404
    assert client.get("/r/key-factors").status_code == 404
    assert client.get(item_address("1.1")).status_code == 200
    # A judge's field on a page of one's own is no field of it.
    sent = save(client, "1.1", **{"answer:1.1": "50", "was:answer:1.1": "", "waive:1.1": "yes"})
    assert sent.status_code == 303
    assert round_.filling("sam").shown("1.1") == ""
    assert round_.filling("sam").version == 0


def test_fields_nobody_asked_for_change_nothing(round_):
    client = round_.enter("sam")
    save(
        client, "1.1",
        **{
            "answer:1.1-s1": "4", "respondent_id": str(round_.ids["lea"]),
            "cycle_id": "x", "percent": "100",
        },
    )  # fmt: skip
    assert round_.filling("sam").shown("1.1-s1") == "4"
    assert round_.filling("lea").version == 0


def test_two_tabs_show_both_values_and_overwrite_nothing_unseen(round_):
    one, two = round_.enter("sam"), round_.enter("sam")
    stale = was_of(two.get(item_address("1.1")).text)
    save(one, "1.1", **{"answer:1.1-s1": "5", "comment:1.1-s1": "From the first tab."})
    answer = two.send(
        item_address("1.1"),
        **{
            **stale,
            "answer:1.1-s1": "1",
            "comment:1.1-s1": "From the second tab.",
            "answer:1.1-s2": "2",
        },
    )
    assert answer.status_code == 409
    for words in ("strongly agree", "From the first tab.", "From the second tab."):
        assert words in answer.text
    filling = round_.filling("sam")
    assert filling.shown("1.1-s1") == "5"
    assert filling.shown("1.1-s2") == "2", "what did not collide is kept"
    chosen = {
        **was_of(answer.text),
        "answer:1.1-s1": "1",
        "comment:1.1-s1": "Both.",
        "answer:1.1-s2": "2",
    }
    assert two.send(item_address("1.1"), **chosen).status_code == 303
    assert round_.filling("sam").shown("1.1-s1", "comment") == "Both."


def test_a_stale_page_that_nobody_touched_takes_nothing_back(round_):
    one, two = round_.enter("sam"), round_.enter("sam")
    stale = was_of(two.get(item_address("1.1")).text)
    save(one, "1.1", **{"answer:1.1-s1": "5", "comment:1.1-s1": "Stays."})
    assert two.send(item_address("1.1"), **{**stale, "comment:1.1-s1": ""}).status_code == 303
    assert round_.filling("sam").shown("1.1-s1") == "5"
    assert round_.filling("sam").shown("1.1-s1", "comment") == "Stays."


def test_sending_a_page_twice_changes_nothing_more(round_):
    client = round_.enter("sam")
    page = {**was_of(client.get(item_address("1.1")).text), "answer:1.1-s1": "4"}
    first = client.send(item_address("1.1"), **page)
    second = client.send(item_address("1.1"), **page)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert round_.filling("sam").version == 1
    for _ in range(2):
        assert client.send("/r/submit", open="yes").location == "/r/thanks"


def test_a_page_sent_after_the_closing_is_told_so_with_what_is_kept(round_, installation):
    client = round_.enter("sam")
    save(client, "1.1", **{"answer:1.1-s1": "4"})
    page = was_of(client.get(item_address("1.2")).text)
    with installation.session() as session, session.begin():
        close_cycle(session, round_.cycle(session), installation.clock.now)
    answer = client.send(
        item_address("1.2"), **{**page, "answer:1.2-s1": "1", "comment:1.2-s1": "Late."}
    )
    assert answer.status_code == 410
    assert "The answer you gave before is kept" in answer.text
    assert "Late." in answer.text
    assert client.get(item_address("1.2")).location == "/r/parts"
    assert "has closed. Your 1 answer is kept." in client.get("/r/parts").text
    assert client.send("/r/submit", open="yes").status_code == 410


def test_a_page_sent_after_signing_out_comes_back_with_all_that_was_typed(round_):
    client = round_.enter("sam")
    page = was_of(client.get(item_address("1.1")).text)
    cookie = client.get_cookie("touchstone").value
    seal = client.seal
    client.send("/r/leave")
    client.set_cookie("touchstone", cookie)
    client.seal = seal
    answer = client.send(
        item_address("1.1"), **{**page, "answer:1.1-s1": "4", "comment:1.1-s1": "Typed."}
    )
    assert answer.status_code == 401
    assert "Typed." in answer.text
    assert 'name="answer:1.1-s1" value="4"' in answer.text


def test_the_cycle_of_last_year_is_shown_after_ones_own_answer(installation):
    before = make_round(installation, title="Last year")
    save(before.enter("sam"), "1.1", **{"answer:1.1-s1": "2"})
    now = make_round(installation, previous=before)
    page = now.enter("sam").get(item_address("1.1")).text
    assert "Your answer in the last cycle" in page
    assert page.count("fold previous") == 1


def test_a_page_sent_twice_at_once_is_saved_once(round_):
    client = round_.enter("sam")
    page = {**was_of(client.get(item_address("1.1")).text), "comment:1.1-s1": "Once."}
    twins = [round_.enter("sam") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda twin: twin.send(item_address("1.1"), **page), twins))
    assert {each.status_code for each in sent} == {303}
    assert round_.filling("sam").version == 1


def test_eight_tabs_with_other_texts_keep_one_and_are_told(round_):
    tabs = [round_.enter("sam") for _ in range(8)]
    page = was_of(tabs[0].get(item_address("1.1")).text)

    def send(number):
        return tabs[number].send(item_address("1.1"), **{**page, "comment:1.1-s1": f"Tab {number}"})

    with ThreadPoolExecutor(8) as pool:
        statuses = [each.status_code for each in pool.map(send, range(8))]
    assert sorted(statuses) == [303, *[409] * 7]
    assert round_.filling("sam").version == 1


# Leaders and judges


def test_a_leader_writes_the_key_factors_and_a_judge_reads_them(round_):
    lea = round_.enter("lea")
    page = was_of(lea.get("/r/key-factors").text)
    sent = lea.send("/r/key-factors", **{**page, "text:P.1": "Care at home."})
    assert sent.location == "/r/parts"
    assert "1 of 2 written" in lea.get("/r/parts").text
    judge = round_.enter("ann").get(item_address("1.1")).text
    assert "Care at home." in judge
    assert "Minutes of a review" in judge


def test_a_judge_gives_a_percent_attributes_and_notes(round_):
    ann = round_.enter("ann")
    page = ann.get(item_address("1.1")).text
    for words in ("First steps", "30–65 %", "Compare the ranges", "How is direction set?"):
        assert words in page
    sent = save(
        ann, "1.1",
        **{
            "answer:1.1": "45", "answer:1.1/approach": "50", "strength:1.1": "Clear.",
            "ofi:1.1": "One.\nTwo.", "evidence:1.1": "Plan", "text:1.1-a1": "Yearly.",
        },
    )  # fmt: skip
    assert sent.status_code == 303
    filling = round_.filling("ann")
    assert (filling.shown("1.1"), filling.shown("1.1/approach")) == ("45", "50")
    assert filling.shown("1.1", "ofi") == "One.\nTwo."
    refused = save(ann, "1.1", **{"answer:1.1": "47"})
    assert refused.status_code == 422


def test_the_level_reached_follows_from_its_criteria(round_):
    ann = round_.enter("ann")

    def reached():
        page = ann.get(item_address("2.1")).text
        return page.partition("data-reached>")[2].partition("<")[0]

    assert reached() == "Not determined yet"
    save(ann, "2.1", **{"answer:2.1-1a": "yes", "answer:2.1-1b": "yes", "answer:2.1-2a": "no"})
    assert reached() == "1 · Beginning"


def test_a_criterion_may_be_left_out_with_one_of_the_reasons_only(round_):
    ann = round_.enter("ann")
    bare = save(ann, "2.1", **{"answer:2.1-1a": "na"})
    assert bare.status_code == 422
    other = save(ann, "2.1", **{"answer:2.1-1a": "na", "reason:2.1-1a": "No time"})
    assert other.status_code == 422
    good = save(ann, "2.1", **{"answer:2.1-1a": "na", "reason:2.1-1a": "Decided elsewhere"})
    assert good.status_code == 303
    assert round_.filling("ann").shown("2.1-1a") == "na"


def test_a_whole_item_is_set_aside_with_a_reason_and_taken_back(round_):
    ann = round_.enter("ann")
    save(ann, "2.2", **{"answer:2.2": "minor"})
    assert save(ann, "2.2", **{"waive:2.2": "yes", "answer:2.2": "minor"}).status_code == 422
    aside = {"answer:2.2": "minor", "waive:2.2": "yes", "reason:2.2": "Decided elsewhere"}
    assert save(ann, "2.2", **aside).status_code == 303
    assert "set aside as not applicable" in ann.get(item_address("2.2")).text
    assert "2.2" in round_.filling("ann").sheet.not_applicable
    back = {"answer:2.2": "minor", "reason:2.2": "Decided elsewhere"}
    assert save(ann, "2.2", **back).status_code == 303
    assert round_.filling("ann").sheet.not_applicable == frozenset()
    assert round_.filling("ann").shown("2.2") == "minor"


# Budgets


def test_a_page_of_eight_questions_is_seen_and_saved_in_four_statements(installation, engine):
    client = make_round(installation, eight_questions()).enter("sam")
    client.get(item_address("1.0"))
    with counted_statements(engine) as seen:
        page = client.get(item_address("1.0"))
    assert page.text.count("<fieldset") == 8
    assert len(seen) <= 4, seen
    answers = {f"answer:1.0-s{number}": "4" for number in range(1, 9)}
    with counted_statements(engine) as saved:
        sent = client.send(
            item_address("1.0"), **{**was_of(page.text), **answers, "comment:1.0-s1": "Words."}
        )
    assert sent.status_code == 303
    assert len(saved) <= 4, saved
    print(f"statements: view {len(seen)}, save {len(saved)}; page {len(page.data)} bytes")


def test_a_judges_page_is_seen_in_four_statements(round_, engine):
    client = round_.enter("ann")
    with counted_statements(engine) as seen:
        assert client.get(item_address("1.1")).status_code == 200
    assert len(seen) <= 4, seen


def test_a_link_is_opened_in_four_statements(round_, installation, engine):
    client = installation.client()
    client.get("/r/")
    with counted_statements(engine) as sent:
        assert client.send("/r/", code=round_.passes["sam"]).status_code == 303
    assert len(sent) <= 4, sent


def test_an_attribute_offers_the_steps_of_its_own_under_their_ranges():
    judge = replace(PERCENT, attribute_step=25)
    slots = {slot.key: slot for slot in make_framework(make_item("1.1", judge=judge)).slots}
    offered = [(described.label, values) for described, values in steps_of(slots["1.1/approach"])]
    assert offered == [("early", [0, 25]), ("mature", [50, 75, 100])]
    assert len(choices_of(slots["1.1/approach"])) == 5
    assert len(choices_of(slots["1.1"])) == 21

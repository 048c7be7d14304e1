"""What leaders add to results: targets, what matters, the report's words, quotes."""

from __future__ import annotations

import re

import pytest

from tests.web.installation import parse_strictly
from tests.web.results_made import REMARK, answers, close_with_results

AIM = {"version": "0", "target": "60", "effort": "1", "reason": "The board asks.", "due_on": ""}


@pytest.fixture
def results(installation):
    return close_with_results(installation)


@pytest.fixture
def leader(installation):
    return installation.signed_in("leader")


def text_of(answer):
    return re.sub(r"\s+", " ", "".join(parse_strictly(answer.text).itertext()))


def value(answer, name):
    """What stands in the field *name* of a page."""
    for field in parse_strictly(answer.text).iter():
        if field.get("name") == name and field.tag in {"input", "textarea", "select"}:
            chosen = [each for each in field.iter("option") if "selected" in each.attrib]
            if field.tag == "select":
                return chosen[0].get("value") if chosen else ""
            return field.get("value") or (field.text or "").lstrip("\n")
    raise AssertionError(name)


# Targets


def test_a_target_is_set_and_stands_with_its_reason(leader, results):
    page = leader.get(f"{results}/targets/1.1")
    assert value(page, "version") == "0"
    answer = leader.send(f"{results}/targets/1.1", **{**AIM, "due_on": "2027-06-30"})
    assert (answer.status_code, answer.location) == (303, f"{results}/targets#at-1.1")
    said = text_of(leader.get(f"{results}/targets"))
    assert "From 45 % to 60 %" in said.replace("\u00a0", " ")
    assert "The board asks." in said
    kept = leader.get(f"{results}/targets/1.1")
    assert [value(kept, name) for name in AIM] == ["1", "60", "1", "The board asks.", "2027-06-30"]


def test_a_target_changes_no_figure_but_stands_beside_it(leader, results):
    before = leader.get(f"{results}/why?of=assessed.items[1.1].percent").text
    leader.send(f"{results}/targets/1.1", **AIM)
    leader.get(f"{results}/targets")
    assert leader.get(f"{results}/why?of=assessed.items[1.1].percent").text == before
    assert "60\N{NO-BREAK SPACE}%" in leader.get(f"{results}/items/1.1").text


def test_a_grade_is_a_target_by_its_word(leader, results):
    leader.send(f"{results}/targets/1.2", **{**AIM, "target": "conforming"})
    assert value(leader.get(f"{results}/targets/1.2"), "target") == "conforming"
    refused = leader.send(f"{results}/targets/1.2", **{**AIM, "target": "0", "version": "1"})
    assert (refused.status_code, value(refused, "target")) == (422, "0")


def test_what_was_typed_wrong_comes_back_as_it_was_typed(leader, results):
    typed = {
        "version": "0",
        "target": "<b>half</b>",
        "effort": "1",
        "reason": "Why",
        "due_on": "soon",
    }
    refused = leader.send(f"{results}/targets/1.1", **typed)
    assert refused.status_code == 422
    assert {name: value(refused, name) for name in typed} == typed
    assert "a number from 0 to 100" in text_of(refused)
    assert "not a date" in text_of(refused)


def test_a_target_somebody_set_meanwhile_is_shown_beside_one_s_own(leader, results):
    leader.send(f"{results}/targets/1.1", **AIM)
    late = leader.send(f"{results}/targets/1.1", **{**AIM, "target": "80", "reason": "Mine"})
    assert late.status_code == 409
    assert "has set 60" in text_of(late)
    assert "The board asks." in text_of(late)
    assert [value(late, name) for name in ("version", "target", "reason")] == ["1", "80", "Mine"]
    again = {**AIM, "version": value(late, "version"), "target": "80"}
    assert leader.send(f"{results}/targets/1.1", **again).status_code == 303
    assert value(leader.get(f"{results}/targets/1.1"), "target") == "80"


def test_a_grade_set_meanwhile_is_said_by_its_word(leader, results):
    leader.send(f"{results}/targets/1.2", **{**AIM, "target": "ofi"})
    late = leader.send(f"{results}/targets/1.2", **{**AIM, "target": "conforming"})
    assert late.status_code == 409
    assert "has set ofi" in text_of(late).lower()


def test_an_empty_target_takes_it_away(leader, results):
    leader.send(f"{results}/targets/1.1", **AIM)
    leader.send(f"{results}/targets/1.1", **{**AIM, "version": "1", "target": ""})
    assert value(leader.get(f"{results}/targets/1.1"), "version") == "0"
    assert "The board asks." not in leader.get(f"{results}/targets").text


@pytest.mark.parametrize("place", ["9.9", "1", "1.1a", "nothing", "%00"])
def test_there_is_no_target_for_what_has_none(leader, results, place):
    assert leader.send(f"{results}/targets/{place}", **AIM).status_code == 404


def test_votes_of_leaders_weigh_and_are_taken_back(leader, results):
    for weight, counted in (("3", "1"), ("", "0")):
        answer = leader.send(f"{results}/importance", **{"importance-1.1": weight})
        assert answer.status_code == 303
        page = leader.get(f"{results}/targets")
        assert value(page, "importance-1.1") == weight
        views = re.search(
            r'for="importance-1.1".*?<td class="figure">(\d)</td>', page.text, re.DOTALL
        )
        assert views[1] == counted
    assert leader.send(f"{results}/importance", **{"importance-1.1": "9"}).status_code == 422


@pytest.mark.parametrize("who", ["consultant", "administrator"])
def test_who_does_not_lead_sees_priorities_but_sets_none(installation, results, who):
    client = installation.signed_in(who)
    page = client.get(f"{results}/targets")
    assert page.status_code == 200
    assert "/targets/1.1" not in page.text
    assert 'name="importance' not in page.text


def test_on_a_unit_s_part_the_whole_s_targets_are_not_set(installation, leader, results):
    unit = re.search(r'value="([^"]{36})"', leader.get(results).text)[1]
    page = leader.get(f"{results}/targets?unit={unit}")
    assert 'name="importance' not in page.text
    assert leader.send(f"{results}/targets/1.1?unit={unit}", **AIM).status_code == 403


# Words


def words(**changes):
    return {
        "version": "0", "headline": "Measurement lags", "summary": "", "themes-0-kind": "strength",
        "themes-0-text": "Leaders are trusted.", "decisions-0-what": "Choose ten measures",
        "decisions-0-owner": "Ada", "decisions-0-cost": "20 k", "decisions-0-due": "2027-03-31",
        "decisions-0-gap": "", **changes,
    }  # fmt: skip


def test_words_are_checked_then_signed_and_stand_on_the_overview(installation, leader, results):
    consultant = installation.signed_in("consultant")
    assert consultant.send(f"{results}/words", **words()).status_code == 303
    assert leader.send(f"{results}/words/sign", version="1").status_code == 409, "not checked yet"
    assert consultant.send(f"{results}/words/check", version="1", note="Read").status_code == 303
    assert consultant.send(f"{results}/words/sign", version="2").status_code == 403
    assert leader.send(f"{results}/words/sign", version="2").status_code == 303
    page = text_of(leader.get(f"{results}/words"))
    assert "Version 3, signed off by Leader." in page
    assert [page.index(f"Version {number}") for number in (3, 2, 1)] == sorted(
        page.index(f"Version {number}") for number in (3, 2, 1)
    )
    overview = leader.get(results)
    assert "<h1>Measurement lags</h1>" in overview.text
    for said in ("Leaders are trusted.", "Choose ten measures", "Ada", "20 k"):
        assert said in text_of(overview)


def test_words_that_nobody_has_signed_are_shown_as_a_draft(leader, results):
    leader.send(f"{results}/words", **words())
    assert "not signed off" in text_of(leader.get(results))


def test_the_whole_s_words_stand_over_no_unit(installation, leader, results):
    leader.send(f"{results}/words", **words())
    page = installation.signed_in("unit leader").get(results)
    assert "Measurement lags" not in page.text
    assert "Choose ten measures" not in page.text


def test_later_words_overwrite_nobody_unseen(leader, results):
    leader.send(f"{results}/words", **words())
    late = leader.send(
        f"{results}/words", **words(headline="Mine <b>", **{"decisions-0-what": "Wait"})
    )
    assert late.status_code == 409
    assert "Measurement lags" in text_of(late)
    assert "Leaders are trusted." in text_of(late)
    typed = ["version", "headline", "decisions-0-what"]
    assert [value(late, name) for name in typed] == ["1", "Mine <b>", "Wait"]
    again = words(version="1", headline="Mine <b>")
    assert leader.send(f"{results}/words", **again).status_code == 303
    assert value(leader.get(f"{results}/words"), "headline") == "Mine <b>"


def test_each_mistake_in_the_words_leads_to_its_field(leader, results):
    wrong = words(headline="x" * 201, **{"decisions-0-what": "", "decisions-0-due": "soon"})
    refused = leader.send(f"{results}/words", **wrong)
    assert refused.status_code == 422
    ids = {each.get("id") for each in parse_strictly(refused.text).iter() if each.get("id")}
    led = re.findall(r'<li><a href="#([^"]+)">', refused.text)
    assert led == ["headline", "decisions-0-due", "decisions-0-what"] or set(led) <= ids
    assert len(led) == 3
    assert value(refused, "headline") == "x" * 201
    assert value(refused, "decisions-0-due") == "soon"


def test_a_version_that_is_not_the_newest_is_neither_checked_nor_signed(leader, results):
    leader.send(f"{results}/words", **words())
    leader.send(f"{results}/words", **words(version="1", headline="Other"))
    assert leader.send(f"{results}/words/check", version="1").status_code == 409
    assert "signed" not in text_of(leader.get(f"{results}/words")).split("Versions")[1]


def test_nothing_written_cannot_be_signed(leader, results):
    assert leader.send(f"{results}/words/sign", version="0").status_code == 409


# Quotes


def first_comment(client, results, show="open"):
    page = client.get(f"{results}/quotes?show={show}").text
    found = re.search(r'name="comment" value="([0-9a-f]+)"', page)
    return found[1] if found else None


def judge(client, results, key, verdict):
    assert client.send(f"{results}/quotes", comment=key, verdict=verdict).status_code == 303


def test_two_readers_release_a_quote_and_one_no_keeps_it_out(installation, leader, results):
    consultant = installation.signed_in("consultant")
    key = first_comment(leader, results)
    judge(leader, results, key, "release")
    judge(leader, results, key, "release")
    assert first_comment(leader, results) is None, "read by oneself"
    assert first_comment(leader, results, "released") is None, "one reader is not enough"
    assert first_comment(consultant, results) == key
    judge(consultant, results, key, "release")
    assert first_comment(leader, results, "released") == key
    judge(consultant, results, key, "withhold")
    assert first_comment(leader, results, "released") is None
    assert first_comment(leader, results, "withheld") == key


def test_a_comment_that_is_not_there_cannot_be_judged(leader, results):
    assert leader.send(f"{results}/quotes", comment="0" * 64, verdict="release").status_code == 404
    key = first_comment(leader, results)
    assert leader.send(f"{results}/quotes", comment=key, verdict="maybe").status_code == 422


@pytest.mark.parametrize("start", ["-1", "1e3", "99999", "x", "１", "%00"])
def test_whatever_the_address_says_a_page_of_quotes_opens(leader, results, start):
    page = leader.get(f"{results}/quotes?from={start}&show={start}")
    assert page.status_code == 200
    assert REMARK in page.text


def test_a_quote_shows_no_name_of_the_writer(leader, results):
    page = leader.get(f"{results}/quotes")
    assert REMARK in text_of(page)
    assert "s0-0" not in page.text


def test_a_judge_s_evidence_is_never_quoted(installation, leader):
    given = answers().decode().replace("answer,comment\n", "answer,comment,evidence\n")
    lines = [line if n == 0 else f"{line}," for n, line in enumerate(given.splitlines())]
    lines = [
        f"{line}Minutes of May" if line.startswith("j1,assessors,,1.1,") else line for line in lines
    ]
    results = close_with_results(installation, ("\n".join(lines) + "\n").encode())
    assert "Minutes of May" in text_of(leader.get(f"{results}/items/1.1"))
    assert "Minutes of May" not in leader.get(f"{results}/quotes").text

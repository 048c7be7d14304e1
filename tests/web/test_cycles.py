"""Cycles in the browser's eyes: drafted, filled with people, opened, extended, closed, exported."""

from __future__ import annotations

import csv
import io
import uuid

import pytest

from assessment.services.cycles import cycles
from assessment.services.invitation_plans import respondents
from tests.databases import KINDS
from tests.web.rounds import PEOPLE, PLAN, bring_criteria, draft, open_round

DATABASES = KINDS

HOSTILE = (
    "code,name,email,form,unit\n"
    '+1+1,"=HYPERLINK(""http://x"",""y"")",,staff,@SUM(A1)\n-2,<script>alert(1)</script>,,staff,\n'
)


@pytest.fixture
def key(installation):
    return bring_criteria(installation)


@pytest.fixture
def client(installation, key):
    return installation.signed_in("administrator")


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def asked(installation):
    with installation.session() as session:
        [row] = cycles(session, installation.organisation.id)
        return [(each.code, each.submitted_at) for each in respondents(session, row)]


def test_without_a_cycle_one_button_starts_one(client, installation):
    page = client.get("/cycles")
    assert "No cycle yet" in page.text
    assert page.text.count('class="button"') == 1
    assert "Start a cycle" not in installation.signed_in("leader").get("/cycles").text


def test_a_draft_comes_from_a_file_and_says_names_minutes_and_time_zone(client, key):
    chosen = client.get("/cycles/new")
    assert key in chosen.text
    assert "shipped/baldrige-2023.yaml" in chosen.text
    form = client.get(f"/cycles/new?criteria={key}").text
    for words in ("Answers are kept with names", "minute", "Europe/London", "Small criteria"):
        assert words in form
    page = client.get(draft(client, key)).text
    for words in ("Spring 2026", "The board", "To see where to begin.", "Draft", "30 June 2026"):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "This is needed"),
        ({"title": "x" * 201}, "too many"),
        ({"closes_on": "2026-02-30"}, "not a date"),
        ({"closes_on": "٢٠٢٦-٠٦-٣٠"}, "not a date"),
        ({"closes_on": ""}, "A day is needed"),
        ({"closes_on": "2020-01-01"}, "has passed"),
        ({"opens_on": "2026-07-30"}, "after the last"),
        ({"forms": []}, "at least one"),
        ({"forms": ["nobody"]}, "at least one"),
        ({"previous_id": str(uuid.uuid4())}, "Choose one of the list"),
        ({"language": "xx"}, "Choose one of the list"),
    ],
)
def test_a_refused_plan_keeps_what_was_typed(client, key, installation, changes, sentence):
    answer = client.send(f"/cycles/new?criteria={key}", **{**PLAN, "purpose": "Kept!", **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept!" in answer.text
    with installation.session() as session:
        assert cycles(session, installation.organisation.id) == []


def test_the_criteria_of_the_last_cycle_come_chosen(client, key):
    draft(client, key)
    page = client.get("/cycles/new").text
    assert f'value="{key}" checked' in page


def test_a_form_that_is_sent_twice_makes_one_draft(client, key):
    assert draft(client, key) == draft(client, key)
    assert draft(client, key, title="Another") != draft(client, key)


def test_fields_that_are_not_on_the_form_do_nothing(client, key):
    made = draft(client, key, state="open", organisation_id="2", time_zone="Asia/Tokyo")
    page = client.get(made).text
    assert "Draft" in page
    assert "Asia/Tokyo" not in page


def test_a_file_that_is_not_there_is_404(client, key):
    for bad in ("shipped/../pyproject.toml", "uploaded/none.yaml", "x"):
        assert client.get(f"/cycles/new?criteria={bad}").status_code == 404
    assert client.send("/cycles/new").status_code == 422


def test_a_draft_changes_and_an_open_cycle_does_not(client, key):
    made = draft(client, key)
    assert client.send(f"{made}/change", **{**PLAN, "title": "Autumn"}).location == made
    assert "Autumn" in client.get(made).text
    opened = open_round(client, key, title="Winter")
    assert client.get(f"{opened}/change").status_code == 303
    assert client.send(f"{opened}/change", **{**PLAN, "title": "Summer"}).status_code == 303
    assert "Summer" not in client.get(opened).text


def test_a_cycle_of_another_organisation_is_not_there(client, key, installation):
    made = draft(client, key)
    stranger = installation.signed_in("stranger")
    for path in ("", "/change", "/open", "/close", "/extend", "/people", "/people/list", "/links"):
        assert stranger.get(f"{made}{path}").status_code == 404, path
        if path:
            assert stranger.send(f"{made}{path}", **PLAN).status_code == 404, path
    for path in ("/answers", "/answers.csv"):
        assert stranger.get(f"{made}{path}").status_code == 404
    assert stranger.send(f"{made}/steps/pilot").status_code == 404


def test_people_are_added_one_by_one_and_removed_while_it_is_a_draft(client, key, installation):
    made = draft(client, key)
    one = {"name": "Ann", "email": "Ann@Example.org", "form": "staff", "unit": "Ward 3"}
    assert client.send(f"{made}/people", **one).status_code == 303
    assert client.send(f"{made}/people", **one).status_code == 303
    assert [code for code, _at in asked(installation)] == ["ann@example.org"]
    refused = client.send(f"{made}/people", name="Kept!", email="no address", form="staff")
    assert refused.status_code == 422
    assert "Kept!" in refused.text
    assert "not an e-mail address" in refused.text
    with installation.session() as session:
        [row] = cycles(session, installation.organisation.id)
        [person] = respondents(session, row)
    assert client.send(f"{made}/people/{person.id}/remove").status_code == 303
    assert client.send(f"{made}/people/{person.id}/remove").status_code == 404
    assert asked(installation) == []


def test_a_list_is_shown_first_and_added_then_and_twice_is_once(client, key, installation):
    made = draft(client, key)
    shown = client.send(f"{made}/people/list", text=PEOPLE)
    assert "2 people are added" in shown.text
    assert asked(installation) == []
    file = (io.BytesIO(PEOPLE.encode("utf-8-sig")), "people.csv")
    assert "2 people are added" in client.send(f"{made}/people/list", file=file).text
    for _time in range(2):
        assert client.send(f"{made}/people/list", text=PEOPLE, go="add").status_code == 303
    assert [code for code, _at in asked(installation)] == ["7", "8"]


def test_a_bad_list_names_every_problem_and_comes_back(client, key, installation):
    made = draft(client, key)
    bad = "code,name,form\n1,A,staf\n1,B,staff\n,C,staff\n" + "".join(
        f"{number},x,nobody\n" for number in range(300)
    )
    answer = client.send(f"{made}/people/list", text=bad, go="add")
    assert answer.status_code == 422
    for words in ("Line 2, column 3", "Did you mean", "The first 200 of 302 are shown"):
        assert words in answer.text
    assert "1,B,staff" in answer.text
    assert asked(installation) == []
    latin = (io.BytesIO("code,form\nJürgen,staff\n".encode("latin-1")), "people.csv")
    assert "not UTF-8" in client.send(f"{made}/people/list", file=latin).text
    assert client.send(f"{made}/people/list", text=" ").status_code == 422
    odd = (io.BytesIO(b"code,form\n1\x00\x01,staff\n"), "people.csv")
    assert "1 person is added" in client.send(f"{made}/people/list", file=odd).text


def test_opening_says_what_becomes_fixed_and_needs_somebody_to_ask(client, key):
    made = draft(client, key)
    page = client.get(f"{made}/open")
    for words in ("What becomes fixed", "Small criteria", "Nobody can be taken off"):
        assert words in page.text
    refused = client.send(f"{made}/open")
    assert refused.status_code == 422
    assert "add at least one person" in refused.text
    client.send(f"{made}/people/list", text=PEOPLE, go="add")
    for _time in range(2):
        assert client.send(f"{made}/open").location == made
    assert "Open until the end of 30 June 2026" in client.get(made).text


def test_links_are_made_once_and_new_ones_replace_the_old(client, key):
    made = open_round(client, key)
    assert "2 people have no link yet" in client.get(f"{made}/links").text
    first = client.send(f"{made}/links")
    assert (
        first.headers["Content-Disposition"]
        == 'attachment; filename="spring-2026-personal-links.csv"'
    )
    assert first.headers["Cache-Control"] == "no-store"
    links = {row["code"]: row["link"] for row in rows_of(first)}
    assert set(links) == {"7", "8"}
    assert all(link.startswith("http://localhost/r/#") for link in links.values())
    assert client.send(f"{made}/links").status_code == 303
    assert "2 links were made before and stop working" in client.get(f"{made}/links").text
    again = {
        row["code"]: row["link"] for row in rows_of(client.send(f"{made}/links", replace="yes"))
    }
    assert set(again) == set(links)
    assert not set(again.values()) & set(links.values())


def test_no_cell_of_a_file_is_a_formula_and_no_name_is_markup(client, key):
    made = open_round(client, key, HOSTILE)
    [one, other] = rows_of(client.send(f"{made}/links"))
    assert (one["code"], one["unit"], other["code"]) == ("'+1+1", "'@SUM(A1)", "'-2")
    assert one["name"].startswith("'=HYPERLINK")
    for page in (made, f"{made}/people"):
        assert "<script>alert" not in client.get(page).text
    answer = "respondent,question,answer,comment\n'+1+1,1.1-s1,4,\"'=1+1\"\n"
    assert client.send(f"{made}/answers", text=answer, go="import").status_code == 303
    text = client.get(f"{made}/answers.csv").get_data(as_text=True)
    assert "'=1+1" in text
    assert not any(
        cell.startswith(("=", "+", "@")) for line in text.splitlines() for cell in line.split(",")
    )


def test_answers_go_out_and_come_in_and_a_dry_run_changes_nothing(client, key, installation):
    made = open_round(client, key)
    file = "respondent,question,answer,group\n7,1.1-s1,4,staff\n99,1.1-s1,2,staff\n"
    shown = client.send(f"{made}/answers", text=file)
    assert "1 person is added" in shown.text
    assert "1 field of people" in shown.text
    assert len(asked(installation)) == 2
    for _time in range(2):
        assert client.send(f"{made}/answers", text=file, go="import").status_code == 303
    assert len(asked(installation)) == 3
    out = client.get(f"{made}/answers.csv")
    assert {(row["respondent"], row["answer"]) for row in rows_of(out) if row["answer"]} == {
        ("7", "4"), ("99", "2"),
    }  # fmt: skip
    back = (io.BytesIO(out.get_data()), "answers.csv")
    same = client.send(f"{made}/answers", file=back)
    assert "0 fields" in same.text
    bad = client.send(
        f"{made}/answers", text="respondent,question,answer\n7,1.1-s1,9\n", go="import"
    )
    assert bad.status_code == 422
    assert "Line 2" in bad.text
    assert "7,1.1-s1,9" in bad.text


def test_a_last_day_becomes_later_and_not_earlier(client, key):
    made = open_round(client, key)
    refused = client.send(f"{made}/extend", closes_on="2026-06-10")
    assert refused.status_code == 422
    assert 'value="2026-06-10"' in refused.text
    assert client.send(f"{made}/extend", closes_on="2026-07-10").location == made
    assert "10 July 2026" in client.get(made).text


def test_closing_says_how_many_have_not_submitted_and_is_for_good(client, key, installation):
    made = open_round(client, key)
    assert "2 of 2 people have not submitted" in client.get(f"{made}/close").text
    job = client.send(f"{made}/close").location
    assert client.send(f"{made}/close").location == job
    assert "Closing" in client.get(made).text
    assert job in client.get(made).text
    assert client.send(f"{made}/extend", closes_on="2026-08-01").status_code == 409
    installation.do_jobs()
    assert "Closed" in client.get(made).text
    assert client.send(f"{made}/close").location == job
    assert client.send(f"{made}/extend", closes_on="2026-08-01").status_code == 409
    assert client.send(f"{made}/links").status_code == 409
    late = client.send(f"{made}/people/list", text="code,form\n9,staff\n", go="add")
    assert late.status_code == 409
    assert "closed and takes no more answers" in late.text


def test_a_cycle_whose_last_day_has_passed_can_be_closed_or_made_longer(client, key, installation):
    made = open_round(client, key)
    installation.clock.forward(days=40)
    client = installation.signed_in("consultant")
    page = client.get(made).text
    assert "Ended on 30 June 2026, not closed yet" in page
    assert "Close the cycle, or make it longer" in page
    assert f"{made}/links" not in page
    assert "Add one person" not in client.get(f"{made}/people").text
    assert client.send(f"{made}/extend", closes_on="2026-07-31").status_code == 303
    assert "Open until the end of 31 July 2026" in client.get(made).text


def test_a_step_is_ticked_by_hand_and_the_others_are_told_by_the_data(client, key):
    made = draft(client, key)
    for _time in range(2):
        assert client.send(f"{made}/steps/pilot", done="yes").status_code == 303
    assert "Administrator, 1 June 2026" in client.get(made).text
    client.send(f"{made}/steps/pilot", done="no")
    assert "Administrator, 1 June 2026" not in client.get(made).text
    assert client.send(f"{made}/steps/close").status_code == 404


def test_a_leader_looks_and_a_leader_of_a_unit_sees_that_unit_alone(client, key, installation):
    made = open_round(client, key)
    leader, ward = installation.signed_in("leader"), installation.signed_in("unit leader")
    assert "No unit" in leader.get(made).text
    page = ward.get(made).text
    assert "Ward 3" in page
    assert "No unit" not in page
    assert "of 2" not in page
    for somebody in (leader, ward):
        assert "<form" not in somebody.get(made).text
        for path in ("/people", "/links", "/answers", "/answers.csv", "/open", "/close"):
            assert somebody.get(f"{made}{path}").status_code == 403, path


def test_the_next_cycle_can_be_compared_with_the_one_before(client, key):
    made = open_round(client, key)
    earlier = made.rpartition("/")[2]
    assert earlier in client.get(f"/cycles/new?criteria={key}").text
    second = draft(client, key, title="Autumn", previous_id=earlier)
    assert f'value="{earlier}" selected' in client.get(f"{second}/change").text.replace(
        f'selected value="{earlier}"', f'value="{earlier}" selected'
    )
    client.send(f"{made}/close")
    assert "Next cycle: see whether it worked" in client.get(made).text


def test_a_seal_is_asked_of_every_form(client, key):
    made = open_round(client, key)
    for path in (
        "/people",
        "/people/list",
        "/links",
        "/answers",
        "/close",
        "/extend",
        "/steps/pilot",
    ):
        assert client.post(f"{made}{path}", data={"text": PEOPLE}).status_code == 400, path


def test_the_start_page_leads_to_the_cycle_that_runs(client, key):
    assert "No cycle yet" in client.get("/").text
    address = open_round(client, key)
    start = client.get("/").text
    assert "No cycle yet" not in start
    assert f'href="{address}"' in start

"""What is decided about a cycle on its pages: other criteria, what does not apply, key factors."""

from __future__ import annotations

import pytest

from assessment.services.cycles import cycles
from assessment.services.invitation_plans import respondents
from tests.rounds import CRITERIA, OTHER, REASON, Round, said
from tests.rounds import given as answer
from tests.web.rounds import PEOPLE, bring_criteria, draft, open_round

LEADERS = "code,name,form,unit\n5,Lea,leaders,Ward 3\n7,Ann,staff,Ward 3\n"
FORMS = {"forms": ["staff", "leaders"]}


@pytest.fixture
def key(installation):
    return bring_criteria(installation)


@pytest.fixture
def client(installation, key):
    return installation.signed_in("consultant")


def forms_asked(installation):
    with installation.session() as session:
        [row] = cycles(session, installation.organisation.id)
        return row.criteria, row.forms, [each.form for each in respondents(session, row)]


# Other criteria


@pytest.fixture
def other(installation):
    return bring_criteria(installation, OTHER, "other.yaml")


def test_other_criteria_are_shown_with_what_they_change_before_they_are_taken(
    client, key, other, installation
):
    made = draft(client, key, **FORMS)
    client.send(f"{made}/people/list", text=LEADERS, go="add")
    assert f'value="{key}" checked' in client.get(f"{made}/criteria").text
    page = client.get(f"{made}/criteria?criteria={other}").text
    for words in ("fall away", "1 person is listed for “Leaders”", "Nothing is changed yet"):
        assert words in page
    assert forms_asked(installation) == (key, ["staff", "leaders"], ["leaders", "staff"])
    refused = client.send(f"{made}/criteria?criteria={other}", **{"people:leaders": "leaders"})
    assert refused.status_code == 422
    assert "Choose one of the forms" in refused.text
    sent = client.send(f"{made}/criteria?criteria={other}", **{"people:leaders": "staff"})
    assert sent.location == made
    assert forms_asked(installation) == (other, ["staff"], ["staff", "staff"])
    again = client.send(f"{made}/criteria?criteria={other}")
    assert again.location == made
    assert "These are its criteria already" in client.get(made).text


def test_people_left_without_a_form_are_pointed_out_and_keep_it_from_opening(client, key, other):
    made = draft(client, key, **FORMS)
    client.send(f"{made}/people/list", text=LEADERS, go="add")
    client.send(f"{made}/criteria?criteria={other}")
    assert "does not use this form" in client.get(f"{made}/people").text
    refused = client.send(f"{made}/open")
    assert refused.status_code == 422
    assert "people are listed for forms" in refused.text.lower()
    client.send(f"{made}/people/list", text=LEADERS.replace("leaders", "staff"), go="add")
    assert client.send(f"{made}/open").status_code == 303


def test_an_open_cycle_keeps_its_criteria_and_a_file_that_is_not_there_is_404(client, key, other):
    made = draft(client, key)
    for bad in ("uploaded/none.yaml", "shipped/../pyproject.toml", "x"):
        assert client.get(f"{made}/criteria?criteria={bad}").status_code == 404
        assert client.send(f"{made}/criteria?criteria={bad}").status_code == 404
    assert client.send(f"{made}/criteria").status_code == 422
    opened = open_round(client, key, title="Winter")
    assert client.send(f"{opened}/criteria?criteria={other}").location == opened
    assert "its criteria are fixed" in client.get(opened).text
    assert "Other criteria" not in client.get(opened).text


# What does not apply


def test_an_item_is_set_aside_with_a_reason_and_taken_back(client, key, installation):
    for made in (draft(client, key, title="Autumn"), open_round(client, key)):
        address = f"{made}/not-applicable"
        assert "What does not apply" in client.get(made).text
        for fields, sentence in (
            ({"item": "", "reason": REASON}, "Choose an item first"),
            ({"item": "1.2", "reason": ""}, "This is needed"),
            ({"item": "1.2", "reason": "Because"}, "Choose one of the list"),
            ({"item": "9.9", "reason": REASON}, "Choose one of the list"),
        ):
            refused = client.send(address, **fields)
            assert refused.status_code == 422
            assert sentence in refused.text
        assert client.send(address, item="1.2", reason=REASON).location == address
        assert "Consultant, 1 June 2026" in client.get(address).text
        assert "<bdi>1.2</bdi> <bdi>Rules</bdi>" in client.get(made).text
        for _time in range(2):
            assert client.send(f"{address}/1.2/back").location == address
        assert "<bdi>1.2</bdi>" not in client.get(made).text


def test_criteria_in_which_every_item_applies_say_so(client, installation):
    never = CRITERIA.replace(
        "not applicable: [It does not exist here, A parent decides it]", "not applicable: never"
    )
    made = draft(client, bring_criteria(installation, never))
    assert "not-applicable" not in client.get(made).text
    assert "every item applies" in client.get(f"{made}/not-applicable").text
    assert client.send(f"{made}/not-applicable", item="1.2", reason="x").status_code == 200
    assert "<bdi>1.2</bdi>" not in client.get(made).text


def test_any_reason_will_do_where_the_file_lists_none(client, installation):
    free = CRITERIA.replace("not applicable: [It does not exist here, A parent decides it]\n", "")
    made = draft(client, bring_criteria(installation, free))
    odd = "<script>alert(1)</script> {{ 7*7 }}"
    assert client.send(f"{made}/not-applicable", item="1.2", reason="x" * 10_001).status_code == 422
    assert client.send(f"{made}/not-applicable", item="1.2", reason=odd).status_code == 303
    page = client.get(f"{made}/not-applicable").text
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_what_is_set_aside_is_said_in_the_questionnaire_and_asks_nothing(client, key, installation):
    made = open_round(client, key)
    client.send(f"{made}/not-applicable", item="1.2", reason=REASON)
    links = client.send(f"{made}/links").get_data(as_text=True)
    respondent = installation.client()
    respondent.get("/r/")
    respondent.send("/r/", code=links.partition("/r/#")[2].split()[0])
    respondent.get("/r/device")
    respondent.send("/r/device", shared="no")
    page = respondent.get("/r/item/1.2").text
    assert "set this item aside for everybody" in page
    assert REASON in page
    assert "radio" not in page


def test_after_the_closing_nothing_is_set_aside(client, key, installation):
    made = open_round(client, key)
    client.send(f"{made}/close")
    assert client.get(f"{made}/not-applicable").status_code == 409
    assert client.send(f"{made}/not-applicable", item="1.2", reason=REASON).status_code == 409


# Key factors


def test_key_factors_stand_on_the_page_with_who_said_them_and_when(client, key, installation):
    made = open_round(client, key, LEADERS, **FORMS)
    empty = client.get(made).text
    assert "None is written yet" in empty
    assert "form “Leaders”" in empty
    with installation.session() as session, session.begin():
        [row] = cycles(session, installation.organisation.id)
        opened = Round(installation.organisation.id, row)
        text = "Water <b>and</b>\nsteam"
        said(session, opened, "5", answer("P.1", text, kind="text"), now=installation.clock.now)
    page = client.get(made).text
    for words in ("Water &lt;b&gt;and&lt;/b&gt;\nsteam", "<bdi>Lea</bdi>", "1 June 2026"):
        assert words in page
    ward = installation.signed_in("unit leader").get(made).text
    assert "Water" in ward
    assert "<bdi>Lea</bdi>" not in ward


def test_without_a_form_for_leaders_the_page_says_that_nobody_is_asked(client, key):
    made = draft(client, key)
    page = client.get(made).text
    assert "Nobody is asked for them" in page
    assert "Choose the forms" in page
    opened = open_round(client, key, PEOPLE, title="Winter")
    assert "Choose the forms" not in client.get(opened).text


@pytest.mark.parametrize("path", ["/criteria", "/not-applicable", "/not-applicable/1.2/back"])
def test_another_organisation_s_cycle_is_not_there(client, key, installation, path):
    made = draft(client, key)
    stranger = installation.signed_in("stranger")
    if not path.endswith("back"):
        assert stranger.get(f"{made}{path}").status_code == 404
    sent = stranger.send(f"{made}{path}", item="1.2", reason=REASON)
    assert sent.status_code == 404
    assert client.post(f"{made}{path}").status_code == 400

"""Who may sign in: invited by a link that is shown once, given roles, shut out, let in again."""

from __future__ import annotations

import re
import uuid

import pytest

from assessment.services.roles import colleagues
from assessment.services.units import units
from tests.databases import KINDS

DATABASES = KINDS


@pytest.fixture
def client(installation):
    return installation.signed_in("administrator")


@pytest.fixture
def ward(installation):
    with installation.session() as session:
        [unit] = units(session, installation.organisation.id)
        return str(unit.id)


def known(installation):
    """Who is on the list: name, whether they may sign in, and their roles."""
    with installation.session() as session:
        return {
            each.person.name: (
                each.person.is_active,
                [(held.role, held.unit) for held in each.roles],
            )
            for each in colleagues(session, installation.organisation.id)
        }


def role_of(installation, who):
    with installation.session() as session:
        [found] = [
            held.id
            for each in colleagues(session, installation.organisation.id)
            for held in each.roles
            if each.person.id == installation.people[who].id
        ]
        return found


def link_in(answer):
    return re.search(r"http://localhost/sign-in#[\w-]+", answer.text)[0]


NEW = {"name": "Nia", "email": "Nia@Northwind.example", "role": "leader", "unit": ""}


def test_who_is_invited_comes_in_by_a_link_that_is_shown_once(client, installation, ward):
    answer = client.send("/people", **{**NEW, "unit": ward})
    assert answer.headers["Cache-Control"] == "no-store"
    link = link_in(answer)
    for page in ("/people", "/profile", f"/people/{installation.people['leader'].id}"):
        assert link.rpartition("#")[2] not in client.get(page).text
    newcomer = installation.client()
    assert newcomer.send("/sign-in", code=link).status_code == 303
    assert "Sees them for units they lead" in newcomer.get("/profile").text
    assert installation.client().send("/sign-in", code=link).status_code == 422
    assert known(installation)["Nia"] == (True, [("leader", "Ward 3")])


def test_inviting_twice_makes_one_person(client, installation):
    before = len(known(installation))
    for _time in range(2):
        assert client.send("/people", **NEW).status_code == 200
    assert len(known(installation)) == before + 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "This is needed"),
        ({"email": "nobody"}, "not an e-mail address"),
        ({"name": "x" * 201}, "1 too many"),
        ({"role": "owner"}, "Choose one of the list"),
        ({"role": ""}, "Choose one of the list"),
        ({"unit": "00000000-0000-0000-0000-000000000000"}, "Choose one of the list"),
    ],
)
def test_a_refused_invitation_says_why_and_keeps_what_was_typed(
    client, installation, changes, sentence
):
    before = known(installation)
    answer = client.send("/people", **{**NEW, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert changes.get("name", "Nia") in answer.text
    assert known(installation) == before


def test_a_role_for_one_unit_is_a_leader_s_alone(client, installation, ward):
    before = known(installation)
    answer = client.send("/people", **{**NEW, "role": "administrator", "unit": ward})
    assert answer.status_code == 422
    assert "Only a leader" in answer.text
    assert known(installation) == before


def test_roles_are_given_and_taken_and_count_at_the_next_click(client, installation, ward):
    leader = installation.people["leader"]
    theirs = installation.signed_in("leader")
    assert theirs.get("/criteria").status_code == 403
    assert client.send(f"/people/{leader.id}/roles", role="consultant", unit="").status_code == 303
    assert theirs.get("/criteria").status_code == 200
    refused = client.send(f"/people/{leader.id}/roles", role="consultant", unit=ward)
    assert refused.status_code == 422
    assert "Only a leader" in refused.text
    consultant = next(
        held.id
        for each in roles(installation, leader.id)
        for held in each.roles
        if held.role == "consultant"
    )
    assert client.send(f"/people/{leader.id}/roles/{consultant}/remove").status_code == 303
    assert theirs.get("/criteria").status_code == 403


def roles(installation, person_id):
    with installation.session() as session:
        everybody = colleagues(session, installation.organisation.id)
        return [each for each in everybody if each.person.id == person_id]


def test_who_is_shut_out_is_out_at_once_and_comes_back_by_a_new_link(client, installation):
    leader = installation.people["leader"]
    theirs, link = installation.signed_in("leader"), installation.link("leader")
    assert client.send(f"/people/{leader.id}/deactivate").status_code == 303
    assert theirs.get("/").status_code == 303
    assert installation.client().send("/sign-in", code=link).status_code == 422
    page = client.get(f"/people/{leader.id}").text
    assert "Shut out" in page
    assert "Make a link" not in page
    assert client.send(f"/people/{leader.id}/link").status_code == 404
    refused = client.send("/people", **{**NEW, "email": leader.email})
    assert "was shut out" in refused.text
    assert client.send(f"/people/{leader.id}/activate").status_code == 303
    again = link_in(client.send(f"/people/{leader.id}/link"))
    assert installation.client().send("/sign-in", code=again).status_code == 303


def test_the_last_administrator_stays(client, installation):
    me = installation.people["administrator"]
    page = client.get(f"/people/{me.id}").text
    assert "last administrator" in page
    assert "deactivate" not in page
    role = role_of(installation, "administrator")
    for path in ("deactivate", f"roles/{role}/remove"):
        refused = client.send(f"/people/{me.id}/{path}")
        assert refused.status_code == 422
        assert "last administrator" in refused.text
    client.send("/people", **{**NEW, "role": "administrator"})
    assert client.send(f"/people/{me.id}/deactivate").status_code == 303
    assert client.get("/").status_code == 303


def test_a_person_of_another_organisation_is_not_there(installation):
    stranger = installation.signed_in("stranger")
    leader = installation.people["leader"]
    role = role_of(installation, "leader")
    assert stranger.get(f"/people/{leader.id}").status_code == 404
    for path in ("roles", f"roles/{role}/remove", "link", "deactivate", "activate"):
        answer = stranger.send(f"/people/{leader.id}/{path}", role="leader", unit="")
        assert answer.status_code == 404, path
    own = installation.people["stranger"].id
    assert stranger.send(f"/people/{own}/roles/{role}/remove").status_code == 404
    assert "northwind" not in stranger.get("/people").text
    assert known(installation)["Leader"] == (True, [("leader", None)])


def test_fields_that_the_form_has_not_do_nothing(client, installation):
    client.send(
        "/people", **NEW, organisation_id=str(uuid.uuid4()), is_active="0", id=str(uuid.uuid4())
    )
    assert known(installation)["Nia"] == (True, [("leader", None)])

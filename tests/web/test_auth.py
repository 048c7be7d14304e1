"""Signing in by a link that works once, and what ends a session (C40 to C43, C58)."""

from __future__ import annotations

import pytest

from assessment.services.people import deactivate_person
from assessment.web.auth import safe_next, secret_in, wrong_links
from tests.databases import KINDS

DATABASES = KINDS


def cookie(client):
    return client.get_cookie("touchstone")


def test_opening_a_link_uses_nothing_up(installation):
    secret = installation.link("leader")
    scanner = installation.client()
    for _ in range(3):
        assert scanner.get("/sign-in").status_code == 200
    assert installation.client().send("/sign-in", code=secret).status_code == 303


def test_a_link_works_once(installation):
    secret = installation.link("leader")
    assert installation.client().send("/sign-in", code=secret).status_code == 303
    again = installation.client()
    answer = again.send("/sign-in", code=secret)
    assert answer.status_code == 422
    assert "does not work any more" in answer.text
    assert again.get("/").status_code == 303


def test_the_same_page_for_a_link_that_is_used_unknown_or_too_old(installation):
    used, old = installation.link("leader"), installation.link("leader")
    installation.client().send("/sign-in", code=used)
    installation.clock.forward(minutes=61)
    pages = set()
    for code in (used, old, "unknown", "", "\x00", "é" * 300):
        client = installation.client()
        answer = client.send("/sign-in", code=code)
        assert answer.status_code == 422
        pages.add(answer.text.replace(client.seal, ""))
    assert len(pages) == 1


def test_the_whole_link_may_be_pasted(installation):
    code = f"  http://127.0.0.1:8000/sign-in#{installation.link('leader')}\n"
    assert installation.client().send("/sign-in", code=code).status_code == 303
    assert secret_in("abc") == "abc"


def test_the_secret_is_nowhere_in_the_answer(installation):
    secret = installation.link("leader")
    answer = installation.client().send("/sign-in", code=secret)
    assert secret not in answer.text + str(answer.headers)


def test_a_copied_cookie_is_worthless_after_sign_out(installation):
    client = installation.signed_in("leader")
    copied = cookie(client).value
    assert client.send("/sign-out").status_code == 303
    thief = installation.client()
    thief.set_cookie("touchstone", copied)
    assert thief.get("/profile").status_code == 303


def test_signing_in_makes_a_new_session_and_voids_the_old(installation):
    client = installation.signed_in("leader")
    before = cookie(client).value
    client.send("/sign-in", code=installation.link("leader"))
    assert cookie(client).value != before
    other = installation.client()
    other.set_cookie("touchstone", before)
    assert other.get("/profile").status_code == 303


def test_a_cookie_from_before_the_sign_in_is_not_signed_in_by_it(installation):
    planted = installation.client()
    planted.get("/sign-in")
    victim = installation.client()
    victim.set_cookie("touchstone", cookie(planted).value)
    victim.send("/sign-in", code=installation.link("administrator"))
    assert planted.get("/profile").status_code == 303
    assert victim.get("/profile").status_code == 200


def test_a_forged_cookie_opens_nothing(installation):
    client = installation.client()
    for value in ("x", "eyJwZXJzb24iOiJ4In0.aa.bb", ""):
        client.set_cookie("touchstone", value)
        assert client.get("/profile").status_code == 303


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_half_an_hour_without_a_click_signs_out(installation, minutes, status):
    client = installation.signed_in("leader")
    installation.clock.forward(minutes=minutes)
    assert client.get("/profile").status_code == status


def test_each_click_begins_the_half_hour_anew_until_twelve_hours_are_over(installation):
    client = installation.signed_in("leader")
    for _ in range(28):
        installation.clock.forward(minutes=25)
        assert client.get("/").status_code == 200
    installation.clock.forward(minutes=25)
    assert client.get("/").status_code == 303


def test_somebody_deactivated_is_signed_out_at_the_next_request(installation):
    client = installation.signed_in("leader")
    with installation.session() as session, session.begin():
        deactivate_person(session, installation.organisation.id, installation.people["leader"].id)
    assert client.get("/").status_code == 303


def test_signing_out_everywhere_ends_every_session_and_link(installation):
    secret = installation.link("leader")
    here, there = installation.signed_in("leader"), installation.signed_in("leader")
    assert here.send("/profile/sign-out-everywhere").status_code == 303
    assert there.get("/profile").status_code == 303
    assert installation.client().send("/sign-in", code=secret).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/a\\b",
        "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", " //evil.example", "",
    ],
)  # fmt: skip
def test_after_signing_in_nobody_is_sent_elsewhere(installation, asked):
    client = installation.client()
    answer = client.send("/sign-in", code=installation.link("leader"), next=asked)
    assert answer.location == "/"


def test_after_signing_in_a_page_of_ours_is_found(installation):
    with installation.app.test_request_context():
        assert safe_next("/cycles?x=1") == "/cycles?x=1"


def test_who_tries_a_hundred_wrong_links_has_to_wait(installation):
    client = installation.client()
    for _ in range(100):
        assert client.send("/sign-in", code="guess").status_code == 422
    refused = client.send("/sign-in", code="guess")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    wrong_links.forget()
    assert client.send("/sign-in", code=installation.link("leader")).status_code == 303


def test_the_cookie_is_for_one_host_and_https_and_no_script(public):
    client = public.client()
    base = "https://assess.example.org"
    client.get("/sign-in", base_url=base)
    answer = client.post(
        "/sign-in",
        base_url=base,
        data={"csrf_token": client.seal, "code": public.link("leader")},
        headers={"Referer": f"{base}/sign-in"},
    )
    [said] = answer.headers.getlist("Set-Cookie")
    assert said.startswith("__Host-touchstone=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(said.split("; "))
    assert "Domain" not in said

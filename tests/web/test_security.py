"""What every answer carries, and what no request can do: headers, seals, hosts, sizes, sessions."""

from __future__ import annotations

import json

import pytest
from flask import abort

from assessment.services.outline import outline
from assessment.store.faults import Busy, NoRoom
from assessment.store.tables import Organisation
from assessment.web.access import everyone
from assessment.web.bodies import json_body
from assessment.web.security import FORM_BYTES, HEADERS, POLICY, body_limit
from assessment.web.unit import db

LONG = {"minutes": 31}


def with_view(installation, view, rule="/try", methods=("GET", "POST")):
    """Add a view that only a test needs."""
    installation.app.add_url_rule(rule, "try", everyone(view), methods=list(methods))
    return installation.client()


# Headers: cases C47 of the reliability list


def paths(app):
    known = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    return sorted(known | {"/nothing", "/static/nothing.css"})


def test_every_answer_carries_the_headers(installation):
    for client in (installation.client(), installation.signed_in("administrator")):
        for path in paths(installation.app):
            for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
                answer = client.open(path, method=method)
                for name, value in HEADERS.items():
                    assert answer.headers.get(name) == value, (method, path, name)
                assert answer.headers["Cache-Control"] == "no-store", (method, path)


def test_the_policy_is_the_promised_one():
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def test_only_an_installation_behind_tls_asks_for_it_for_ever(installation, public):
    assert "Strict-Transport-Security" not in installation.client().get("/sign-in").headers
    base = "https://assess.example.org"
    answer = public.client().get("/sign-in", base_url=base)
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


# Hosts, sizes, shapes: cases C44, C46, C52, C53, C69 of the reliability list


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil", "a b"]
)
def test_another_host_is_refused(installation, host):
    answer = installation.client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_body_larger_than_the_page_takes_is_refused_in_words(installation):
    client = installation.signed_in("administrator")
    answer = client.send("/profile", name="x" * FORM_BYTES, language="en")
    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_a_view_may_take_more(installation):
    def take():
        return {"length": len(json_body()["text"])}

    client = with_view(installation, body_limit(2 * 1024 * 1024)(take))
    client.get("/sign-in")
    sealed = {"X-CSRFToken": client.seal}
    assert client.post("/try", json={"text": "x" * 1_000_000}, headers=sealed).json == {
        "length": 1_000_000
    }
    assert client.post("/try", json={"text": "x" * 3_000_000}, headers=sealed).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"a": 1}', "application/json", 200),
        ('{"a": 1}', "text/plain", 415),
        ('{"a": 1}', "application/x-www-form-urlencoded", 415),
        ("[" * 100_000, "application/json", 400),
        ('{"a": NaN}', "application/json", 400),
        ('{"a": 1, "a": 2}', "application/json", 400),
        ("[1]", "application/json", 400),
        ("", "application/json", 400),
        (b'{"a": "\xff"}', "application/json", 400),
    ],
)
def test_json_has_one_meaning_or_is_refused(installation, body, kind, status):
    client = with_view(installation, json_body)
    client.get("/sign-in")
    answer = client.post("/try", data=body, content_type=kind, headers={"X-CSRFToken": client.seal})
    assert answer.status_code == status
    if kind == "application/json" and status == 400:
        assert json.loads(answer.text)["number"] == 400


@pytest.mark.parametrize(
    "path", ["/%00", "/-1", "/%FF", "/profile/%00", "/sign-in/x", "/" + "a" * 5000]
)
def test_an_address_that_means_nothing_is_not_there(installation, path):
    answer = installation.signed_in("administrator").get(path)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"code=\xff\xfe&csrf_token=%ff", "application/x-www-form-urlencoded"),
        (b"code=a", "multipart/form-data"),
        (
            b"--x\r\nContent-Disposition: form-data; name=code\r\n\r\ncut",
            "multipart/form-data; boundary=x",
        ),
        (b"code=a&code=b&csrf_token=c&csrf_token=d", "application/x-www-form-urlencoded"),
        (b"\x00" * 50, "application/octet-stream"),
    ],
)
def test_a_broken_body_is_a_refusal_never_a_fault(installation, body, kind):
    answer = installation.client().post("/sign-in", data=body, content_type=kind)
    assert answer.status_code == 400


# Seals: cases C45 of the reliability list


def forms(app):
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and not rule.arguments
    )


def test_a_form_without_our_seal_changes_nothing(installation):
    other = installation.signed_in("leader")
    client = installation.signed_in("administrator")
    consultant = installation.signed_in("consultant")
    for path in forms(installation.app):
        for seal in ({}, {"csrf_token": "nonsense"}, {"csrf_token": other.seal}):
            sender = consultant if path == "/criteria" else client
            answer = sender.post(path, data={"name": "Changed", **seal})
            assert answer.status_code == 400, (path, seal)
    assert "Changed" not in client.get("/organisation").text
    assert client.get("/profile").status_code == 200


def test_a_script_may_bring_the_seal_in_a_header(installation):
    client = installation.signed_in("administrator")
    answer = client.post(
        "/profile", data={"name": "Ada", "language": "en"}, headers={"X-CSRFToken": client.seal}
    )
    assert answer.status_code == 303


def test_text_typed_into_a_form_of_ours_comes_back_when_it_is_refused(installation):
    client = installation.signed_in("administrator")
    typed = {"name": "Ada\nKing <b>", "language": "en", "csrf_token": "too old"}
    answer = client.post("/profile", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert "Ada\nKing &lt;b&gt;</textarea>" in answer.text
    from_elsewhere = client.post("/profile", data=typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert "King" not in from_elsewhere.text


def test_text_typed_while_signed_out_can_be_sent_after_signing_in(installation):
    client = installation.signed_in("administrator")
    installation.clock.forward(**LONG)
    here = {"Sec-Fetch-Site": "same-origin"}
    typed = {"name": "Ada King", "language": "en", "csrf_token": client.seal}
    answer = client.post("/profile", data=typed, headers=here)
    assert answer.status_code == 401
    assert "Ada King</textarea>" in answer.text
    client.send("/sign-in", code=installation.link("administrator"))
    client.get("/profile")
    assert client.send("/profile", name="Ada King", language="en").status_code == 303


# Faults: cases C66, C67 of the reliability list


def test_a_fault_of_the_program_shows_a_number_that_the_log_has_too(installation, caplog):
    def fail():
        raise RuntimeError("canary: what somebody had typed")

    answer = with_view(installation, fail).get("/try")
    assert answer.status_code == 500
    for word in ("canary", "RuntimeError", "Traceback", ".py", "flask"):
        assert word not in answer.text
    number = answer.text.partition("<b>")[2].partition("</b>")[0]
    assert len(number) == 9
    assert number in caplog.text
    assert "canary" not in caplog.text
    assert "test_security.py" in caplog.text


def test_an_outline_of_a_fault_leaves_its_message_out():
    with pytest.raises(ValueError, match="a secret") as raised:
        int("a secret")
    assert outline(raised.value).startswith("ValueError < test_security.py:")
    assert "secret" not in outline(raised.value)


@pytest.mark.parametrize("fault", [Busy("q"), NoRoom("q")])
def test_a_database_that_keeps_nothing_is_said_so(installation, fault):
    def fail():
        raise fault

    answer = with_view(installation, fail).get("/try")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "nothing was saved" in answer.text


@pytest.mark.parametrize(
    "status", [400, 401, 403, 404, 405, 410, 413, 415, 418, 422, 429, 500, 503]
)
def test_every_refusal_is_a_page_in_words(installation, status):
    answer = with_view(installation, lambda: abort(status)).get("/try")
    assert answer.status_code == status
    assert f'<p class="over">{status}</p>' in answer.text


def test_a_refused_request_leaves_nothing_behind(installation):
    def change():
        db().get(Organisation, installation.organisation.id).name = "Changed"
        db().flush()
        abort(409)

    client = with_view(installation, change)
    assert client.send("/try").status_code == 409
    with installation.session() as session:
        assert session.get(Organisation, installation.organisation.id).name == "Northwind Care"


# Static files: cases C70 of the reliability list


@pytest.mark.parametrize(
    "path",
    [
        "/static/../assessment/web/auth.py",
        "/static/..%2fassessment%2fweb%2fauth.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static//etc/hostname",
        "/static/app.css",
        "/static/fonts/VENDOR.json",
        "/static/",
    ],
)
def test_only_hashed_names_of_our_own_files_are_served(installation, path):
    assert installation.client().get(path).status_code == 404


def test_the_same_page_for_what_never_was_and_what_is_somebody_elses(installation):
    client = installation.client()
    assert client.get("/nothing").text == client.get("/static/nothing").text

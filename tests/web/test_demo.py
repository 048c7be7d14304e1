"""The demo has doors that anybody may go in by; a real installation has none, and no banner."""

from __future__ import annotations

import datetime
import re

import pytest

from assessment.services.demo_folder import database_url
from assessment.services.demo_people import report_job, rounds
from assessment.store.engine import open_engine, open_sessions
from assessment.web import create_app
from assessment.web.demo_start import demo_settings
from assessment.web.settings import Settings, SettingsRefused, read_settings
from assessment.web.starting import ready
from tests.web.installation import KEY, TEMPLATES, StrictClient

DOORS = ("leader", "staff", "assessors", "consultant")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, copy_demo):
    return copy_demo(tmp_path_factory.mktemp("demo") / "told")


@pytest.fixture(scope="module")
def app(folder):
    app = create_app(demo_settings(folder))
    app.jinja_env.bytecode_cache = TEMPLATES
    app.test_client_class = StrictClient
    return app


@pytest.fixture
def client(app):
    return app.test_client()


def enter(client, door):
    """Go in by a door of the start page, and to where it leads."""
    client.get("/demo")
    answer = client.send(f"/demo/{door}")
    assert answer.status_code == 303, answer.text
    return client.get(answer.location)


def test_whoever_is_not_signed_in_comes_to_the_doors(client):
    for path in ("/", "/cycles", "/profile"):
        assert client.get(path).location == "/demo"
    page = client.get("/demo").text
    assert all(f'action="/demo/{door}"' in page for door in DOORS)
    assert "120 of its staff, 14 leaders" in page


def test_the_leaders_door_leads_to_the_results(client):
    page = enter(client, "leader")
    assert page.request.path.endswith("/results")
    assert "Ingrid Sorley" in page.text


def test_the_employees_door_leads_to_a_form(client):
    page = enter(client, "staff")
    assert page.request.path == "/r/welcome"
    assert "About 3 minutes" in page.text


def test_the_assessors_door_leads_to_an_item_with_what_to_judge_by(client):
    page = enter(client, "assessors")
    assert page.request.path == "/r/item/7.1"
    assert "Key factors" in page.text
    assert "Bursts" in page.text


def test_the_consultants_door_leads_to_everything_there_is_to_run(client):
    page = enter(client, "consultant").text
    assert 'href="/cycles"' in page
    assert 'href="/criteria"' in page


def test_the_report_is_one_click_away(client, folder):
    page = enter(client, "report")
    engine = open_engine(database_url(folder))
    with open_sessions(engine)() as session:
        job = report_job(session)
        assert str(job.id) in page.request.path
    engine.dispose()


def test_one_part_is_played_at_a_time(client):
    enter(client, "staff")
    enter(client, "leader")
    assert client.get("/r/welcome").location == "/r/?again=yes"
    enter(client, "staff")
    assert client.get("/cycles").location == "/demo"


def test_the_banner_leads_out_and_ends_the_session(client, app):
    page = enter(client, "leader").text
    assert 'action="/demo/leave"' in page
    cookie = client.get_cookie("touchstone-demo").value
    assert client.send("/demo/leave").location == "/demo"
    copy = app.test_client()
    copy.set_cookie("touchstone-demo", cookie)
    assert copy.get("/cycles").location == "/demo"


def test_a_start_page_in_another_tab_goes_on_working(client):
    enter(client, "leader")
    seal = client.seal
    enter(client, "staff")
    assert client.post("/demo/consultant", data={"csrf_token": seal}).status_code == 303


@pytest.mark.parametrize("path", ["/demo", "/r/", "/sign-in", "/no-such-page", "/offline"])
def test_every_page_says_that_nothing_is_real(client, path):
    assert client.get(path).text.count("Nothing here is real") == 1


@pytest.mark.parametrize("door", DOORS)
def test_pages_behind_the_doors_say_it_too(client, door):
    page = enter(client, door).text
    assert page.count("Nothing here is real") == 1
    assert re.search(r"demo --reset</code>", page)


def test_a_door_opens_with_our_seal_alone(client):
    assert client.post("/demo/leader").status_code == 400
    assert client.get("/demo/leader").status_code == 405
    assert client.send("/demo/administrator").status_code == 404


def test_the_cycle_that_visitors_answer_is_open(folder):
    engine = open_engine(database_url(folder))
    with open_sessions(engine)() as session:
        today = datetime.datetime.now(datetime.UTC).date()
        assert rounds(session).open.closes_on >= today
    engine.dispose()


# Never mixed


@pytest.mark.parametrize("path", ["/demo", *(f"/demo/{door}" for door in DOORS), "/demo/leave"])
def test_a_real_installation_has_no_doors(installation, path):
    client = installation.client()
    assert client.get(path).status_code == 404
    assert client.send(path).status_code == 404


def test_a_real_installation_has_no_banner(installation):
    page = installation.client().get("/sign-in").text
    assert "Nothing here is real" not in page
    assert "demo" not in page


def test_a_real_installation_does_not_start_on_a_demos_database(folder, tmp_path):
    with pytest.raises(SettingsRefused, match="belongs to the demo, and nothing real is kept"):
        ready(Settings(KEY, database_url(folder), tmp_path))


def test_a_demo_does_not_start_on_a_real_database(tmp_path):
    real = Settings(KEY, f"sqlite:///{tmp_path / 'real.sqlite'}", tmp_path)
    ready(real)
    with pytest.raises(SettingsRefused, match="does not belong to a demo"):
        ready(Settings(KEY, real.database_url, tmp_path, demo=True))


def test_no_variable_makes_a_demo_of_a_real_installation(tmp_path):
    variables = {"TOUCHSTONE_DEMO": "1", "TOUCHSTONE_DATA": str(tmp_path)}
    assert not read_settings(variables).demo


def test_a_demo_has_a_key_and_a_cookie_of_its_own(folder, app):
    assert app.config["SESSION_COOKIE_NAME"] != "touchstone"
    assert (folder / "secret-key").read_text().strip() == app.config["SECRET_KEY"]


def test_the_demos_database_is_its_own_whatever_the_environment_says(folder, monkeypatch):
    monkeypatch.setenv("TOUCHSTONE_DATABASE_URL", "postgresql://real.example/touchstone")
    monkeypatch.setenv("TOUCHSTONE_SECRET_KEY", KEY)
    assert demo_settings(folder).database_url == database_url(folder)
    assert demo_settings(folder).secret_key != KEY

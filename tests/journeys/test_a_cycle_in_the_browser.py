"""A consultant's round in a real browser: from the first button to the closing, without script."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.browser import PHONE, look_over
from tests.rounds import CRITERIA, OTHER, REASON
from tests.web.rounds import PEOPLE, PLAN, bring_criteria, draft, open_round

FAULTY = CRITERIA.replace("scale: agreement", "scale: agreemnt") + "surplus: 1\n"


@pytest.fixture
def live(installation, serve_live):
    bring_criteria(installation)
    return serve_live(installation.app)


def enter(window, installation, who):
    window.go("/sign-in")
    window.page.get_by_label("Your link, or its code").fill(installation.link(who))
    window.page.get_by_role("button", name="Sign in").click()
    window.page.wait_for_url(f"{window.url}/")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    ).first.click()


def fill(page, **fields):
    for label, text in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(text)


def test_a_round_from_the_first_button_to_the_closing(installation, live, open_window):
    window = open_window(live, PHONE, java_script_enabled=False)
    page = window.page
    enter(window, installation, "consultant")
    window.go("/cycles")
    press(page, "Start a cycle")
    page.get_by_role("radio", name="Small criteria").check()
    press(page, "Continue")
    fill(page, Title="Spring 2026", Sponsor="The board", Purpose_and_scope="To learn.")
    page.get_by_label("Last day").fill("2026-06-30")
    page.get_by_label("Leaders").uncheck()
    press(page, "Save the draft")
    made = page.url
    press(page, "Say who is asked")
    press(page, "Bring a list")
    page.get_by_label("Or paste it here").fill(PEOPLE)
    press(page, "Check the list")
    assert "2 people are added" in page.content()
    press(page, "Add them")
    page.locator(".back a").click()
    press(page, "Open the cycle")
    press(page, "Open it now")
    press(page, "Make personal links")
    with page.expect_download() as waiting:
        press(page, "Make and download the links")
    path = Path(waiting.value.path())
    with path.open(encoding="utf-8-sig", newline="") as file:
        links = [row["link"] for row in csv.DictReader(file)]
    assert len(links) == 2
    assert all(link.startswith(f"{live.url}/r/#") for link in links)
    page.locator(".back a").click()
    page.get_by_role("button", name="Mark as done Try it with ten people").click()
    page.get_by_role("link", name="Close Close").click()
    assert "2 of 2 people have not submitted" in page.content()
    press(page, "Close it for good")
    installation.do_jobs()
    page.goto(made)
    assert page.locator(".lead").inner_text() == "Closed"


def test_every_page_is_accessible_and_stays_in_its_bounds(installation, live, open_window):
    client = installation.signed_in("consultant")
    key = "uploaded/small.yaml"
    bring_criteria(installation, OTHER, "other.yaml")
    made = draft(client, key, title="Autumn", purpose="A long purpose. " * 20, forms=["leaders"])
    client.send(f"{made}/people/list", text="code,form\n5,leaders\n", go="add")
    long = "x" * 190
    people = f"{PEOPLE}{long},{long},,staff,{long}\n"
    opened = open_round(client, key, people, title="Selbsteinschätzung " * 8)
    client.send(f"{opened}/not-applicable", item="1.2", reason=REASON)
    window = open_window(live)
    enter(window, installation, "consultant")
    found = []
    paths = {
        "cycles": "/cycles",
        "choose": "/cycles/new",
        "new": f"/cycles/new?criteria={key}",
        "draft": made,
        "open-it": f"{made}/open",
        "cycle": opened,
        "people": f"{opened}/people",
        "list": f"{opened}/people/list",
        "links": f"{opened}/links",
        "answers": f"{opened}/answers",
        "extend": f"{opened}/extend",
        "close": f"{opened}/close",
        "criteria": "/criteria",
        "other-criteria": f"{made}/criteria?criteria=uploaded/other.yaml",
        "aside": f"{opened}/not-applicable",
    }
    for name, path in paths.items():
        window.go(path)
        found += look_over(window, name)
    assert found == []


def test_what_a_check_answers_is_accessible_too(installation, live, open_window):
    client = installation.signed_in("consultant")
    opened = open_round(client, "uploaded/small.yaml")
    window = open_window(live)
    page = window.page
    enter(window, installation, "consultant")
    found = []
    window.go(f"{opened}/people/list")
    page.get_by_label("Or paste it here").fill("code,form\n1,staf\n1,staff\n")
    press(page, "Check the list")
    found += look_over(window, "bad-list")
    assert page.get_by_label("Or paste it here").input_value().startswith("code,form\n1,staf")
    page.get_by_label("Or paste it here").fill("code,form,unit\n91,staff,Ward 9\n")
    press(page, "Check the list")
    found += look_over(window, "list-shown")
    window.go(f"{opened}/answers")
    page.get_by_label("Or paste it here").fill("respondent,question,answer\n7,1.1-s1,4\n")
    press(page, "Check the file")
    found += look_over(window, "import-shown")
    window.go("/criteria")
    page.get_by_label("Criteria file").set_input_files(
        {"name": "own.yaml", "mimeType": "text/yaml", "buffer": FAULTY.encode()}
    )
    press(page, "Check and keep")
    found += look_over(window, "criteria-notes")
    window.go("/cycles/new?criteria=uploaded/small.yaml")
    page.get_by_label("Title").fill(PLAN["title"])
    press(page, "Save the draft")
    found += look_over(window, "refused-plan")
    window.expect_refusal()
    assert found == []


def test_people_and_units_are_accessible_and_stay_in_their_bounds(installation, live, open_window):
    client = installation.signed_in("administrator")
    long = "x" * 190
    ward = client.get("/units").text.partition('href="/units/')[2][:36]
    client.send("/units", name=long, parent=ward)
    client.send("/people", name=long, email=f"{long}@a.org", role="leader", unit=ward)
    window = open_window(live)
    page = window.page
    enter(window, installation, "administrator")
    found = []
    for name, path in {
        "units": "/units",
        "unit": f"/units/{ward}",
        "people": "/people",
        "person": f"/people/{installation.people['unit leader'].id}",
    }.items():
        window.go(path)
        found += look_over(window, f"all-{name}")
    press(page, "Make a link")
    found += look_over(window, "all-link")
    window.go("/people")
    press(page, "Invite and show the link")
    found += look_over(window, "all-refused")
    window.expect_refusal()
    assert found == []


def test_a_link_opened_while_the_sign_in_is_shown_is_taken(installation, live, open_window):
    window = open_window(live)
    window.go("/sign-in")
    window.go(f"/sign-in#{installation.link('leader')}")
    window.page.get_by_text("Your link is ready").wait_for()
    assert "#" not in window.page.url
    window.page.get_by_role("button", name="Sign in").click()
    window.page.wait_for_url(f"{window.url}/")

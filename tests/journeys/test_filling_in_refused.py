"""What a browser has kept too long, and pages that come back refused, in a real browser."""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import expect

from assessment.store.faults import Busy
from assessment.web import questionnaire_answers
from tests.browser import NARROW, PHONE, axe_violations, picture, sideways
from tests.journeys.test_filling_in import SAVED, come_in, drafts, state, statement
from tests.web.questionnaires import item_address, make_round, small_criteria

PAGE = item_address("1.1")


@pytest.fixture
def round_(installation):
    return make_round(installation)


@pytest.fixture
def live(installation, round_, serve_live):
    return serve_live(installation.app)


def later(window, days):
    """A new tab of the same browser, so many days on."""
    page = window.context.new_page()
    page.clock.install(time=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days))
    page.goto(f"{window.url}{PAGE}")
    return page


def test_a_browser_forgets_drafts_after_thirty_days(round_, live, open_window, monkeypatch):
    def take_nothing(*_arguments):
        raise Busy

    monkeypatch.setattr(questionnaire_answers, "save_answers", take_nothing)
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(PAGE)
    statement(page).get_by_role("radio", name="agree", exact=True).check()
    expect(state(page)).to_have_text(re.compile("the server is busy"))
    page.close()
    page = later(window, 29)
    expect(statement(page).get_by_role("radio", name="agree", exact=True)).to_be_checked()
    assert [draft["value"] for draft in drafts(page)] == ["4"]
    page.close()
    page = later(window, 31)
    page.wait_for_load_state("networkidle")
    expect(statement(page).get_by_role("radio", name="agree", exact=True)).not_to_be_checked()
    assert drafts(page) == []
    assert round_.filling("sam").shown("1.1-s1") == ""
    window.messages = [each for each in window.messages if "status of 503" not in each]


def without_script(window, round_):
    """A page whose script never came, filled in; its seal is that of an earlier session."""
    page = window.page
    come_in(window, round_)
    page.route("**/questionnaire-*.js", lambda route: route.abort())
    window.go(PAGE)
    statement(page).get_by_role("radio", name="agree", exact=True).check()
    page.get_by_text("Add a comment").first.click()
    page.get_by_label("Comment", exact=True).first.fill("Typed without a script.")
    page.locator("#asking [name=csrf_token]").evaluate("each => { each.value = 'old' }")
    return page


def test_a_refused_page_comes_back_and_its_script_keeps_what_was_typed(round_, live, open_window):
    window = open_window(live, PHONE)
    page = without_script(window, round_)
    page.unroute("**/questionnaire-*.js")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("All you typed is here; send it again.")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(statement(page).get_by_role("radio", name="agree", exact=True)).to_be_checked()
    picture(page, "r-refused-375-light")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{item_address('1.2')}")
    filling = round_.filling("sam")
    assert filling.shown("1.1-s1") == "4"
    assert filling.shown("1.1-s1", "comment") == "Typed without a script."
    window.messages = [each for each in window.messages if "ERR_FAILED" not in each]
    window.expect_refusal()


def test_a_text_too_long_to_be_sent_at_all_is_said_beside_it(round_, live, open_window):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(PAGE)
    # Two megabytes in one field would keep the browser, and not our script, busy.
    page.route("**/r/answers", lambda route: route.fulfill(status=413, body="{}"), times=1)
    page.get_by_text("Add a comment").first.click()
    field = page.get_by_label("Comment", exact=True).first
    field.fill("Much too long.")
    expect(page.get_by_text("This text is too long to be sent.")).to_be_visible()
    expect(state(page)).to_have_text("Not all is saved: see the marked field.")
    field.fill("Short.")
    expect(state(page)).to_have_text(SAVED)
    assert round_.filling("sam").shown("1.1-s1", "comment") == "Short."
    window.expect_refusal()


def test_german_pages_stay_in_bounds_on_the_narrowest_phone(installation, serve_live, open_window):
    made = make_round(installation, small_criteria(language="de"), language="de")
    window = open_window(serve_live(installation.app), NARROW)
    page = window.page
    found = []
    for code in ("sam", "lea", "ann"):
        window.go(f"/r/#{made.passes[code]}")
        page.get_by_role("button", name="Start").click()
        page.locator("input[name=shared][value=no]").check()
        page.get_by_role("button", name="Weiter").click()
        page.wait_for_url("**/r/welcome")
        for path in ("/r/welcome", "/r/parts", PAGE, item_address("2.1"), "/r/review", "/r/copy"):
            window.go(path)
            picture(page, f"r-de-{code}-{path.rpartition('/')[2]}-320-light")
            found += [f"{code} {path}: {each}" for each in axe_violations(page)]
            found += [f"{code} {path}: wider than the window"] if sideways(page) else []
        page.get_by_role("button", name="verlassen").click()
        page.wait_for_url("**/r/left*")
    assert found == []

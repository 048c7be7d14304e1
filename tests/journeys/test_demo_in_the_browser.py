"""Two minutes with the demo: a leader from the headline to the report, an assessor at one item."""

from __future__ import annotations

import pytest

from assessment.web import create_app
from assessment.web.demo_start import demo_settings
from tests.browser import DESK, PHONE, axe_violations, look_over
from tests.web.installation import TEMPLATES


@pytest.fixture(scope="module")
def folder(tmp_path_factory, copy_demo):
    return copy_demo(tmp_path_factory.mktemp("demo") / "told")


@pytest.fixture
def live(folder, serve_live):
    app = create_app(demo_settings(folder))
    app.jinja_env.bytecode_cache = TEMPLATES
    return serve_live(app)


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_a_leader_from_the_headline_to_why_to_the_gaps_and_the_report(live, open_window):
    window = open_window(live, DESK)
    page = window.page
    window.go("/")
    assert look_over(window, "demo-start") == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    press(page, "Read the results as a leader")
    headline = page.locator("h1").inner_text()
    assert len(headline) > 20
    assert look_over(window, "demo-results") == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.locator('main a[href*="/why"]').first.click()
    assert axe_violations(page) == []
    page.go_back()
    page.get_by_role("link", name="Gaps, in three classes").click()
    assert "measure" in page.locator("main").inner_text().lower()
    assert axe_violations(page) == []
    press(page, "All doors")
    page.wait_for_url("**/demo")
    page.get_by_role("button", name="report, a PDF").click()
    page.wait_for_url("**/jobs/*")
    assert "waits for its turn" in page.locator("main").inner_text()


def test_an_assessor_judges_one_item_with_the_measures_beside_it(live, open_window):
    window = open_window(live, DESK)
    page = window.page
    window.go("/demo")
    press(page, "Judge as an assessor")
    page.wait_for_url("**/r/item/7.1")
    beside = page.locator("aside.beside")
    assert "Bursts" in beside.inner_text()
    assert "46,000 homes" in beside.inner_text()
    assert look_over(window, "demo-assessor") == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_label("Levels", exact=True).select_option("45")
    comment = page.locator('textarea[name="comment:7.1"]')
    comment.fill("Bursts have grown for three years.")
    comment.blur()
    page.locator("#state", has_text="Saved").wait_for()
    page.reload()
    assert page.get_by_label("Levels", exact=True).input_value() == "45"
    assert page.locator('textarea[name="comment:7.1"]').input_value().startswith("Bursts have")


def test_an_employee_on_a_phone_is_asked_at_once(live, open_window):
    window = open_window(live, PHONE)
    page = window.page
    window.go("/demo")
    press(page, "Answer as an employee")
    page.wait_for_url("**/r/welcome")
    assert look_over(window, "demo-employee") == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.get_by_role("link", name="Start with").click()
    page.wait_for_url("**/r/item/*")
    assert "Nothing here is real" in page.locator("aside.demo").inner_text()


def test_a_consultant_finds_criteria_and_cycles(live, open_window):
    window = open_window(live, DESK)
    page = window.page
    window.go("/demo")
    press(page, "Run it as a consultant")
    page.get_by_role("link", name="Go to the cycle").click()
    assert "Follow-up" in page.locator("h1").inner_text()
    assert axe_violations(page) == []

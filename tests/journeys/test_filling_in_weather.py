"""What goes wrong while somebody fills in a questionnaire, and that nothing they said is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser import NARROW, PHONE, axe_violations, picture, sideways
from tests.journeys.test_filling_in import SAVED, come_in, drafts, state, statement
from tests.rounds import close_cycle
from tests.web.questionnaires import item_address, make_round, small_criteria


@pytest.fixture
def round_(installation):
    return make_round(installation)


@pytest.fixture
def live(installation, round_, serve_live):
    return serve_live(installation.app)


def answer(page, name, number=0):
    statement(page, number).get_by_role("radio", name=name, exact=True).check()


def comment(page, words, number=0):
    fold = page.get_by_text("Add a comment").nth(number)
    if not page.get_by_label("Comment", exact=True).nth(number).is_visible():
        fold.click()
    page.get_by_label("Comment", exact=True).nth(number).fill(words)


def test_the_whole_way_on_a_phone_with_the_keyboard_alone(round_, live, open_window):
    window = open_window(live, PHONE)
    page = window.page
    window.go(f"/r/#{round_.passes['sam']}")
    assert "#" not in page.url, "the pass stays in no history"
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/device")

    def reach(words):
        for _ in range(40):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                """(document.activeElement.closest('label') ?? document.activeElement).innerText"""
            )
            if words in (focused or ""):
                return
        raise AssertionError(words)

    reach("No, it is mine")
    page.keyboard.press("Space")
    reach("Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/welcome")
    reach("Start with Leadership")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{item_address('1.1')}")
    reach("strongly disagree")
    page.keyboard.press("4")
    expect(state(page)).to_have_text(SAVED)
    reach("Not started")
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Begun")).to_be_checked()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{item_address('1.2')}")
    assert round_.filling("sam").shown("1.1-s1") == "4"
    assert round_.filling("sam").shown("1.1-s2") == "2"
    for item_id in ("1.2", "2.1", "2.2"):
        page.wait_for_url(f"**{item_address(item_id)}")
        reach("strongly disagree")
        page.keyboard.press("5")
        reach("Continue")
        page.keyboard.press("Enter")
    page.wait_for_url("**/r/review")
    reach("Submit my answers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/thanks")
    assert round_.filling("sam").is_submitted
    assert round_.filling("sam").kept == 5


def test_the_whole_way_without_a_script(round_, live, open_window):
    window = open_window(live, PHONE, java_script_enabled=False)
    page = window.page
    window.go("/r/")
    page.get_by_label("Your personal link").fill(f"{live.url}/r/#{round_.passes['sam']}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("radio", name="No, it is mine").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Start with Leadership").click()
    answer(page, "agree")
    comment(page, "Without a script.")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{item_address('1.2')}")
    for _ in range(3):
        answer(page, "neither")
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/r/thanks")
    filling = round_.filling("sam")
    assert filling.shown("1.1-s1", "comment") == "Without a script."
    assert filling.kept == 4


def test_a_judge_chooses_a_range_and_then_a_step_without_a_script(round_, live, open_window):
    window = open_window(live, java_script_enabled=False)
    page = window.page
    window.go("/r/")
    page.get_by_label("Your personal link").fill(round_.passes["ann"])
    page.get_by_role("button", name="Start").click()
    page.get_by_role("radio", name="No, it is mine").check()
    page.get_by_role("button", name="Continue").click()
    window.go(item_address("1.1"))
    page.locator(".range > summary").nth(1).click()
    page.get_by_role("radio", name="45 %").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{item_address('1.2')}")
    assert round_.filling("ann").shown("1.1") == "45"


def test_offline_in_mid_page_and_back(round_, live, open_window):
    window = open_window(live, PHONE)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    answer(page, "agree")
    expect(state(page)).to_have_text(SAVED)
    assert drafts(page) == []
    window.context.set_offline(True)
    answer(page, "strongly agree")
    comment(page, "Written in a tunnel.")
    expect(state(page)).to_have_text("No connection. Your answers are kept on this device.")
    picture(page, "r-offline-375-light")
    page.get_by_role("button", name="Continue").click()
    assert page.url.endswith(item_address("1.1")), "the text stays"
    expect(page.get_by_label("Comment", exact=True).first).to_have_value("Written in a tunnel.")
    kept = {draft["name"]: draft["value"] for draft in drafts(page)}
    assert kept == {"answer:1.1-s1": "5", "comment:1.1-s1": "Written in a tunnel."}
    assert round_.filling("sam").shown("1.1-s1") == "4"
    window.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    assert round_.filling("sam").shown("1.1-s1") == "5"
    assert round_.filling("sam").shown("1.1-s1", "comment") == "Written in a tunnel."
    assert drafts(page) == []
    window.messages = [each for each in window.messages if "ERR_INTERNET_DISCONNECTED" not in each]


def test_a_reload_brings_back_what_was_not_sent(round_, live, open_window):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    page.route("**/r/answers", lambda route: route.abort())
    answer(page, "agree")
    comment(page, "Not sent yet.")
    expect(state(page)).to_have_text(re.compile("No connection"))
    page.unroute("**/r/answers")
    page.route("**/r/answers", lambda route: route.abort(), times=1)
    page.reload()
    expect(page.get_by_label("Comment", exact=True).first).to_have_value("Not sent yet.")
    expect(state(page)).to_have_text(SAVED)
    assert round_.filling("sam").shown("1.1-s1", "comment") == "Not sent yet."
    window.messages = [each for each in window.messages if "ERR_FAILED" not in each]


def test_a_busy_server_is_said_and_tried_again(round_, live, open_window):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    page.route("**/r/answers", lambda route: route.fulfill(status=503, body="{}"), times=1)
    answer(page, "agree")
    expect(state(page)).to_have_text(re.compile("the server is busy"))
    expect(state(page)).to_have_text(SAVED)
    assert round_.filling("sam").shown("1.1-s1") == "4"
    window.messages = [each for each in window.messages if "status of 503" not in each]


def test_a_session_that_ends_in_mid_page_loses_nothing(round_, live, open_window, engine):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM session"))
    answer(page, "agree")
    comment(page, "Typed after the end.")
    expect(state(page)).to_have_text(re.compile("You are signed out. What you typed is kept"))
    other = window.context.new_page()
    other.goto(f"{live.url}/r/#{round_.passes['sam']}")
    other.get_by_role("button", name="Start").click()
    other.get_by_role("radio", name="No, it is mine").check()
    other.get_by_role("button", name="Continue").click()
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state(page)).to_have_text(SAVED, timeout=15_000)
    expect(page.get_by_label("Comment", exact=True).first).to_have_value("Typed after the end.")
    filling = round_.filling("sam")
    assert (filling.shown("1.1-s1"), filling.shown("1.1-s1", "comment")) == (
        "4",
        "Typed after the end.",
    )
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{item_address('1.2')}")
    window.expect_refusal()


def test_a_save_while_somebody_comes_in_anew_in_another_tab_waits(
    round_, live, open_window, engine
):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM session"))
    answer(page, "agree")
    expect(state(page)).to_have_text(re.compile("You are signed out. What you typed is kept"))
    other = window.context.new_page()
    other.goto(f"{live.url}/r/#{round_.passes['sam']}")
    other.get_by_role("button", name="Start").click()
    other.wait_for_url("**/r/device")
    # Between the link and the question whose device this is: the save is led to that question.
    with page.expect_response(lambda answer: answer.url.endswith("/r/device")):
        page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state(page)).to_have_text(re.compile("You are signed out. What you typed is kept"))
    other.get_by_role("radio", name="No, it is mine").check()
    other.get_by_role("button", name="Continue").click()
    other.wait_for_url(lambda url: not url.endswith("/device"))
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state(page)).to_have_text(SAVED, timeout=15_000)
    assert round_.filling("sam").shown("1.1-s1") == "4"
    window.expect_refusal()


def test_two_tabs_show_both_values_and_the_person_chooses(round_, live, open_window):
    window = open_window(live)
    one = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    two = window.context.new_page()
    two.goto(f"{live.url}{item_address('1.1')}")
    answer(one, "agree")
    comment(one, "From the first tab.")
    expect(state(one)).to_have_text(SAVED)
    two.bring_to_front()
    answer(two, "disagree")
    comment(two, "From the second tab.")
    expect(state(two)).to_have_text("Changed elsewhere: choose below.")
    boxes = two.locator(".other")
    expect(boxes).to_have_count(2)
    expect(boxes.first).to_contain_text("There: agree")
    expect(boxes.first).to_contain_text("Here: disagree")
    picture(two, "r-conflict-1280-light")
    assert axe_violations(two) == []
    filling = round_.filling("sam")
    assert (filling.shown("1.1-s1"), filling.shown("1.1-s1", "comment")) == (
        "4",
        "From the first tab.",
    )
    boxes.first.get_by_role("button", name="Keep mine").click()
    expect(boxes).to_have_count(1)
    boxes.first.get_by_role("button", name="Take the other").click()
    expect(two.get_by_label("Comment", exact=True).first).to_have_value("From the first tab.")
    two.get_by_role("button", name="Continue").click()
    two.wait_for_url(f"**{item_address('1.2')}")
    assert round_.filling("sam").shown("1.1-s1") == "2"
    window.expect_refusal()


def test_a_closing_in_mid_page_is_said_with_what_is_kept(round_, live, open_window, installation):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    answer(page, "agree")
    expect(state(page)).to_have_text(SAVED)
    with installation.session() as session, session.begin():
        close_cycle(session, round_.cycle(session), installation.clock.now)
    answer(page, "disagree")
    expect(state(page)).to_have_text(
        re.compile("takes no more answers. The answer you gave before is kept")
    )
    window.expect_refusal()


def test_a_text_that_is_too_long_is_said_beside_it(round_, live, open_window):
    window = open_window(live)
    page = window.page
    come_in(window, round_)
    window.go(item_address("1.1"))
    comment(page, "x" * 11_234)
    expect(page.get_by_text("1,234 characters too many")).to_be_visible()
    expect(state(page)).to_have_text("Not all is saved: see the marked field.")
    comment(page, "x" * 5)
    expect(state(page)).to_have_text(SAVED)
    window.expect_refusal()


def test_a_shared_device_keeps_nothing_and_forgets_after_three_idle_minutes(
    round_, live, open_window
):
    window = open_window(live)
    page = window.page
    page.clock.install()
    come_in(window, round_, shared=True)
    window.go(item_address("1.1"))
    page.route("**/r/answers", lambda route: route.abort(), times=1)
    answer(page, "agree")
    expect(state(page)).to_have_text(re.compile("kept in this page"))
    assert drafts(page) == []
    page.clock.fast_forward(2000)
    expect(state(page)).to_have_text(SAVED)
    page.clock.fast_forward(130_000)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.fast_forward(20_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    picture(page, "r-idle-1280-light")
    page.get_by_role("button", name="I am still here").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.fast_forward(151_000)
    page.clock.fast_forward(31_000)
    page.wait_for_url("**/r/left*")
    expect(page.get_by_text("this shared device has forgotten you")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/r/?again=yes")
    window.messages = [each for each in window.messages if "ERR_FAILED" not in each]


def test_drafts_are_wiped_at_submission_and_at_leaving(round_, live, open_window):
    window = open_window(live)
    page = window.page
    for way in ("leave", "submit"):
        come_in(window, round_)
        window.go(item_address("1.1"))
        page.route("**/r/answers", lambda route: route.abort())
        answer(page, {"leave": "agree", "submit": "disagree"}[way])
        expect(state(page)).to_have_text(re.compile("No connection"))
        assert len(drafts(page)) == 1, "or there would be nothing to wipe"
        if way == "leave":
            page.get_by_role("button", name="Leave").click()
            expect(state(page)).to_have_text(re.compile("have not been sent yet"))
            page.get_by_role("button", name="Leave").click()
            page.wait_for_url("**/r/left*")
        else:
            window.go("/r/review")
            page.get_by_role("button", name="Submit").click()
            page.wait_for_url("**/r/thanks")
            page.wait_for_timeout(200)
        assert drafts(page) == []
        page.unroute("**/r/answers")
    window.messages = [each for each in window.messages if "ERR_FAILED" not in each]


def test_the_level_reached_is_shown_live(round_, live, open_window):
    window = open_window(live)
    page = window.page
    come_in(window, round_, "ann")
    window.go(item_address("2.1"))
    reached = page.locator("[data-reached]")
    steps = [("Yes", "Not determined yet"), ("Yes", "Not determined yet"), ("No", "1 · Beginning")]
    for number, (name, level) in enumerate(steps):
        answer(page, name, number)
        expect(reached).to_have_text(level)
    answer(page, "Yes", 2)
    expect(reached).to_have_text("2 · Defined")
    answer(page, "I can't judge this", 0)
    expect(reached).to_have_text("Not determined yet")
    answer(page, "No", 0)
    expect(reached).to_have_text("0")
    statement(page, 0).get_by_role("button", name="Take my answer back").click()
    expect(reached).to_have_text("Not determined yet")
    expect(state(page)).to_have_text(SAVED)
    page.reload()
    expect(reached).to_have_text("Not determined yet")
    assert round_.filling("ann").shown("2.1-1a") == ""


def test_what_does_not_apply_is_saved_with_its_reason(round_, live, open_window):
    window = open_window(live)
    page = window.page
    come_in(window, round_, "ann")
    window.go(item_address("2.1"))
    answer(page, "Does not apply here")
    expect(state(page)).to_have_text("Not saved yet: say why it does not apply.")
    page.get_by_label("Why it does not apply").first.select_option("Decided elsewhere")
    expect(state(page)).to_have_text(SAVED)
    assert round_.filling("ann").shown("2.1-1a") == "na"


def test_right_to_left_and_very_long_texts_stay_in_bounds(installation, serve_live, open_window):
    long = "מנהיגות " * 60 + "Unbroken" * 60
    made = make_round(
        installation,
        small_criteria(title="עברית " * 10 + "x" * 120, text=long, language="he"),
        title="ארגון " + "y" * 150,
        language="he",
    )
    window = open_window(serve_live(installation.app), NARROW)
    page = window.page
    come_in(window, made)
    window.go(item_address("1.1"))
    assert (
        statement(page).locator("legend").evaluate("each => getComputedStyle(each).direction")
        == "rtl"
    )
    comment(page, "שלום " * 100 + "🏳️‍🌈" * 200 + "w" * 500)
    page.get_by_label("Comment", exact=True).first.blur()
    expect(state(page)).to_have_text(SAVED)
    wide = []
    for path in (item_address("1.1"), "/r/parts", "/r/review", "/r/welcome", "/r/copy"):
        window.go(path)
        picture(page, f"r-rtl-{path.rpartition('/')[2]}-320-light")
        wide += [path] if sideways(page) else []
    assert wide == []
    assert axe_violations(page) == []

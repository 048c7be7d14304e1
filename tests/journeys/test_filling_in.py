"""People fill in questionnaires in a real browser, with everything that goes wrong on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import (
    LOOKS,
    NARROW,
    PHONE,
    axe_violations,
    picture,
    sideways,
    small_targets,
)
from tests.web.questionnaires import eight_questions, item_address, make_round

ENLARGED = (320, 256)
"""What is left of a desk's window at 400 %."""
SAVED = re.compile(r"Saved at \d\d:\d\d")


@pytest.fixture
def round_(installation):
    return make_round(installation)


@pytest.fixture
def live(installation, round_, serve_live):
    return serve_live(installation.app)


def come_in(window, round_, code="sam", shared=False):
    """By the link, with the device told, up to the first page that follows."""
    window.go(f"/r/#{round_.passes[code]}")
    window.page.get_by_role("button", name="Start").click()
    answer = "Yes, others use it too" if shared else "No, it is mine"
    window.page.get_by_label(answer).check()
    window.page.get_by_role("button", name="Continue").click()
    window.page.wait_for_url(lambda url: not url.endswith(("/device", "/r/")))


def statement(page, number=0):
    return page.locator("fieldset.asked").nth(number)


def state(page):
    return page.locator("#state")


def drafts(page):
    """What the browser keeps of answers that are not sent."""
    return page.evaluate(
        """() => new Promise((resolve) => {
             const asked = indexedDB.open("touchstone", 1);
             asked.onupgradeneeded = () => asked.transaction.abort();
             asked.onerror = () => resolve([]);
             asked.onsuccess = () => {
               const all = asked.result.transaction("drafts").objectStore("drafts").getAll();
               all.onsuccess = () => { asked.result.close(); resolve(all.result); };
             };
           })"""
    )


# Every page, looked at


def pages_of(window, round_):
    """Each page of a staff member's and of a judge's way, by name."""
    page = window.page
    window.go("/r/")
    page.wait_for_load_state("load")
    yield "link"
    window.go(f"/r/#{round_.passes['sam']}")
    yield "start"
    page.get_by_role("button", name="Start").click()
    yield "device"
    page.get_by_label("No, it is mine").check()
    page.get_by_role("button", name="Continue").click()
    yield "welcome"
    page.get_by_role("link", name="Start with").click()
    yield "item"
    statement(page).get_by_role("radio", name="agree", exact=True).check()
    expect(state(page)).to_have_text(SAVED)
    yield "item-answered"
    page.get_by_role("link", name="All parts").click()
    yield "hub"
    window.go("/r/review")
    yield "review"
    page.get_by_role("button", name="Submit").click()
    yield "thanks"
    page.get_by_role("link", name="See my answers").click()
    yield "copy"
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/r/left*")
    yield "left"
    yield from pages_of_judging(window, round_)


def pages_of_judging(window, round_):
    """The pages of a leader and of a judge."""
    page = window.page
    come_in(window, round_, "lea")
    window.go("/r/key-factors")
    yield "key-factors"
    page.get_by_label("Offerings").fill("Care at home for older people in the north of the county.")
    page.get_by_label("Offerings").blur()
    expect(state(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/r/left*")
    come_in(window, round_, "ann")
    yield "welcome-judge"
    window.go(item_address("1.1"))
    yield "judge"
    page.locator(".range > summary").nth(1).click()
    page.locator(".range").nth(1).get_by_role("radio", name="45 %").check()
    page.get_by_text("Compare the ranges side by side").click()
    yield "judge-chosen"
    window.go(item_address("2.1"))
    statement(page, 0).get_by_label("Yes").check()
    statement(page, 1).get_by_label("Does not apply here").check()
    yield "criteria"
    window.go(item_address("2.2"))
    page.get_by_text("This whole item does not apply").click()
    yield "grade"


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page_is_accessible_and_stays_in_its_bounds(round_, live, open_window, size, scheme):
    window = open_window(live, size, color_scheme=scheme)
    found = []
    for name in pages_of(window, round_):
        picture(window.page, f"r-{name}-{size[0]}-{scheme}")
        found += [f"{name}: {each}" for each in axe_violations(window.page)]
        found += [f"{name}: {each} is small" for each in small_targets(window.page)]
        if sideways(window.page):
            found.append(f"{name}: wider than the window")
    window.expect_refusal()
    assert found == []


def test_no_page_scrolls_sideways(round_, live, open_window):
    window, wide = open_window(live, NARROW), []
    for name in pages_of(window, round_):
        for width, height in (ENLARGED, NARROW):
            window.page.set_viewport_size({"width": width, "height": height})
            if sideways(window.page):
                wide.append(f"{name} {height}")
    window.expect_refusal()
    assert wide == []


def test_a_page_of_eight_questions_is_light(installation, serve_live, open_window):
    made = make_round(installation, eight_questions())
    window = open_window(serve_live(installation.app), PHONE)
    come_in(window, made)
    wire = window.context.new_cdp_session(window.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def begin(event):
        kinds[event["requestId"]] = event["type"]

    def note(event):
        kind = kinds[event["requestId"]]
        sizes[kind] = sizes.get(kind, 0) + event["encodedDataLength"]

    wire.on("Network.responseReceived", begin)
    wire.on("Network.loadingFinished", note)
    window.page.goto(f"{window.url}{item_address('1.0')}", wait_until="networkidle")
    assert statement(window.page, 7).is_visible()
    print(f"{sum(sizes.values()):.0f} bytes over the wire: {sizes}")
    # The fonts are the frame's; a browser fetches them once for all pages.
    assert sum(size for kind, size in sizes.items() if kind != "Font") <= 24 * 1024

"""Without a connection: a page in words, and nothing personal in what the browser keeps for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, look_over
from tests.web.questionnaires import item_address, make_round

CANARY = "Only Sam knows about the canary"
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const text = await (await cache.match(request)).text();
        found.push([new URL(request.url).pathname, text]);
      }
    }
    return found;
}"""
REPLACED = """async (before) => {
    for (let round = 0; round < 250; round += 1) {
      const now = await caches.keys();
      if (now.length === 1 && now[0] !== before) return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return false;
}"""
_IN_DRAFTS = """() => new Promise((resolve) => {
    const asked = indexedDB.open("touchstone", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("drafts", { keyPath: ["sheet", "name"] });
    };
    asked.onsuccess = () => {
      const store = asked.result.transaction("drafts", "readwrite").objectStore("drafts");
      const done = DEED;
      done.onsuccess = () => {
        asked.result.close();
        resolve(Array.isArray(done.result) ? done.result.map((each) => each.value) : null);
      };
    };
})"""
PUT_DRAFT = _IN_DRAFTS.replace(
    "DEED", 'store.put({ sheet: "s", name: "comment:1", value: "A thought", at: Date.now() })'
)
DRAFTS = _IN_DRAFTS.replace("DEED", "store.getAll()")


@pytest.fixture
def round_(installation):
    return make_round(installation)


@pytest.fixture
def live(installation, round_, serve_live):
    return serve_live(installation.app)


def come_in(window, round_, shared=False):
    window.go(f"/r/#{round_.passes['sam']}")
    page = window.page
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Yes, others use it too" if shared else "No, it is mine").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/r/welcome")


def choose(page, words):
    page.locator("fieldset.asked").first.get_by_role("radio", name=words, exact=True).check()


def in_charge(page):
    """Wait until the worker has taken over the pages of this window."""
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


def test_a_page_asked_for_offline_says_so_in_words_and_goes_on_when_back(round_, live, open_window):
    window = open_window(live, PHONE)
    page = window.page
    come_in(window, round_)
    in_charge(page)
    window.go(item_address("1.1"))
    choose(page, "agree")
    expect(page.locator("#state")).to_have_text(re.compile("Saved at"))
    window.context.set_offline(True)
    choose(page, "strongly agree")
    expect(page.locator("#state")).to_have_text(re.compile("No connection"))
    page.reload()
    window.messages = [each for each in window.messages if "ERR_INTERNET_DISCONNECTED" not in each]
    assert page.get_by_role("heading", level=1).inner_text() == "You are offline"
    assert "kept on this device" in page.locator("main").inner_text()
    assert page.url.endswith(item_address("1.1"))
    window.context.set_offline(False)
    expect(page.locator("fieldset.asked").first).to_be_visible(timeout=10_000)
    window.messages = [each for each in window.messages if "ERR_INTERNET_DISCONNECTED" not in each]
    expect(page.locator("#state")).to_have_text(re.compile("Saved at"))
    assert round_.filling("sam").shown("1.1-s1") == "5"


def test_what_the_worker_keeps_holds_nothing_of_anybody(round_, live, open_window):
    window = open_window(live, PHONE)
    page = window.page
    come_in(window, round_)
    in_charge(page)
    window.go(item_address("1.1"))
    one = page.locator("section.one, .one").first
    one.locator("summary").first.click()
    one.locator("textarea").first.fill(CANARY)
    expect(page.locator("#state")).to_have_text(re.compile("Saved at"))
    for path in ("/r/parts", "/r/review", item_address("1.1"), "/r/welcome"):
        window.go(path)
    found = page.evaluate(KEPT)
    assert {path for path, _ in found} == {"/offline"} | {
        path for path, _ in found if path.startswith("/static/")
    }
    texts = "\n".join(text for _, text in found)
    assert "You are offline" in texts
    for word in (CANARY, "Sam", round_.passes["sam"], "Self-assessment 2026", "csrf"):
        assert word not in texts


def test_the_offline_page_is_accessible_and_stays_in_its_bounds(round_, live, open_window):
    window = open_window(live, PHONE)
    window.go("/offline")
    assert look_over(window, "offline") == []


def test_a_shared_device_gets_no_worker_and_keeps_nothing(round_, live, open_window):
    window = open_window(live, PHONE)
    come_in(window, round_, shared=True)
    window.go(item_address("1.1"))
    window.page.wait_for_load_state("networkidle")
    assert window.page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    assert window.page.evaluate(KEPT) == []


def test_new_files_replace_the_old_ones_and_drafts_stay(round_, live, open_window, monkeypatch):
    window = open_window(live, PHONE)
    page = window.page
    come_in(window, round_)
    in_charge(page)
    [before] = page.evaluate("caches.keys()")
    page.evaluate(PUT_DRAFT)
    monkeypatch.setattr("assessment.web.offline.SHEET", "app.css")
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
    assert page.evaluate(REPLACED, before)
    kept = [path for path, _ in page.evaluate(KEPT)]
    assert [path for path in kept if "/app-" in path]
    assert [path for path in kept if "/asking-" in path] == []
    assert page.evaluate(DRAFTS) == ["A thought"]


def test_staff_pages_have_no_worker(installation, live, open_window):
    window = open_window(live)
    window.go(f"/sign-in#{installation.link('administrator')}")
    window.page.get_by_role("button", name="Sign in").click()
    window.page.wait_for_url(f"{live.url}/")
    assert window.page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_the_worker_may_only_watch_over_questionnaires(installation):
    answer = installation.client().get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/r/"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Cookie" not in answer.headers["Vary"]


def test_the_offline_page_is_the_same_for_everybody(installation):
    stranger = installation.client().get("/offline")
    somebody = installation.signed_in("administrator").get("/offline")
    assert stranger.text == somebody.text
    for answer in (stranger, somebody):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")

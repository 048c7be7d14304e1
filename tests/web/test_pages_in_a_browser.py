"""Every page in a real browser: accessible, in bounds, silent, usable with the keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser import PHONE, axe_violations, look_over, picture

PAGES = {
    "sign-in": ("nobody", "/sign-in"),
    "signed-out": ("nobody", "/signed-out"),
    "not-there": ("administrator", "/nothing-here"),
    "start": ("administrator", "/"),
    "start-leader": ("unit leader", "/"),
    "profile": ("administrator", "/profile"),
    "organisation": ("administrator", "/organisation"),
}


def enter(window, installation, who):
    if who != "nobody":
        window.go(f"/sign-in#{installation.link(who)}")
        window.page.get_by_role("button", name="Sign in").click()
        window.page.wait_for_url(f"{window.url}/")


@pytest.fixture
def live(installation, serve_live):
    return serve_live(installation.app)


def test_every_page_is_accessible_and_stays_in_its_bounds(installation, live, open_window):
    found, windows = [], {}
    for name, (who, path) in PAGES.items():
        if who not in windows:
            windows[who] = open_window(live)
            enter(windows[who], installation, who)
        windows[who].go(path)
        found += look_over(windows[who], name)
        windows[who].expect_refusal()
    assert found == []


def test_the_check_of_pages_sees_what_is_wrong(installation, live, open_window):
    window = open_window(live)
    window.go("/sign-in")
    window.page.evaluate(
        """() => {
            document.querySelector('h1').style.color = '#ccc9c0';
            document.querySelector('label').remove();
            document.querySelector('main').style.minWidth = '2000px';
            document.querySelector('button').style.cssText = 'min-height: 0; padding: 0';
        }"""
    )
    found = " ".join(look_over(window, "broken"))
    for word in ("color-contrast", "label", "wider than 320", "BUTTON Sign in", "light", "dark"):
        assert word in found


@pytest.mark.parametrize("tag", ["ar", "he"])
def test_pages_are_mirrored_for_languages_written_from_the_right(
    installation, live, open_window, monkeypatch, tag
):
    monkeypatch.setattr("assessment.web.language.SOURCE", tag)
    monkeypatch.setattr("assessment.web.language.languages", lambda: {tag: tag})
    window = open_window(live, PHONE)
    enter(window, installation, "administrator")
    window.go("/profile")
    assert window.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    brand = window.page.locator(".brand").bounding_box()
    assert brand["x"] > PHONE[0] / 2
    assert look_over(window, f"profile-{tag}") == []


def test_print_is_light_and_without_what_one_can_only_press(installation, live, open_window):
    window = open_window(live, color_scheme="dark")
    enter(window, installation, "administrator")
    window.page.emulate_media(media="print", color_scheme="dark")
    assert window.page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 36, 48)"
    assert not window.page.locator(".places").is_visible()


def test_the_focus_is_seen_and_states_hold_in_forced_colours(installation, live, open_window):
    window = open_window(live, PHONE, forced_colors="active")
    window.go("/sign-in")
    window.page.get_by_label("Your link, or its code").focus()
    outline = "getComputedStyle(document.activeElement).outlineWidth"
    assert window.page.evaluate(outline) == "3px"
    window.page.get_by_role("button", name="Sign in").click()
    window.expect_refusal()
    assert "Error:" in window.page.title()


def test_a_link_signs_in_with_the_keyboard_alone(installation, live, open_window):
    window = open_window(live, PHONE)
    window.go(f"/sign-in#{installation.link('administrator')}")
    page = window.page
    assert "#" not in page.url, "the secret stays in no history"
    assert page.evaluate("document.activeElement.textContent") == "Sign in"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.url}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_link_signs_in_without_script(installation, live, open_window):
    window = open_window(live, PHONE, java_script_enabled=False)
    window.go("/sign-in")
    window.page.get_by_label("Your link, or its code").fill(
        f"{live.url}/sign-in#{installation.link('leader')}"
    )
    window.page.get_by_role("button", name="Sign in").click()
    window.page.wait_for_url(f"{live.url}/")
    assert window.page.get_by_role("heading", level=1).inner_text() == "Northwind Care"


def test_a_refused_form_leads_to_its_field(installation, live, open_window):
    window = open_window(live)
    enter(window, installation, "administrator")
    window.go("/organisation")
    window.page.get_by_label("Time zone").fill("Atlantis")
    window.page.get_by_role("button", name="Save").click()
    assert window.page.title().startswith("Error:")
    assert window.page.evaluate("document.activeElement.className") == "problems"
    picture(window.page, "refused-1280-light")
    assert axe_violations(window.page) == []
    window.page.get_by_role("link", name="is not a time zone").click()
    assert window.page.evaluate("document.activeElement.id") == "time_zone"
    window.expect_refusal()

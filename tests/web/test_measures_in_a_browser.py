"""Pages of measures in a real browser: accessible, in bounds, silent, light and dark."""

from __future__ import annotations

import pytest

from tests.browser import look_over
from tests.web.questionnaires import item_address, make_round
from tests.web.test_measures import CRITERIA, FILE, MEASURE, add


@pytest.fixture
def live(installation, serve_live):
    return serve_live(installation.app)


def enter(window, installation, who):
    window.go(f"/sign-in#{installation.link(who)}")
    window.page.get_by_role("button", name="Sign in").click()
    window.page.wait_for_url(f"{window.url}/")


def test_every_page_of_measures_is_accessible_and_stays_in_its_bounds(
    installation, live, open_window
):
    made = make_round(installation, CRITERIA)
    window = open_window(live)
    enter(window, installation, "leader")
    address = f"/cycles/{made.cycle_id}/measures"
    window.go(address)
    found = look_over(window, "measures-empty")
    client = installation.signed_in("leader")
    link = add(client, f"/cycles/{made.cycle_id}")
    long = {
        "title": "Unplanned" + " interruptions of more than three hours" * 4,
        "source": "x" * 90,
    }
    rising = {"values-1-value": "12", "values-2-value": "123456789.125", "target": ""}
    add(client, f"/cycles/{made.cycle_id}", **long, **rising)
    add(
        client,
        f"/cycles/{made.cycle_id}",
        title="New",
        **{"values-1-day": "", "values-1-value": ""},
    )
    for name, path in (("list", address), ("form", link), ("file", f"{address}/file")):
        window.go(path)
        found += look_over(window, f"measures-{name}")
    window.page.get_by_label("Or paste it here").fill(FILE)
    window.page.get_by_role("button", name="Check the file").click()
    found += look_over(window, "measures-plan")
    window.go(f"{address}/new")
    window.page.get_by_label("What is measured").fill("Complaints")
    window.page.get_by_label("Period 1", exact=True).fill("soon")
    window.page.get_by_role("button", name="Save").click()
    found += look_over(window, "measures-refused")
    window.expect_refusal()
    window.go(link)
    client.get(link)
    client.send(link, **{**MEASURE, "version": "1", "values-2-value": "5.2"})
    window.page.get_by_label("Target").fill("3")
    window.page.keyboard.press("Enter")
    found += look_over(window, "measures-both")
    window.expect_refusal()
    assert found == []


def test_measures_unfold_beside_the_item_that_is_judged(installation, live, open_window):
    made = make_round(installation, CRITERIA)
    add(installation.signed_in("leader"), f"/cycles/{made.cycle_id}")
    window = open_window(live)
    window.go(f"/r/#{made.passes['ann']}")
    window.page.get_by_role("button", name="Start").click()
    window.page.get_by_label("No, it is mine").check()
    window.page.get_by_role("button", name="Continue").click()
    window.go(item_address("2.2"))
    if not window.page.get_by_text("Consumer council").is_visible():
        window.page.locator("summary", has_text="Measures").click()
    assert window.page.get_by_text(
        "The last value is short of the target of 4.5.", exact=True
    ).is_visible()
    assert look_over(window, "measures-beside") == []

"""The pages of those who lead, run and read an assessment, in German, on the narrowest phone."""

from __future__ import annotations

import pytest

from tests.browser import NARROW, picture, sideways
from tests.web.results_made import close_with_results
from tests.web.rounds import draft, open_round

HOUSE = ("/", "/cycles", "/criteria", "/people", "/units", "/organisation", "/profile", "/verify")
DRAFT = ("", "/change", "/criteria", "/people", "/people/list", "/not-applicable", "/open")
OPEN = ("", "/links", "/answers", "/measures", "/measures/new", "/extend", "/close")
RESULTS = (
    "", "/items/1.1", "/units", "/gaps", "/targets", "/targets/1.1", "/words", "/quotes",
    "/reports", "/reference",
)  # fmt: skip


@pytest.fixture
def pages(installation):
    """The paths of pages of every kind, by what they are of."""
    results = close_with_results(installation, title="Frühjahr 2026")
    consultant = installation.signed_in("consultant")
    key = "uploaded/small.yaml"
    planned = draft(consultant, key, title="Jahresbewertung 2027")
    autumn = open_round(consultant, key, title="Herbst 2026")
    return {
        "haus": HOUSE,
        "entwurf": [planned + each for each in DRAFT],
        "offen": [autumn + each for each in OPEN],
        "ergebnisse": [results + each for each in RESULTS],
    }


@pytest.fixture
def who_may_all(installation):
    """Somebody with every role, who reads German."""
    person = installation.people["administrator"]
    client = installation.signed_in("administrator")
    for role in ("leader", "consultant"):
        assert client.send(f"/people/{person.id}/roles", role=role).status_code == 303
    assert client.send("/profile", name="Ada", language="de").status_code == 303
    return "administrator"


def test_german_pages_for_leaders_stay_in_bounds_on_the_narrowest_phone(
    installation, pages, who_may_all, serve_live, open_window
):
    window = open_window(serve_live(installation.app), NARROW)
    page, found = window.page, []
    window.go(f"/sign-in#{installation.link(who_may_all)}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{window.url}/")
    for kind, paths in pages.items():
        for number, path in enumerate(paths):
            window.go(path)
            picture(page, f"de-{kind}-{number:02}-320-light")
            assert page.locator("html").get_attribute("lang") == "de", path
            found += [f"{path}: {wider} pixels too wide"] if (wider := sideways(page)) else []
    assert found == []

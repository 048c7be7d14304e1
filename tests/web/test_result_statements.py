"""What a page of results asks of the database: few statements, as many for many as for few."""

from __future__ import annotations

import pytest

from tests.databases import counted_statements
from tests.web.results_made import answers, close_with_results, unit_id

BUDGET = 6
PAGES = (
    "", "/categories/1", "/items/1.1", "/units", "/participation", "/groups", "/judges", "/hard",
    "/gaps", "/why?of=perceived.percent", "/figures/item/0.json?of=1.1", "/targets", "/targets/1.1",
    "/words", "/quotes",
)  # fmt: skip


@pytest.fixture(params=[6, 60])
def results(request, installation):
    """The results of a cycle that so many people of each unit have answered, after another one."""
    first = close_with_results(installation)
    return close_with_results(
        installation, answers(each=request.param), previous_id=first.split("/")[2]
    )


def counted(installation, client, path):
    client.get(path)  # once, so that the release is at hand
    with counted_statements(installation.engine) as sent:
        assert client.get(path).status_code == 200, path
    return len(sent)


def test_a_page_of_results_asks_the_database_six_times_at_most(installation, results):
    client = installation.signed_in("leader")
    unit = f"unit={unit_id(installation, 'Ward 3')}"
    paths = [*PAGES, f"?{unit}", f"/items/1.1?{unit}"]
    found = {page: counted(installation, client, results + page) for page in paths}
    assert {page: n for page, n in found.items() if n > BUDGET} == {}


def test_who_leads_a_unit_costs_one_more_for_the_tree_of_units(installation, results):
    client = installation.signed_in("unit leader")
    pages = ("", "/categories/1", "/items/1.1", "/why?of=perceived.percent")
    assert max(counted(installation, client, results + page) for page in pages) <= BUDGET + 1


def test_the_start_page_and_the_page_of_a_closed_cycle_ask_no_more(installation, results):
    for who, most in (("leader", BUDGET), ("administrator", BUDGET), ("unit leader", BUDGET + 1)):
        client = installation.signed_in(who)
        cycle = results.removesuffix("/results")
        assert counted(installation, client, "/") <= most, who
        # One more tells whether the report's own words are signed.
        assert counted(installation, client, cycle) <= most + 1, who


def test_the_last_cycle_stands_beside_this_one(installation, results):
    page = installation.signed_in("leader").get(results)
    assert "last cycle, %" in page.text

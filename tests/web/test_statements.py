"""What a page asks of the database: few statements, and as many for 300 people as for three."""

from __future__ import annotations

import pytest

from tests.databases import counted_statements
from tests.web.rounds import bring_criteria, draft, open_round

BUDGET = 6
MORE = {
    # A leader of some units is looked up with the tree of units.
    ("unit leader", "/cycles/<draft>"): BUDGET + 1,
    ("unit leader", "/cycles/<open>"): BUDGET + 1,
}
PAGES = (
    "/", "/profile", "/organisation", "/criteria", "/criteria/uploaded/small.yaml",
    "/criteria/uploaded/small.yaml/notes", "/cycles", "/cycles/new",
    "/cycles/new?criteria=uploaded/small.yaml", "/cycles/<draft>", "/cycles/<draft>/change",
    "/cycles/<draft>/criteria", "/cycles/<draft>/criteria?criteria=shipped/iso-9004-2018.yaml",
    "/cycles/<draft>/not-applicable", "/cycles/<draft>/open", "/cycles/<draft>/people",
    "/cycles/<draft>/people/list", "/cycles/<open>", "/cycles/<open>/answers",
    "/cycles/<open>/answers.csv", "/cycles/<open>/close", "/cycles/<open>/extend",
    "/cycles/<open>/links", "/cycles/<open>/not-applicable", "/cycles/<open>/people",
    "/units", "/units/<unit>", "/people", "/people/<person>",
)  # fmt: skip


def people(count):
    rows = (f"{number},Person {number},,staff,Unit {number % 3}" for number in range(count))
    return "code,name,email,form,unit\n" + "\n".join(rows) + "\n"


@pytest.fixture(params=[3, 300])
def places(request, installation):
    """The addresses of a draft and of a cycle that is open, each with so many people."""
    client = installation.signed_in("consultant")
    key = bring_criteria(installation)
    drafted = draft(client, key, title="Autumn")
    client.send(f"{drafted}/people/list", text=people(request.param), go="add")
    unit = client.get("/units").text.partition('href="/units/')[2][:36]
    return {
        "/cycles/<draft>": drafted,
        "/cycles/<open>": open_round(client, key, people(request.param)),
        "<unit>": unit,
        "<person>": str(installation.people["leader"].id),
    }


def counted(installation, client, path, **fields):
    with counted_statements(installation.engine) as sent:
        answer = client.send(path, **fields) if fields else client.get(path)
    assert answer.status_code < 400, path
    return len(sent)


@pytest.mark.parametrize("who", ["administrator", "unit leader"])
def test_a_page_asks_the_database_six_times_at_most(installation, places, who):
    client = installation.signed_in(who)
    found = {}
    for page in PAGES:
        path = page
        for name, address in places.items():
            path = path.replace(name, address)
        if client.get(path).status_code == 200:  # once, so that editions are at hand
            found[page] = counted(installation, client, path)
    assert len(found) == (len(PAGES) if who == "administrator" else 5)
    assert {page: n for page, n in found.items() if n > MORE.get((who, page), BUDGET)} == {}


# What is done once in a cycle, or to a whole list, may ask more often; never once for each person.
DEEDS = {
    "/cycles/<draft>/people/list": ({"text": people(400), "go": "add"}, 8),
    "/cycles/<draft>/not-applicable": ({"item": "1.2", "reason": "A parent decides it"}, 5),
    "/cycles/<draft>/criteria?criteria=shipped/iso-9004-2018.yaml": ({"go": "yes"}, 5),
    "/cycles/<draft>/open": ({"go": "yes"}, 11),
    "/cycles/<open>/links": ({"go": "yes"}, 6),
    "/cycles/<open>/people/list": ({"text": people(400).replace("Person", "P"), "go": "add"}, 12),
    "/cycles/<open>/extend": ({"closes_on": "2026-07-31"}, 4),
    "/cycles/<open>/close": ({"go": "yes"}, 10),
    "/units": ({"name": "Spare", "parent": ""}, 7),
    "/people": ({"name": "Nia", "email": "nia@example.org", "role": "leader", "unit": ""}, 11),
}


@pytest.mark.parametrize("page", DEEDS)
def test_a_deed_asks_as_often_for_many_people_as_for_few(installation, places, page):
    client = installation.signed_in("administrator")
    fields, most = DEEDS[page]
    path = page
    for name, address in places.items():
        path = path.replace(name, address)
    client.get(path)
    assert counted(installation, client, path, **fields) <= most

"""Who may open what: every route by every role, from a table that names each route (C6, C7, C9)."""

from __future__ import annotations

import re

import pytest

from assessment.services.permissions import DEEDS
from assessment.web.access import Access, access_of, all_access
from tests.web.installation import ROLES

WHO = ("nobody", *ROLES, "unit leader", "stranger")
IN = 303
"""Not for those who are signed out: they are led to the sign-in."""
RESULTS = "/cycles/<uuid:cycle_id>/results"
READ = (IN, 404, 404, 404, 404, 404)
# Writing the report's own words is for leaders and consultants, targets and signing for leaders.
READ_EDITING, EDITING = (IN, 404, 404, 403, 404, 403), (401, 404, 404, 403, 404, 403)
READ_LEADING, LEADING = (IN, 404, 403, 403, 404, 403), (401, 404, 403, 403, 404, 403)

GET: dict[str, tuple[int, ...]] = {
    # address: nobody, leader, consultant, administrator, leader of a unit, another organisation's
    "/": (IN, 200, 200, 200, 200, 200),
    "/healthz": (200,) * 6,
    "/offline": (200,) * 6,
    "/sw.js": (200,) * 6,
    "/criteria": (IN, 403, 200, 200, 403, 200),
    "/criteria/<source>/<name>": (IN, 403, 404, 404, 403, 404),
    "/criteria/<source>/<name>/notes": (IN, 403, 404, 404, 403, 404),
    "/criteria/<source>/<name>/page": (IN, 403, 404, 404, 403, 404),
    "/cycles": (IN, 200, 200, 200, 200, 200),
    "/cycles/<uuid:cycle_id>": (IN, 404, 404, 404, 404, 404),
    "/cycles/<uuid:cycle_id>/answers": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/answers.csv": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/change": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/criteria": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/not-applicable": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/not-applicable/<item_id>/back": (405,) * 6,
    "/cycles/<uuid:cycle_id>/close": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/extend": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/links": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures": (IN, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures.csv": (IN, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/<uuid:measure_id>": (IN, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/<uuid:measure_id>/remove": (405,) * 6,
    "/cycles/<uuid:cycle_id>/measures/file": (IN, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/new": (IN, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/take-over": (405,) * 6,
    "/cycles/<uuid:cycle_id>/open": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/people": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/people/<uuid:respondent_id>/remove": (405,) * 6,
    "/cycles/<uuid:cycle_id>/people/list": (IN, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/steps/<step>": (405,) * 6,
    "/cycles/<uuid:cycle_id>/interim": (405,) * 6,
    RESULTS: READ,
    f"{RESULTS}/<any(participation, groups, judges, hard, gaps):name>": READ,
    f"{RESULTS}/categories/<category_id>": READ,
    f"{RESULTS}/figures/<any(profile, category, item, part):page>/<int:number>.json": READ,
    f"{RESULTS}/importance": (405,) * 6,
    f"{RESULTS}/importance/requirements": READ_LEADING,
    f"{RESULTS}/items/<item_id>": READ,
    f"{RESULTS}/quotes": READ_EDITING,
    f"{RESULTS}/reference": READ,
    f"{RESULTS}/release.<any(csv, json):form>": (IN, 404, 404, 404, 404, 404),
    f"{RESULTS}/reports": READ,
    f"{RESULTS}/reports/<uuid:job_id>": (IN, 404, 404, 404, 404, 404),
    f"{RESULTS}/targets": READ,
    f"{RESULTS}/targets/<place>": READ_LEADING,
    f"{RESULTS}/units": READ,
    f"{RESULTS}/why": READ,
    f"{RESULTS}/words": READ_EDITING,
    f"{RESULTS}/words/check": (405,) * 6,
    f"{RESULTS}/words/sign": (405,) * 6,
    f"{RESULTS}/workbook": (405,) * 6,
    "/cycles/new": (IN, 403, 200, 200, 403, 200),
    "/jobs/<uuid:job_id>": (IN, 404, 404, 404, 404, 404),
    "/jobs/<uuid:job_id>.json": (IN, 404, 404, 404, 404, 404),
    "/jobs/<uuid:job_id>/again": (405,) * 6,
    "/jobs/<uuid:job_id>/cancel": (405,) * 6,
    "/r/": (200,) * 6,
    "/r/answers": (405,) * 6,
    "/r/copy": (IN,) * 6,
    "/r/copy.csv": (IN,) * 6,
    "/r/device": (IN,) * 6,
    "/r/item/<item_id>": (IN,) * 6,
    "/r/key-factors": (IN,) * 6,
    "/r/leave": (405,) * 6,
    "/r/left": (200,) * 6,
    "/r/parts": (IN,) * 6,
    "/r/review": (IN,) * 6,
    "/r/standing": (IN,) * 6,
    "/r/submit": (405,) * 6,
    "/r/thanks": (IN,) * 6,
    "/r/welcome": (IN,) * 6,
    "/organisation": (IN, 403, 403, 200, 403, 200),
    "/people": (IN, 403, 403, 200, 403, 200),
    "/people/<uuid:person_id>": (IN, 403, 403, 404, 403, 404),
    "/people/<uuid:person_id>/activate": (405,) * 6,
    "/people/<uuid:person_id>/deactivate": (405,) * 6,
    "/people/<uuid:person_id>/link": (405,) * 6,
    "/people/<uuid:person_id>/roles": (405,) * 6,
    "/people/<uuid:person_id>/roles/<uuid:role_id>/remove": (405,) * 6,
    "/units": (IN, 403, 200, 200, 403, 200),
    "/units/<uuid:unit_id>": (IN, 403, 404, 404, 403, 404),
    "/units/<uuid:unit_id>/remove": (405,) * 6,
    "/profile": (IN, 200, 200, 200, 200, 200),
    "/sign-in": (200,) * 6,
    "/verify": (IN, 200, 200, 200, 200, 200),
    "/sign-out": (405,) * 6,
    "/signed-out": (200,) * 6,
    "/profile/sign-out-everywhere": (405,) * 6,
    "/static/<path:name>": (404,) * 6,
}
POST: dict[str, tuple[int, ...]] = {
    # With a good seal and nothing else: a field that is not sent keeps its value. Where a cycle is
    # named there is none: who may do the deed sees 404, who may not is told so before.
    "/criteria": (401, 403, 422, 403, 403, 403),
    "/cycles/<uuid:cycle_id>/answers": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/change": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/criteria": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/not-applicable": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/not-applicable/<item_id>/back": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/close": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/extend": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/links": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/<uuid:measure_id>": (401, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/<uuid:measure_id>/remove": (401, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/file": (401, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/new": (401, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/measures/take-over": (401, 404, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/open": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/people": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/people/<uuid:respondent_id>/remove": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/people/list": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/steps/<step>": (401, 403, 404, 404, 403, 404),
    "/cycles/<uuid:cycle_id>/interim": (401, 403, 404, 404, 403, 404),
    f"{RESULTS}/importance": LEADING,
    f"{RESULTS}/importance/requirements": LEADING,
    f"{RESULTS}/quotes": EDITING,
    f"{RESULTS}/reports": (401, 404, 404, 404, 404, 404),
    f"{RESULTS}/targets/<place>": LEADING,
    f"{RESULTS}/words": EDITING,
    f"{RESULTS}/words/check": EDITING,
    f"{RESULTS}/words/sign": LEADING,
    f"{RESULTS}/workbook": (401, 404, 404, 404, 404, 404),
    "/cycles/new": (401, 403, 422, 422, 403, 422),
    "/jobs/<uuid:job_id>/again": (401, 404, 404, 404, 404, 404),
    "/jobs/<uuid:job_id>/cancel": (401, 404, 404, 404, 404, 404),
    "/r/": (422,) * 6,
    "/r/device": (401,) * 6,
    "/r/item/<item_id>": (401,) * 6,
    "/r/key-factors": (401,) * 6,
    "/r/leave": (401,) * 6,
    "/r/submit": (401,) * 6,
    "/organisation": (401, 403, 403, IN, 403, IN),
    "/people": (401, 403, 403, 422, 403, 422),
    "/people/<uuid:person_id>/activate": (401, 403, 403, 404, 403, 404),
    "/people/<uuid:person_id>/deactivate": (401, 403, 403, 404, 403, 404),
    "/people/<uuid:person_id>/link": (401, 403, 403, 404, 403, 404),
    "/people/<uuid:person_id>/roles": (401, 403, 403, 404, 403, 404),
    "/people/<uuid:person_id>/roles/<uuid:role_id>/remove": (401, 403, 403, 404, 403, 404),
    "/units": (401, 403, 422, 422, 403, 422),
    "/units/<uuid:unit_id>": (401, 403, 404, 404, 403, 404),
    "/units/<uuid:unit_id>/remove": (401, 403, 404, 404, 403, 404),
    "/profile": (401, IN, IN, IN, IN, IN),
    "/sign-in": (422,) * 6,
    "/verify": (401, 200, 200, 200, 200, 200),
    "/profile/sign-out-everywhere": (401, IN, IN, IN, IN, IN),
    "/sign-out": (401, IN, IN, IN, IN, IN),
}


def address(rule):
    """Where nothing is: that a page's thing is somebody else's is no reason to show more."""
    rule = re.sub("<uuid:[a-z_]+>", "00000000-0000-0000-0000-000000000000", rule)
    rule = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule).replace("<int:number>", "0")
    return re.sub("<[a-z_:]+>", "nothing", rule)


def test_each_route_has_a_row(installation):
    rules = list(installation.app.url_map.iter_rules())
    assert {rule.rule for rule in rules} == set(GET)
    assert {rule.rule for rule in rules if "POST" in rule.methods} == set(POST)


@pytest.mark.parametrize("who", WHO)
def test_reading_is_as_the_table_says(installation, who):
    client = installation.signed_in(who)
    found = {rule: client.get(address(rule)).status_code for rule in GET}
    assert found == {rule: row[WHO.index(who)] for rule, row in GET.items()}


@pytest.mark.parametrize("who", WHO)
def test_changing_is_as_the_table_says(installation, who):
    found = {}
    client = installation.signed_in(who)
    for rule in POST:
        # The sign-outs stand last but one of them ends the session of the other.
        if rule == "/sign-out" and who != "nobody":
            client = installation.signed_in(who)
        found[rule] = client.send(address(rule)).status_code
    assert found == {rule: row[WHO.index(who)] for rule, row in POST.items()}


def test_a_method_that_a_route_has_not_is_refused(installation):
    client = installation.signed_in("administrator")
    for rule in GET:
        for method in ("PUT", "DELETE", "PATCH"):
            answer = client.open(address(rule), method=method)
            assert answer.status_code in {400, 405}, (rule, method)


def test_a_view_that_does_not_say_whom_it_is_for_is_found(installation):
    installation.app.add_url_rule("/new", "new", lambda: "x")
    with pytest.raises(LookupError, match="new"):
        list(all_access(installation.app))


def test_each_deed_that_a_page_asks_for_is_in_the_table_of_permissions(installation):
    known = frozenset().union(*DEEDS.values())
    asked = {access.deed for _, access in all_access(installation.app) if access.deed}
    assert asked <= known


def test_the_start_page_is_for_people_who_are_signed_in(installation):
    assert access_of(installation.app, "home.start") == Access("person")


def test_who_comes_signed_out_finds_the_page_after_signing_in(installation):
    client = installation.client()
    asked = client.get("/organisation")
    assert asked.location == "/sign-in?next=/organisation"
    client.get(asked.location)
    answer = client.send("/sign-in", code=installation.link("administrator"), next="/organisation")
    assert answer.location == "/organisation"

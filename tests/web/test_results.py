"""Results on the web: every page, who sees which part, and what each figure leads to."""

from __future__ import annotations

import gzip
import json
import re
import uuid
import zlib
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assessment.core.release import Release
from assessment.exchange.frozen import freeze, sha256_of, thaw
from assessment.services.answer_files import edition_of_cycle
from assessment.services.units import make_unit
from assessment.store.tables import Cycle, ReleasePart
from tests.rounds import CRITERIA
from tests.web.installation import parse_strictly
from tests.web.results_made import (
    REMARK,
    answers,
    close_with_results,
    open_with_answers,
    unit_id,
)

PAGES = (
    "", "/categories/1", "/categories/2", "/items/1.1", "/items/1.2", "/items/2.1", "/units",
    "/participation", "/groups", "/judges", "/hard", "/gaps", "/targets",
    "/why?of=perceived.percent",
)  # fmt: skip
PARTS = ("/units", "/participation", "/groups", "/judges", "/hard", "/gaps")
WHOLE = ("leader", "consultant", "administrator")


@pytest.fixture
def results(installation):
    return close_with_results(installation)


def text_of(answer):
    return re.sub(r"\s+", " ", "".join(parse_strictly(answer.text).itertext()))


def links(answer, part):
    """The addresses on a page that have *part* in them."""
    found = re.findall(r'(?:href|data-figure)="([^"]+)"', answer.text)
    return [unescape(each) for each in found if part in each]


def same_figure(precise, words):
    first, second = (re.search(r"-?\d+(\.\d+)?", each) for each in (precise, words))
    if first is None or second is None:
        return unescape(words).casefold().endswith(unescape(precise).casefold())
    return abs(float(first[0]) - float(second[0])) <= 0.0501


@pytest.mark.parametrize("who", WHOLE)
def test_every_page_of_results_is_for_whoever_may_see_them(installation, results, who):
    client = installation.signed_in(who)
    assert {page: client.get(results + page).status_code for page in PAGES} == dict.fromkeys(
        PAGES, 200
    )


def test_the_overview_says_who_took_part_before_any_figure(installation, results):
    said = text_of(installation.signed_in("leader").get(results))
    assert said.index("12 of 13 staff") < said.index("Categories, assessed and perceived")
    assert "6 of 6 leaders and 2 of 2 assessors took part" in said


def test_every_figure_is_a_link_to_how_it_came_about(installation, results):
    client = installation.signed_in("leader")
    seen, waiting = set(), set()
    for page in PAGES:
        waiting |= set(links(client.get(results + page), "/why?"))
    assert len(waiting) > 30
    while waiting:
        each = waiting.pop()
        seen.add(each)
        answer = client.get(each)
        assert answer.status_code == 200, each
        waiting |= {found for found in links(answer, "/why?") if found not in seen}
    assert any("questions" in each for each in seen), "down to single questions"


@pytest.mark.parametrize("page", PARTS)
def test_every_part_of_the_appendix_explains_its_figures(installation, results, page):
    answer = installation.signed_in("leader").get(results + page)
    assert links(answer, "/why?"), "a table without one figure that explains itself"


def test_a_figure_and_its_explanation_are_the_same(installation, results):
    client = installation.signed_in("leader")
    found = [
        each
        for page in ("", "/categories/1", "/items/1.1", "/items/1.2", *PARTS)
        for each in re.findall(
            r'<a class="why" href="([^"]+)">([^<]+)<', client.get(results + page).text
        )
    ]
    assert len(found) > 20
    for address, words in found:
        page = client.get(unescape(address)).text
        value = re.search(r'class="why-value">([^<]+)<', page)[1]
        # Tables say one decimal, the explanation two.
        assert same_figure(value, words), address


@pytest.mark.parametrize(
    "page",
    ["/categories/9", "/categories/<script>", "/items/9.9", "/items/%00", "/why", "/why?of=",
     "/why?of=assessed.items[9.9].points", "/nothing", "/figures/profile/99.json",
     "/figures/profile/-1.json", "/figures/profile/1e3.json", "/figures/other/0.json",
     "/figures/item/0.json?of=9.9", "/figures/category/0.json", "/figures/part/0.json?of=x",
     "?unit=00000000-0000-0000-0000-000000000000", "?unit=a", "?unit=%00", "?unit=-1",
     f"?unit={2**63}", "?unit=1e3", "?unit=１"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(installation, results, page):
    answer = installation.signed_in("leader").get(results + page)
    assert (answer.status_code, "not here" in answer.text or answer.is_json) == (404, True) or (
        answer.status_code == 404
    )


def test_before_there_are_results_the_cycle_itself_is_shown(installation):
    cycle = open_with_answers(installation)
    client = installation.signed_in("leader")
    answer = client.get(f"{cycle}/results")
    assert (answer.status_code, answer.location) == (303, cycle)
    assert client.get(f"{cycle}/results/categories/1").status_code == 404


def test_the_part_is_chosen_in_the_address_and_stays_there(installation, results):
    client = installation.signed_in("leader")
    ward = unit_id(installation, "Ward 4")
    page = client.get(f"{results}?unit={ward}")
    assert "six staff" in text_of(page).lower()
    within = links(page, f"{results}/")
    assert within
    assert all(f"unit={ward}" in each for each in within)
    assert {client.get(each).status_code for each in within} == {200}


def test_another_part_has_other_figures(installation, results):
    client = installation.signed_in("leader")
    pages = [
        client.get(f"{results}/why?of=perceived.percent{part}").text
        for part in ("", *(f"&unit={unit_id(installation, f'Ward {n}')}" for n in (3, 4)))
    ]
    values = [re.search(r'class="why-value">([^<]+)<', page)[1] for page in pages]
    assert len(set(values)) == 3


# Who leads one unit


def test_who_leads_a_unit_sees_that_unit_and_no_other(installation, results):
    client = installation.signed_in("unit leader")
    own, other = (unit_id(installation, f"Ward {n}") for n in (3, 4))
    page = client.get(results)
    assert "Results of Ward 3" in text_of(page)
    assert client.get(f"{results}?unit={own}").status_code == 200
    for path in PAGES:
        sign = "&" if "?" in path else "?"
        assert client.get(f"{results}{path}{sign}unit={other}").status_code == 404
        here = client.get(results + path)
        assert here.status_code in (200, 404), path
        assert "Ward 4" not in here.text, path


def test_who_leads_a_unit_reads_none_of_the_whole_s_figures(installation, results):
    own = installation.signed_in("unit leader").get(f"{results}/why?of=perceived.percent").text
    whole = installation.signed_in("leader").get(f"{results}/why?of=perceived.percent").text
    value = re.compile(r'class="why-value">([^<]+)<')
    assert value.search(own)[1] != value.search(whole)[1]


def test_who_leads_a_unit_without_people_is_told_so_and_sees_no_figure(installation):
    results = close_with_results(installation, answers(units=("Ward 4", "Ward 5")))
    client = installation.signed_in("unit leader")
    cycle = client.get(results.removesuffix("/results"))
    assert results in links(cycle, "/results")
    page = client.get(results)
    assert page.status_code == 200
    assert "Nobody of your unit took part" in text_of(page)
    assert not re.search(r"Ward [45]|%", text_of(page))
    other = unit_id(installation, "Ward 4")
    for path in ("/categories/1", "/gaps", f"?unit={other}", "/why?of=perceived.percent"):
        assert client.get(results + path).status_code == 404, path


@pytest.mark.parametrize("page", ["/words", "/quotes", "/targets/1.1"])
def test_the_report_of_the_whole_is_not_for_who_leads_a_unit(installation, results, page):
    assert installation.signed_in("unit leader").get(results + page).status_code == 403


# Others


def test_another_organisation_s_results_are_as_if_they_never_were(installation, results):
    client = installation.signed_in("stranger")
    nowhere = f"/cycles/{uuid.uuid4()}/results"
    for page in (*PAGES, "/figures/profile/0.json"):
        theirs, nothing = client.get(results + page), client.get(nowhere + page)
        assert (theirs.status_code, theirs.text) == (404, nothing.text), page
    for page in ("/importance", "/words/check", "/quotes", "/targets/1.1"):
        assert client.send(results + page).status_code in (403, 404)


def test_another_organisation_s_unit_is_not_there(installation, results):
    with installation.session() as session, session.begin():
        stranger = installation.people["stranger"]
        foreign = make_unit(session, stranger.organisation_id, "Ward 3").id
    for who in WHOLE:
        answer = installation.signed_in(who).get(f"{results}?unit={foreign}")
        assert answer.status_code == 404


# Interim results, and cells without a figure


def test_interim_results_are_marked_on_every_page(installation):
    cycle = open_with_answers(installation)
    client = installation.signed_in("consultant")
    asked = client.send(f"{cycle}/interim")
    assert asked.status_code == 303
    assert installation.do_jobs() == 1
    for page in PAGES:
        assert "Interim results of" in client.get(f"{cycle}/results{page}").text, page


def test_final_results_bear_no_mark_of_interim_ones(installation):
    cycle = open_with_answers(installation)
    client = installation.signed_in("consultant")
    client.send(f"{cycle}/interim")
    installation.do_jobs()
    client.send(f"{cycle}/close")
    installation.do_jobs()
    assert "Interim" not in client.get(f"{cycle}/results").text


def change_release(installation, results, change):
    """Put another release in the place of the whole, as *change* makes it."""
    with installation.session() as session, session.begin():
        row = session.scalars(
            select(Cycle).where(Cycle.id == uuid.UUID(results.split("/")[2]))
        ).one()
        part = session.scalars(select(ReleasePart).where(ReleasePart.part == "")).one()
        frozen = thaw(zlib.decompress(part.content), edition_of_cycle(session, row).framework)
        content = freeze(replace(frozen, release=change(frozen.release)))
        part.content, part.sha256 = zlib.compress(content), sha256_of(content)


def withheld(release: Release) -> Release:
    """Staff's figures of category 1 may not be shown; all of category 2 were rated lowest."""
    seen = release.perceived
    one, two = seen.categories
    one = replace(one, percent=None, state="withheld", traces={}, n=0, completeness=None)
    two = replace(two, percent=two.percent * 0, state="scored")
    return replace(release, perceived=replace(seen, categories=(one, two)))


def test_withheld_not_scored_and_zero_never_look_alike(installation, results):
    change_release(installation, results, withheld)
    page = installation.signed_in("leader").get(results).text
    rows = re.findall(r"<tr>\s*<th scope=\"row\"><a[^>]+><bdi>(\d) .*?</tr>", page, re.DOTALL)
    assert rows == ["1", "2"]
    cells = re.findall(r'<td class="figure([^"]*)">(.*?)</td>', page, re.DOTALL)
    assert (" is-withheld", "withheld") in cells
    assert (" is-not-scored", "–") in cells
    assert any(kind == "" and re.match(r"<a [^>]+>0<", words) for kind, words in cells)


# Words that people typed


XSS = "<script>alert(1)</script> {{ 7*7 }} ${7*7} {0.__class__}"
HOSTILE = '"><img src=x onerror=alert(1)>'


def test_a_comment_is_shown_as_it_was_typed(installation):
    results = close_with_results(installation, answers(remark=XSS))
    client = installation.signed_in("leader")
    for page in ("/items/1.1", "/quotes"):
        answer = client.get(results + page)
        assert XSS in text_of(answer)
        assert not [
            each for each in parse_strictly(answer.text).iter("script") if not each.get("src")
        ]


def test_titles_and_unit_names_make_no_element(installation):
    title = HOSTILE.replace('"', "'")
    criteria = CRITERIA.replace("title: Leadership", f'title: "{title}"').replace(
        "title: Senior leadership", "title: '<svg onload=alert(1)>'"
    )
    unit = 'Ward <b onclick="x">9</b>'
    results = close_with_results(
        installation, answers(units=("Ward 3", unit)), criteria, title=f"Spring {HOSTILE}"
    )
    client = installation.signed_in("leader")
    for page in PAGES:
        tree = parse_strictly(client.get(results + page).text)
        assert [each.get("src") for each in tree.iter("img")] == [
            each.get("src") for each in tree.iter("img") if each.get("src").startswith("/static/")
        ], page
        assert not [each for each in tree.iter() if each.get("onload") or each.get("onclick")]
        assert not list(tree.iter("b")) or page == "/targets"
    assert title in text_of(client.get(results))
    assert unit in text_of(client.get(f"{results}/units"))


def test_the_figures_for_plotly_are_json_and_their_words_are_text(installation):
    criteria = CRITERIA.replace("text: Leaders act on our values.", "text: '</script><script>x'")
    results = close_with_results(installation, None, criteria)
    client = installation.signed_in("leader")
    found = [each for page in PAGES for each in links(client.get(results + page), "/figures/")]
    assert len(found) > 3
    for address in found:
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/json"), address
        assert json.loads(answer.text)["data"]
        assert "<script" not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_remark_stands_under_its_question_without_a_name(installation, results):
    said = text_of(installation.signed_in("leader").get(f"{results}/items/1.1"))
    assert said.index("Leaders act on our values") < said.index(REMARK)
    assert "s0-0" not in said


def test_of_many_comments_the_first_are_shown_and_all_are_a_step_away(installation):
    rows = [f"m{number},staff,Ward 3,1.1-s1,3,Remark {number:03}" for number in range(50)]
    given = answers() + ("\n".join(rows) + "\n").encode()
    page = f"{close_with_results(installation, given)}/items/1.1"
    client = installation.signed_in("leader")
    first = client.get(page)
    assert first.text.count("Remark 0") < 50
    (more,) = links(first, "words=all")
    assert client.get(more.partition("#")[0]).text.count("Remark 0") == 50


# The ways to results


def test_leaders_find_the_headline_of_the_newest_results_on_the_start_page(installation, results):
    page = installation.signed_in("leader").get("/")
    headline = re.search(r"<h1>(.*?)</h1>", installation.signed_in("leader").get(results).text)[1]
    assert f"<h2>{headline}</h2>" in page.text
    assert links(page, results) == [results]
    own = installation.signed_in("unit leader").get("/")
    assert links(own, results) == [results]
    assert headline not in own.text


def test_who_leads_a_unit_without_people_is_led_to_the_cycle(installation):
    close_with_results(installation, answers(units=("Ward 4", "Ward 5")))
    page = installation.signed_in("unit leader").get("/")
    assert page.status_code == 200
    assert links(page, "/results") == []


def test_a_closed_cycle_leads_to_its_results(installation, results):
    cycle = results.removesuffix("/results")
    for who in WHOLE:
        page = installation.signed_in(who).get(cycle)
        assert f'<a class="button" href="{results}">See the results</a>' in page.text


def test_the_checklist_tells_what_is_signed_and_decided(installation, results):
    leader, cycle = installation.signed_in("leader"), results.removesuffix("/results")

    def step(name):
        page = leader.get(cycle).text
        return re.search(f'<li id="step-{name}" class="(.*?)">(.*?)</li>', page, re.DOTALL).groups()

    assert step("check_facts")[0] == step("decide")[0] == "todo"
    assert f'href="{results}/words"' in step("check_facts")[1]
    assert f'href="{results}/words#decisions"' in step("decide")[1]
    decision = {f"decisions-0-{part}": "" for part in ("cost", "due", "gap")}
    decision |= {"decisions-0-what": "Choose ten measures", "decisions-0-owner": "Ada"}
    leader.send(f"{results}/words", version="0", headline="H", **decision)
    assert step("decide")[0] == "done"
    leader.send(f"{results}/words/check", version="1")
    assert (step("check_facts")[0], "The facts are checked." in step("check_facts")[1]) == (
        "todo",
        True,
    )
    leader.send(f"{results}/words/sign", version="2")
    done, words = step("check_facts")
    assert (done, "Leader, " in words) == ("done", True)


def test_a_decision_that_nobody_owns_is_none_yet(installation, results):
    leader = installation.signed_in("leader")
    unowned = {f"decisions-0-{part}": "" for part in ("owner", "cost", "due", "gap")}
    unowned["decisions-0-what"] = "Choose ten measures"
    assert leader.send(f"{results}/words", version="0", **unowned).status_code == 303
    page = leader.get(results.removesuffix("/results")).text
    assert '<li id="step-decide" class="todo">' in page


def test_who_runs_an_open_cycle_finds_interim_results_on_its_page(installation):
    cycle = open_with_answers(installation)
    page = installation.signed_in("consultant").get(cycle).text
    assert f'action="{cycle}/interim"' in page
    assert f'action="{cycle}/interim"' not in installation.signed_in("leader").get(cycle).text
    refused = installation.signed_in("leader").send(f"{cycle}/interim")
    assert refused.status_code == 403


def test_no_interim_results_are_made_of_a_closed_cycle(installation, results):
    cycle = results.removesuffix("/results")
    client = installation.signed_in("consultant")
    assert "/interim" not in client.get(cycle).text
    assert client.send(f"{cycle}/interim").status_code in (409, 422)


# On the wire


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("same-origin", "gzip"),
        ("none", "gzip"),
        ("cross-site", None),
        ("same-site", None),
        ("", None),
    ],
)
def test_pages_are_compressed_for_those_who_came_by_themselves(
    installation, results, site, expected
):
    client = installation.signed_in("leader")
    whole = client.get(results)
    headers = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": site}
    answer = FlaskClient.open(client, results, headers=headers)
    assert answer.headers.get("Content-Encoding") == expected
    said = gzip.decompress(answer.data) if expected else answer.data
    assert said.decode() == whole.text
    if expected:
        assert len(answer.data) < len(said) / 3

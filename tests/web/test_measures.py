"""Pages of measures: typed in without a script, changed by two, read in from files, judged by."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from assessment.store.tables import Cycle, Measure
from tests.databases import counted_statements
from tests.web.installation import parse_strictly
from tests.web.questionnaires import item_address, make_round, small_criteria
from tests.web.rounds import bring_criteria, draft

CRITERIA = small_criteria().replace(
    "      - id: 2.2\n", "      - id: 2.2\n        drivers: [1.1]\n"
)
MEASURE = {
    "place": "2.2",
    "title": "Complaints",
    "unit": "for each 1,000 customers",
    "direction": "lower",
    "values-0-day": "2023",
    "values-0-value": "6,4",
    "values-1-day": "2024",
    "values-1-value": "5.9",
    "values-2-day": "2025",
    "values-2-value": "5",
    "target": "4.5",
    "comparison": "5",
    "source": "Consumer council",
}
FILE = (
    "item,title,unit,direction,date,value,target,comparison,source\n"
    "2.2,Complaints,,lower,2026,4.75,,,\n"
    "1.1,=Talks,a year,higher,2026,4,,,\n"
)


@pytest.fixture
def address(installation) -> str:
    """The address of a draft on criteria with one results item, 2.2."""
    client = installation.signed_in("consultant")
    return draft(client, bring_criteria(installation, CRITERIA))


@pytest.fixture
def client(installation, address):
    return installation.signed_in("leader")


def add(client, address, **changes) -> str:
    """The address of a new measure."""
    answer = client.send(f"{address}/measures/new", **{**MEASURE, **changes})
    assert answer.status_code == 303, answer.text
    page = client.get(f"{address}/measures").text
    title = changes.get("title", MEASURE["title"])
    links = re.findall(
        r'href="([^"]+/measures/[0-9a-f-]{36})">Change<span[^>]*> <bdi>([^<]+)', page
    )
    return next(str(address) for address, name in links if name == title)


def close(installation, state="closed") -> None:
    with installation.session() as session, session.begin():
        session.execute(select(Cycle)).scalar_one().state = state


def value(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', page)
    assert found, name
    given = re.search(r'value="([^"]*)"', found[0])
    return given[1] if given else ""


def test_where_there_is_no_measure_the_page_says_what_one_is(client, address):
    page = client.get(f"{address}/measures").text
    assert "No measure yet" in page
    assert f"{address}/measures/new" in page
    assert f'href="{address}/measures"' in client.get(address).text


def test_a_measure_typed_in_is_shown_with_its_line_in_words_and_as_a_table(client, address):
    add(client, address)
    page = client.get(f"{address}/measures").text
    for words in (
        "Improving",
        "for each 1,000 customers. Lower is better.",
        "short of the target of 4.5.",
        "level with the comparison, 5.0.",
        "Consumer council",
    ):
        assert words in page
    tree = parse_strictly(page)
    assert "<title>Complaints: improving. for each 1,000 customers." in page
    rows = [[cell.text for cell in row] for row in tree.findall(".//table//tbody/tr")]
    assert rows == [["2023", "6.4"], ["2024", "5.9"], ["2025", "5.0"]]


def test_defects_per_million_are_told_as_a_sigma_level_too(client, address):
    add(client, address, **{"unit": "dpmo", "values-2-value": "4500"})
    said = client.get(f"{address}/measures").text
    assert "Sigma level 4.11: short term, 1.5 added by convention." in said
    add(client, address, title="Others")
    assert client.get(f"{address}/measures").text.count("Sigma level") == said.count("Sigma level")


def test_results_items_stand_first_and_say_where_they_have_no_measure(client, address):
    page = client.get(f"{address}/measures/new").text
    offered = re.findall(r'<option value="([\d.]+)"', page.split("direction")[0])
    assert offered[0] == "2.2"
    add(client, address, place="1.1")
    page = client.get(f"{address}/measures").text
    assert page.index('id="item:2.2"') < page.index('id="item:1.1"')
    assert "asks for results and has no measure yet" in page
    assert 'id="item:1.2"' not in page


def test_everything_wrong_is_named_beside_its_field_and_nothing_typed_is_lost(client, address):
    wrong = {"title": "", "target": "1,234", "values-1-value": "much", "values-2-day": "soon"}
    answer = client.send(f"{address}/measures/new", **{**MEASURE, **wrong})
    assert answer.status_code == 422
    page = answer.text
    assert "<title>Error: " in page
    for field in ("title", "target", "values-1-value", "values-2-day"):
        assert f'<a href="#{field}">' in page
        assert re.search(rf'<input[^>]*aria-invalid="true"[^>]* id="{field}"', page)
    assert value(page, "target") == "1,234"
    assert value(page, "values-1-value") == "much"
    assert value(page, "values-0-value") == "6,4"
    assert "No measure yet" in client.get(f"{address}/measures").text


def test_more_rows_come_without_a_script_and_keep_what_is_typed(client, address):
    answer = client.send(f"{address}/measures/new", **{**MEASURE, "go": "rows", "target": "x"})
    assert answer.status_code == 200
    assert value(answer.text, "values-2-value") == "5"
    assert value(answer.text, "values-6-value") == ""
    assert value(answer.text, "target") == "x"
    assert "No measure yet" in client.get(f"{address}/measures").text


def test_a_change_adds_and_takes_away_values(client, address):
    link = add(client, address)
    page = client.get(link).text
    assert (value(page, "values-0-day"), value(page, "values-0-value")) == ("2023", "6.4")
    change = {
        **MEASURE,
        "version": value(page, "version"),
        "values-0-day": "",
        "values-0-value": "",
    }
    change |= {"values-3-day": "2026", "values-3-value": "4.8"}
    assert client.send(link, **change).status_code == 303
    page = client.get(link).text
    shown = [value(page, f"values-{number}-day") for number in range(4)]
    assert shown == ["2024", "2025", "2026", ""]


def test_who_saw_an_older_version_sees_both_and_may_then_replace_it(installation, client, address):
    link = add(client, address)
    version = value(client.get(link).text, "version")
    other = installation.signed_in("consultant")
    other.get(link)
    sent = other.send(link, **{**MEASURE, "version": version, "values-2-value": "5.2"})
    assert sent.status_code == 303
    answer = client.send(link, **{**MEASURE, "version": version, "values-2-value": "4.9"})
    assert answer.status_code == 409
    assert "changed by Consultant" in answer.text
    assert '<td class="figure">5.2</td>' in answer.text
    assert value(answer.text, "values-2-value") == "4.9"
    newer = value(answer.text, "version")
    assert (
        client.send(link, **{**MEASURE, "version": newer, "values-2-value": "4.9"}).status_code
        == 303
    )
    assert value(client.get(link).text, "values-2-value") == "4.9"


def test_a_measure_is_removed_as_it_was_shown(client, address):
    link = add(client, address)
    assert client.send(f"{link}/remove", version="7").status_code == 409
    assert client.send(f"{link}/remove", version="1").status_code == 303
    assert client.get(link).status_code == 404


def test_a_file_is_shown_first_and_then_read_in(client, address):
    add(client, address)
    shown = client.send(f"{address}/measures/file", text=FILE).text
    assert "Nothing is changed yet." in shown
    assert "=Talks" in shown
    assert "<ins><bdi>4.75</bdi></ins>" in shown
    assert "=Talks" not in client.get(f"{address}/measures").text
    assert client.send(f"{address}/measures/file", text=FILE, go="import").status_code == 303
    page = client.get(f"{address}/measures").text
    assert "1 measure is added. 1 measure is changed." in page
    again = client.send(f"{address}/measures/file", text=FILE).text
    assert "Import it" not in again


def test_a_bad_file_is_refused_with_the_place_of_every_problem(client, address):
    answer = client.send(f"{address}/measures/file", text=FILE + "9,x,,up,,,,,\n", go="import")
    assert answer.status_code == 422
    assert "Line 4, column 1" in answer.text
    assert "No measure yet" in client.get(f"{address}/measures").text
    assert client.send(f"{address}/measures/file", text=" ").status_code == 422


def test_the_download_is_text_to_a_spreadsheet_and_reads_in_again(client, address):
    client.send(f"{address}/measures/file", text=FILE, go="import")
    answer = client.get(f"{address}/measures.csv")
    assert answer.headers["Content-Disposition"].endswith('-measures.csv"')
    text = answer.data.decode("utf-8-sig")
    assert "1.1,'=Talks,a year,higher,2026-12-31,4,,," in text
    assert "Import it" not in client.send(f"{address}/measures/file", text=text).text


def test_measures_go_on_into_the_next_cycle(installation):
    first = make_round(installation, CRITERIA)
    consultant = installation.signed_in("consultant")
    add(consultant, f"/cycles/{first.cycle_id}")
    second = make_round(installation, CRITERIA, title="Next", previous=first)
    address = f"/cycles/{second.cycle_id}/measures"
    page = consultant.get(address).text
    assert "1 measure of the last cycle can go on here" in page
    assert consultant.send(f"{address}/take-over").status_code == 303
    page = consultant.get(address).text
    assert "1 measure is taken over." in page
    assert "can go on here" not in page


def test_without_a_cycle_before_nothing_is_taken_over(client, address):
    assert client.send(f"{address}/measures/take-over").status_code == 404


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_from_the_closing_on_measures_are_only_read(installation, client, state):
    made = make_round(installation, CRITERIA)
    with installation.session() as session, session.begin():
        session.delete(session.scalar(select(Cycle).where(Cycle.id != made.cycle_id)))
    address = f"/cycles/{made.cycle_id}"
    link = add(client, address)
    close(installation, state)
    page = client.get(f"{address}/measures").text
    assert "Complaints" in page
    assert "Change<" not in page
    assert "Add a measure" not in page
    for path in (f"{address}/measures/new", link, f"{address}/measures/file"):
        assert client.get(path).status_code == 409
        assert client.send(path, **MEASURE).status_code == 409
    assert client.send(f"{link}/remove", version="1").status_code == 409


def test_a_leader_of_one_unit_has_no_say_on_figures_of_the_whole(installation, address):
    client = installation.signed_in("unit leader")
    assert client.get(f"{address}/measures").status_code == 403
    assert client.send(f"{address}/measures/new", **MEASURE).status_code == 403
    assert f'href="{address}/measures"' not in client.get(address).text


def test_another_organisation_s_measures_are_not_there(installation, client, address):
    link = add(client, address)
    stranger = installation.signed_in("stranger")
    for path in (f"{address}/measures", link, f"{address}/measures.csv"):
        assert stranger.get(path).status_code == 404
    assert stranger.send(f"{link}/remove", version="1").status_code == 404


@pytest.mark.parametrize(
    "text", ['"><img src=x onerror=alert(1)>', "<svg onload=alert(1)>", "{{ 7*7 }}", "\u202ex"]
)
def test_what_was_typed_is_shown_as_typed_and_creates_nothing(client, address, text):
    client.send(
        f"{address}/measures/new", **{**MEASURE, "title": text, "unit": text[:40], "source": text}
    )
    tree = parse_strictly(client.get(f"{address}/measures").text)
    assert tree.findall(".//img[@onerror]") == []
    assert tree.findall(".//svg[@onload]") == []
    assert text in [each.text for each in tree.findall(".//h3/bdi")]


# Beside the item


@pytest.fixture
def asked(installation):
    made = make_round(installation, CRITERIA)
    add(installation.signed_in("consultant"), f"/cycles/{made.cycle_id}")
    return made


def test_who_judges_an_item_sees_its_measures_beside_it(asked):
    judge = asked.enter("ann")
    page = judge.get(item_address("2.2")).text
    assert "Complaints: improving." in page
    assert "Consumer council" in page
    assert "Complaints" not in judge.get(item_address("1.1")).text


def test_staff_and_leaders_do_not_see_them(asked):
    for code in ("sam", "lea"):
        assert "Complaints" not in asked.enter(code).get(item_address("2.2")).text


def test_measures_cost_staff_no_statement_and_judges_one(asked, engine):
    judge, staff = asked.enter("ann"), asked.enter("sam")
    for client, most, measures in ((judge, 4, 1), (staff, 4, 0)):
        client.get(item_address("2.2"))
        with counted_statements(engine) as sent:
            assert client.get(item_address("2.2")).status_code == 200
        assert len(sent) <= most
        assert sum("measure" in statement for statement in sent) == measures


def test_measures_stand_in_the_database_with_who_changed_them(installation, client, address):
    add(client, address)
    with installation.session() as session:
        kept = session.execute(select(Measure)).scalar_one()
        assert (kept.changed_by, kept.version, kept.target) == ("Leader", 1, "4.5")

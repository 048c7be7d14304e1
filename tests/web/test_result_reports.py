"""The paper on the web: made, watched, fetched, recognised; and one number wherever it stands."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from fractions import Fraction
from urllib.parse import unquote_plus

import pytest
from sqlalchemy import select

from assessment.core.text import shown
from assessment.exchange.result import result_json
from assessment.services.reports import score_answers
from assessment.store.tables import Job, Unit
from tests.closed import ANSWERS, CRITERIA, closed_cycle
from tests.figures import sheets_of, value_at
from tests.reporting.pdf_checks import text_of
from tests.web.installation import MORNING

WARD = ANSWERS.replace(",Plant,", ",Ward 3,")
PAPER = {"paper": "a4", "extent": "whole"}
BOARD = {"paper": "letter", "extent": "board"}


def closed(installation, answers: str = WARD, **plan: object) -> str:
    """The address of the results of a closed cycle in which Ward 3 took part."""
    with installation.session() as session, session.begin():
        row = closed_cycle(session, installation.organisation.id, answers, MORNING, **plan)
        address = f"/cycles/{row.id}/results"
    installation.do_jobs()
    return address


def unit(installation, name: str):
    with installation.session() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


@pytest.fixture
def results(installation) -> str:
    return closed(installation)


def made(installation, client, results, fields=BOARD, way="reports", part="") -> str:
    """Have a file made; the address it is at."""
    answer = client.send(f"{results}/{way}{part}", **fields)
    assert answer.status_code == 303, answer.text
    assert installation.do_jobs() == 1
    return f"{results}/reports/{answer.location.rpartition('/')[2]}"


# Making and fetching


def test_a_leader_asks_watches_and_fetches_the_report(installation, results):
    leader = installation.signed_in("leader")
    assert f"{results}/reports" in leader.get(results).text
    page = leader.get(f"{results}/reports").text
    assert "Make the report" in page
    job = leader.send(f"{results}/reports", **BOARD).location
    assert "It waits for its turn." in leader.get(job).text
    assert "waits" in leader.get(f"{results}/reports").text
    address = f"{results}/reports/{job.rpartition('/')[2]}"
    assert leader.get(address).status_code == 404
    assert installation.do_jobs() == 1
    assert address in leader.get(job).text
    answer = leader.get(address)
    assert answer.data.startswith(b"%PDF")
    digest = hashlib.sha256(answer.data).hexdigest()
    for each in (job, f"{results}/reports"):
        assert digest in leader.get(each).text
    assert leader.send(f"{results}/reports", **BOARD).location == f"{results}/reports"


def test_a_file_is_handed_out_as_a_download_and_as_nothing_else(installation, results):
    leader = installation.signed_in("leader")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    found = [
        (made(installation, leader, results), "application/pdf",
         "Northwind-Care-Spring-2026-gap-report-board-paper.pdf"),
        (made(installation, leader, results, {}, "workbook"), sheet,
         "Northwind-Care-Spring-2026-results.xlsx"),
    ]  # fmt: skip
    found += [
        (f"{results}/release.{form}", kind, f'"spring-2026-results.{form}"')
        for form, kind in (("csv", "text/csv; charset=utf-8"), ("json", "application/json"))
    ]
    for address, kind, name in found:
        answer = leader.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.content_length == len(answer.data)


def test_a_name_in_another_script_stays_in_the_file_name(installation):
    results = closed(installation, title="Весна “2026”\\ ../x")
    leader = installation.signed_in("leader")
    answer = leader.get(made(installation, leader, results, {}, "workbook"))
    said = answer.headers["Content-Disposition"]
    assert "filename*=UTF-8''Northwind-Care-%D0%92%D0%B5" in said
    assert "2026-x-results.xlsx" in said


@pytest.mark.parametrize("fields", [{"paper": "a3"}, {"extent": "half"}])
def test_a_choice_that_is_not_offered_makes_nothing(installation, results, fields):
    leader = installation.signed_in("leader")
    assert leader.send(f"{results}/reports", **{**BOARD, **fields}).status_code == 404
    with installation.session() as session:
        assert not session.scalars(select(Job).where(Job.kind == "report")).all()


def test_who_asks_for_too_much_at_once_is_told_so(installation, results):
    leader = installation.signed_in("leader")
    wanted = [f"?unit={unit(installation, name)}" for name in ("Ward 3", "Office")]
    for part in ("", *wanted):
        for extent in ("whole", "board"):
            answer = leader.send(f"{results}/reports{part}", paper="a4", extent=extent)
    assert answer.status_code == 422
    assert "5 of your requests wait already." in answer.text


# Whose it is


def test_who_leads_one_unit_gets_its_report_and_no_other(installation, results):
    leader, ward = installation.signed_in("leader"), installation.signed_in("unit leader")
    own, office = (unit(installation, name) for name in ("Ward 3", "Office"))
    of_ward = made(installation, leader, results, {}, "workbook", f"?unit={own}")
    of_office = made(installation, leader, results, {}, "workbook", f"?unit={office}")
    of_all = made(installation, leader, results, {}, "workbook")
    assert ward.get(of_ward).status_code == 200
    for address in (of_office, of_all):
        assert ward.get(address).status_code == 404
    assert of_ward in ward.get(f"{results}/reports").text
    assert of_all not in ward.get(f"{results}/reports").text
    for way in ("reports", "release.csv", "release.json"):
        assert ward.get(f"{results}/{way}?unit={office}").status_code == 404
    for way in ("reports", "workbook"):
        assert ward.send(f"{results}/{way}?unit={office}", **BOARD).status_code == 404
    with installation.session() as session:
        before = len(session.scalars(select(Job)).all())
    # Without a unit in the address it is theirs, never the whole.
    answer = ward.send(f"{results}/workbook", **BOARD)
    assert answer.location == f"{results}/reports?unit={own}"
    with installation.session() as session:
        assert len(session.scalars(select(Job)).all()) == before


def test_another_organisation_s_file_is_not_there(installation, results):
    leader, stranger = installation.signed_in("leader"), installation.signed_in("stranger")
    address = made(installation, leader, results, {}, "workbook")
    file = leader.get(address).data
    for each in (address, f"{results}/reports", f"{results}/release.csv"):
        assert stranger.get(each).status_code == 404
    assert "No file like this" in verified(stranger, file)
    with installation.session() as session, session.begin():
        row = closed_cycle(session, installation.people["stranger"].organisation_id)
        theirs = f"/cycles/{row.id}/results"
    assert stranger.get(f"{theirs}/reports").status_code == 200
    # Nor under the address of a cycle of their own.
    assert stranger.get(f"{theirs}/reports/{address.rpartition('/')[2]}").status_code == 404


def test_a_file_is_not_there_under_another_cycle(installation, results):
    leader = installation.signed_in("leader")
    number = made(installation, leader, results, {}, "workbook").rpartition("/")[2]
    other = closed(installation, title="Another")
    assert leader.get(f"{other}/reports/{number}").status_code == 404


# Recognising


def verified(client, data: bytes) -> str:
    client.get("/verify")
    answer = client.post(
        "/verify", data={"csrf_token": client.seal, "file": (io.BytesIO(data), "a.pdf")}
    )
    assert answer.status_code == 200
    return str(answer.text)


def test_a_report_is_recognised_by_anybody_who_is_signed_in_here(installation, results):
    leader, ward = installation.signed_in("leader"), installation.signed_in("unit leader")
    file = leader.get(made(installation, leader, results)).data
    for client in (leader, ward):
        page = verified(client, file)
        assert "Yes, unchanged." in page
        assert "Spring 2026" in page
        assert "The whole organisation" in page
        assert "1 June 2026" in page
    for other in (file[:-1], file + b"\n", b"", file.replace(b"/Type", b"/Typo", 1)):
        assert "No file like this was made here." in verified(leader, other)
    assert "Choose a file first." in leader.send("/verify").text


# One number, wherever it stands


CHANGED = WARD.replace("s1,staff,Ward 3,1.1-s1,4,", "s1,staff,Ward 3,1.1-s1,1,")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_figure_is_the_same_on_pages_paper_tables_and_in_scoring(installation, tmp_path):
    client = installation.signed_in("consultant")
    seen = []
    for title, answers in (("Before", WARD), ("After", CHANGED)):
        results = closed(installation, answers, title=title)
        result = client.get(f"{results}/release.json").json
        assert comparable(result) == comparable(scored(tmp_path, answers))
        assert figures_on_pages(client, results, result) > 60
        compare_table(client.get(f"{results}/release.csv").text, result)
        book = client.get(made(installation, client, results, {}, "workbook")).data
        compare_workbook(sheets_of(book), result)
        text = text_of(client.get(made(installation, client, results, PAPER)).data)
        compare_paper(text, result)
        seen.append((result, book, text, client.get(f"{results}/items/1.1").text))
    (before, *others), (after, *others_after) = seen
    mean = "perceived.questions[1.1-s1]", "mean"
    assert (value_at(before, *mean), value_at(after, *mean)) == (3, 1.5)
    for one, other in zip(others, others_after, strict=True):
        assert one != other


def scored(tmp_path, answers: str):
    """What `touchstone score` makes of the same files."""
    criteria, sheet = tmp_path / "points.yaml", tmp_path / "answers.csv"
    criteria.write_text(CRITERIA, encoding="utf-8")
    sheet.write_text(answers, encoding="utf-8")
    return result_json(score_answers(criteria, sheet))


def comparable(result):
    """Without what depends on how many were invited, which the file of answers does not say."""
    gaps = [
        {key: value for key, value in gap.items() if key not in ("low", "high", "verdict")}
        for gap in result["perception_gaps"]
    ]
    return {**result, "participation": None, "perception_gaps": gaps}


def figures_on_pages(client, results: str, result) -> int:
    """How many figures on the pages of results lead to their trace; each says what it is worth."""
    ways = ["", "/units", "/groups", "/gaps", "/judges", "/participation"]
    ways += [f"/categories/{each['id']}" for each in result["perceived"]["categories"]]
    ways += [f"/items/{each['id']}" for each in result["perceived"]["items"]]
    count = 0
    for way in ways:
        page = client.get(results + way)
        assert page.status_code in (200, 404)
        for place, text in re.findall(r'why\?of=([^"&]+)"[^>]*>([^<]+)<', page.text):
            place = unquote_plus(place)
            if place.startswith(OUTSIDE):
                continue
            plain = text.replace("\u00a0", " ").removesuffix("%").strip()
            if place.endswith("points"):
                plain = plain.removeprefix("+").removeprefix("−")
            assert plain.casefold() == said(place, worth(result, place)).casefold(), place
            count += 1
    return count


OUTSIDE = ("gaps[", "targets[", "changes[", "previous.")
"""What readers work out from more than the release; see reporting/test_why.py."""


def worth(result, place: str):
    """The value at *place*, also of what pages work out from the counts of the release."""
    if rate := re.fullmatch(r"participation\[([^\]]+)\](?:\[(.+)\])?\.rate", place):
        group, unit = rate.groups()
        [row] = [
            each
            for each in result["participation"]
            if (each["group"], each["unit"]) == (group, unit)
        ]
        return Fraction(100 * row["answered"], row["invited"])
    if place.endswith(".cannot_judge"):
        question = value_at(result, place.removesuffix(".cannot_judge"), "")
        return Fraction(100 * question["unknown"], question["n"] + question["unknown"])
    if place.endswith((".points", ".favourable_points")) and place.startswith("perception_gaps"):
        gap = value_at(result, place.rpartition(".")[0], "")
        kind = "favourable" if place.endswith("favourable_points") else "percent"
        return abs(gap[kind] - gap[f"staff_{kind}"])
    if place.endswith(".interval"):
        gap = value_at(result, place.removesuffix(".interval"), "")
        return f"{shown(Fraction(str(gap['low'])))} to {shown(Fraction(str(gap['high'])))}"
    return value_at(result, place, "")


def said(place: str, value) -> str:
    """A value as people read it."""
    if isinstance(value, str):
        return value
    if place.endswith("level"):
        return f"level {value}"
    exact = Fraction(str(value))
    if place.endswith("completeness"):
        return shown(100 * exact)
    return shown(exact, 2 if place.endswith("mean") else 1)


def compare_table(text: str, result) -> None:
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) > 200
    for row in rows:
        value = value_at(result, row["place"], row["figure"])
        if isinstance(value, bool):
            assert row["value"] == ("yes" if value else "no")
        elif isinstance(value, int | float):
            assert float(row["value"]) == value
        else:
            assert row["value"] == (value or "")


def compare_workbook(sheets, result) -> None:
    for sheet, part in (("Categories", "categories"), ("Items", "items")):
        heads, *rows = sheets[sheet]
        for row in rows:
            own = dict(zip(heads, row, strict=False))
            if own["Id"] == "total":
                continue
            judged = value_at(result, f"assessed.{part}[{own['Id']}]", "")
            seen = value_at(result, f"perceived.{part}[{own['Id']}]", "")
            assert own["Assessed, %"] == judged["percent"]
            assert own["Points"] == judged["points"]
            assert own["Perceived, %"] == seen["percent"]
            assert own["n"] == seen["n"]


def compare_paper(text: str, result) -> None:
    """The tables at the end of the paper, line by line."""
    text = text.replace("\u00a0", " ").replace("\r", "")
    for group in ("staff", "leaders"):
        for own in result["groups"][group]["perceived"]["questions"]:
            if own["completeness"] is None and not own["na"]:
                continue
            counts = " · ".join(str(count) for count in own["counts"].values())
            figures = [
                _cell(own["mean"], 2), _cell(own["percent"]), _cell(own["favourable"]),
                str(own["unknown"]), str(own["na"]),
                _cell(own["completeness"] and 100 * own["completeness"]), counts,
            ]  # fmt: skip
            line = f"{own['id']} {group} {own['n']} {' '.join(figures)}"
            assert line in text, line
    for own in result["assessed"]["items"]:
        figures = [_cell(own["percent"]), _cell(own["points"])]
        assert re.search(rf"{re.escape(own['id'])} [^\d–]*{' '.join(figures)} ", text), own


def _cell(value, places: int = 1) -> str:
    return "–" if value is None else shown(Fraction(str(value)), places)

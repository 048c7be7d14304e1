"""The demo's database tells the story, and nobody real is ever in it."""

import datetime
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.core.findings import find_gaps
from assessment.reporting.pages.left_out import left_out
from assessment.reporting.pages.profile import profile_page
from assessment.reporting.report_input import ReportInput
from assessment.reporting.source import Source
from assessment.services.answer_files import edition_of_cycle
from assessment.services.demo import write_example
from assessment.services.demo_folder import (
    DATABASE,
    FolderOfOthers,
    RunsAlready,
    database_url,
    demo_folder,
    forget,
    tell,
)
from assessment.services.demo_installation import seed
from assessment.services.demo_people import (
    keep_open,
    persona,
    report_job,
    rounds,
    visitor,
)
from assessment.services.editorial import editorial
from assessment.services.key_factors import key_factors
from assessment.services.measures import measures_at
from assessment.services.participation import turnout
from assessment.services.quotes import quotable
from assessment.services.reports import Sources, gap_report
from assessment.services.results import final_or_latest, part_of, previous
from assessment.services.targets import kept_targets
from assessment.store.engine import open_engine, open_sessions
from assessment.store.tables import Cycle, Organisation

NOW = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, copy_demo):
    return copy_demo(tmp_path_factory.mktemp("demo") / "told")


@pytest.fixture
def session(folder):
    """A session whose changes are thrown away: the story is told once for all tests."""
    engine = open_engine(database_url(folder))
    with open_sessions(engine)() as session:
        yield session
    engine.dispose()


def counted(session, row):
    found: dict[str, tuple[int, int]] = {}
    for each in turnout(session, row):
        invited, submitted = found.get(each.form, (0, 0))
        found[each.form] = invited + each.invited, submitted + each.submitted
    return found


def test_a_story_is_told_once(session, folder):
    assert not tell(folder)
    seed(session, folder, NOW)
    assert len(session.scalars(select(Organisation)).all()) == 1
    assert len(session.scalars(select(Cycle)).all()) == 3


def test_two_cycles_are_closed_with_their_results_and_one_is_open(session):
    known = rounds(session)
    assert (known.closed.state, known.open.state) == ("closed", "open")
    made = final_or_latest(session, known.closed)
    whole = part_of(session, made, None)
    assert previous(session, known.closed, whole) is not None
    assert whole.release.assessed.total.complete
    assert len(whole.release.measures) == 12


def test_six_units_120_staff_and_14_leaders_have_answered(session):
    known = rounds(session).closed
    assert counted(session, known)["staff"] == (170, 120)
    assert counted(session, known)["leaders"] == (16, 14)
    assert len({each.unit for each in turnout(session, known) if each.unit}) == 6


def test_what_leaders_aim_at_and_say_is_there(session):
    row = rounds(session).closed
    words = editorial(session, row)
    assert len(kept_targets(session, row)) == 10
    assert words.state == "checked"
    assert len(words.words.decisions) == 3
    release = part_of(session, final_or_latest(session, row), None).release
    assert len(quotable(session, row, release.comments)) == 3


def test_the_report_is_asked_for(session):
    assert report_job(session).state == "waiting"


def test_an_assessor_of_the_open_cycle_has_key_factors_and_measures_to_judge_by(session):
    row = rounds(session).open
    factors = key_factors(session, row, edition_of_cycle(session, row).framework)
    assert sum(bool(each.answers) for each in factors) == 8
    assert len(measures_at(session, row.organisation_id, row.id, "7.1")) == 5


def test_the_open_cycle_is_under_way(session):
    asked, submitted = counted(session, rounds(session).open)["staff"]
    assert 0 < submitted < asked


def test_who_has_submitted_makes_room_for_the_next_visitor(session):
    first = visitor(session, "staff", NOW)
    assert visitor(session, "staff", NOW) is first
    first.submitted_at = NOW
    session.flush()
    second = visitor(session, "staff", NOW)
    assert second.id != first.id
    assert second.name == first.name
    assert visitor(session, "staff", NOW).id == second.id


def test_a_visitor_of_a_cycle_that_somebody_has_closed_is_the_one_who_was_there(session):
    first = visitor(session, "assessors", NOW)
    first.submitted_at = NOW
    rounds(session).open.state = "closed"
    session.flush()
    assert visitor(session, "assessors", NOW).id == first.id


def test_a_demo_that_was_kept_for_months_goes_on(session):
    row = rounds(session).open
    late = datetime.datetime.combine(row.closes_on, datetime.time(12), datetime.UTC)
    late += datetime.timedelta(days=200)
    keep_open(session, late)
    assert rounds(session).open.closes_on > late.date()


@pytest.mark.parametrize("role", ["leader", "consultant", "administrator"])
def test_everybody_is_invented_and_their_addresses_lead_nowhere(session, role):
    assert persona(session, role).email.endswith(".example")


def test_a_folder_of_a_real_installation_is_left_alone(tmp_path):
    for name in ("touchstone.sqlite", "secret-key"):
        real = tmp_path / name
        real.write_text("real")
        with (
            pytest.raises(FolderOfOthers, match="holds something other than a demo"),
            demo_folder(tmp_path),
        ):
            pytest.fail("it was taken")
        assert real.read_text() == "real"
        real.unlink()


def test_a_database_that_only_bears_the_name_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / DATABASE) as stranger:
        stranger.execute("CREATE TABLE alembic_version (version_num TEXT)")
        stranger.execute("INSERT INTO alembic_version VALUES ('step_001')")
    stranger.close()
    with pytest.raises(FolderOfOthers):
        tell(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="files are held on POSIX alone")
def test_a_folder_is_for_one_demo_at_a_time(tmp_path):
    with (
        demo_folder(tmp_path),
        pytest.raises(RunsAlready, match="Stop it first"),
        demo_folder(tmp_path),
    ):
        pytest.fail("it was taken twice")
    with demo_folder(tmp_path):
        pass


def test_beginning_anew_takes_away_the_demo_and_nothing_else(tmp_path):
    (tmp_path / DATABASE).touch()
    (tmp_path / f"{DATABASE}-wal").touch()
    (tmp_path / "files").mkdir()
    mine = tmp_path / "notes.txt"
    mine.write_text("mine")
    forget(tmp_path)
    assert list(tmp_path.iterdir()) == [mine]


def test_a_demo_is_its_owners_alone(folder):
    assert os.name != "posix" or Path(folder, DATABASE).stat().st_mode & 0o077 == 0


def changes_of(table):
    """What the profile's table says of the change of each category, and of the whole."""
    (place,) = [at for at, each in enumerate(table.columns[1:]) if each.title == "clear change"]
    return [row.cells[place] for row in table.rows]


@pytest.mark.parametrize("is_known", [True, False])
def test_files_say_what_the_installation_says_or_that_they_know_less(session, tmp_path, is_known):
    example = write_example(tmp_path)
    invited = example.previous_invited if is_known else None
    files = gap_report(
        Sources(
            example.criteria, example.answers, example.previous, None, example.invited, None,
            invited,
        ),
        ReportInput(NOW.date()),
    )  # fmt: skip
    row = rounds(session).closed
    whole = part_of(session, final_or_latest(session, row), None)
    now, before = whole.release, previous(session, row, whole).release
    here = Source(now, find_gaps(now, {}), before, ReportInput(NOW.date()))
    ours, theirs = changes_of(profile_page(here).table), changes_of(files.board.profile.table)
    said = "how many were invited then is not known"
    assert not any(said in line for line in left_out(here, frozenset()))
    assert any(said in line for line in files.left_out) is not is_known
    if is_known:
        assert theirs == ours
    else:
        assert theirs.count("no") >= ours.count("no")

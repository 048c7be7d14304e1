"""How a database is opened: the settings that carry our promises."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
import stat
import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from assessment.store import engine as engine_module
from assessment.store.engine import journal, open_engine, open_sessions
from assessment.store.faults import Busy, NotKept, fault_of
from assessment.store.ids import new_id
from assessment.store.schema import upgrade
from assessment.store.tables import Organisation, SheetRow, Unit

NOW = datetime.datetime(2026, 5, 4, 10, 0, tzinfo=datetime.UTC)


def an_organisation(name: str = "North Works", created_at: datetime.datetime = NOW) -> Organisation:
    return Organisation(
        id=new_id(), name=name, time_zone="UTC", language="en", created_at=created_at
    )


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")), ((3, 44, 5), ("DELETE", "EXTRA")),
        ((3, 44, 6), ("WAL", "FULL")), ((3, 45, 0), ("DELETE", "EXTRA")),
        ((3, 50, 6), ("DELETE", "EXTRA")), ((3, 50, 7), ("WAL", "FULL")),
        ((3, 51, 2), ("DELETE", "EXTRA")), ((3, 51, 3), ("WAL", "FULL")), ((4, 0), ("WAL", "FULL")),
    ],
)  # fmt: skip
def test_the_journal_is_chosen_by_the_version(version, mode):
    assert journal(version) == mode


def test_every_connection_to_sqlite_has_its_settings(tmp_path):
    opened = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with opened.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "busy_timeout", "trusted_schema", "journal_mode")
        }
        durable = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    mode, synchronous = journal()
    assert found == {
        "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0, "journal_mode": mode.lower(),
    }  # fmt: skip
    assert durable == {"FULL": 2, "EXTRA": 3}[synchronous]
    opened.dispose()


def test_a_new_sqlite_database_is_its_owner_s_alone(tmp_path):
    path = tmp_path / "data" / "a.sqlite3"
    opened = open_engine(f"sqlite:///{path}")
    upgrade(opened)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    opened.dispose()


def test_moments_come_back_in_utc_from_any_time_zone(sessions):
    east = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    row = an_organisation(created_at=NOW.astimezone(east))
    with sessions() as session:
        session.add(row)
        session.commit()
    with sessions() as session:
        found = session.get(Organisation, row.id).created_at
    assert (found, found.utcoffset()) == (NOW, datetime.timedelta(0))


def test_a_moment_without_a_time_zone_is_refused(session):
    session.add(an_organisation(created_at=NOW.replace(tzinfo=None)))
    with pytest.raises(Exception, match="without a time zone"):
        session.flush()


def test_both_databases_refuse_what_breaks_a_rule(sessions):
    def refused(*rows):
        with sessions() as session:
            for row in rows:
                session.add(row)
                with pytest.raises(IntegrityError) if row is rows[-1] else contextlib.nullcontext():
                    session.flush()

    first = an_organisation()
    refused(an_organisation("x" * 201)) if sessions.kw["bind"].name == "sqlite" else None
    refused(Unit(organisation_id=new_id(), id=new_id(), parent_id=None, name="A", position=1))
    refused(
        SheetRow(
            organisation_id=new_id(), respondent_id=new_id(), slots=b"", not_applicable=[],
            marked=[], version=0, saved_at=None,
        )
    )  # fmt: skip
    refused(first, Organisation(id=new_id(), name=None, time_zone="", language="", created_at=NOW))


def test_a_reading_session_cannot_write(reading_sessions, sessions):
    with reading_sessions() as session:
        session.add(an_organisation())
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            session.flush()
    with sessions() as session:  # and the same connection can, afterwards
        session.add(an_organisation())
        session.commit()


def test_a_reader_does_not_wait_for_a_writer(sessions, reading_sessions):
    with sessions() as writer:
        writer.add(an_organisation())
        writer.flush()
        started = time.monotonic()
        with reading_sessions() as reader:
            assert reader.query(Organisation).count() == 0
        assert time.monotonic() - started < 2
        writer.commit()


def test_two_writers_wait_for_each_other_instead_of_failing(sessions):
    row = an_organisation()
    with sessions() as session:
        session.add(row)
        session.commit()
    failed = []

    def write(count):
        try:
            for _ in range(count):
                with sessions() as session:
                    session.execute(text("SELECT name FROM organisation")).all()
                    session.execute(text("UPDATE organisation SET language = language || 'x'"))
                    session.commit()
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
            failed.append(error)

    writers = [threading.Thread(target=write, args=(3,), daemon=True) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert failed == []
    with sessions() as session:
        assert session.get(Organisation, row.id).language == "en" + "x" * 12


def test_a_locked_database_is_waited_for_and_then_said_to_be_busy(tmp_path, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 300)
    path = tmp_path / "a.sqlite3"
    opened = open_engine(f"sqlite:///{path}")
    upgrade(opened)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    sessions = open_sessions(opened)
    started = time.monotonic()
    with sessions() as session, pytest.raises(Busy):
        session.execute(text("SELECT 1"))
    assert 0.25 < time.monotonic() - started < 3
    other.execute("ROLLBACK")
    other.close()
    with sessions() as session:
        session.add(an_organisation())
        session.commit()
    opened.dispose()


def test_every_fault_has_its_name():
    def of(code):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        return type(fault_of(error)).__name__

    assert [of(code) for code in (5, 261, 6, 13, 10, 1034, 11)] == [
        "Busy", "Busy", "Busy", "NoRoom", "Broken", "Broken", "Broken",
    ]  # fmt: skip
    assert fault_of(ValueError("x")) is None
    assert issubclass(Busy, NotKept)

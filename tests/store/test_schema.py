"""The schema: upgraded from nothing, the same as the tables, and never by two at once."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from assessment.store.engine import open_engine
from assessment.store.schema import SchemaTooNew, standing, upgrade
from assessment.store.tables import Base


def test_tables_and_migrations_agree(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_key_leads_with_the_organisation():
    free = {"organisation", "session", "sign_in_link"}  # what has no organisation yet
    led = {
        table.name
        for table in Base.metadata.sorted_tables
        if next(iter(table.primary_key)).name == "organisation_id"
    }
    assert {table.name for table in Base.metadata.sorted_tables} - led == free


def test_an_empty_database_is_upgraded_once_and_then_current(tmp_path):
    opened = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    assert standing(opened) == "empty"
    upgrade(opened)
    upgrade(opened)
    assert standing(opened) == "current"
    opened.dispose()


def test_a_newer_schema_is_left_alone(engine):
    with engine.begin() as connection:
        ours = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("UPDATE alembic_version SET version_num = '999'"))
    assert standing(engine) == "newer"
    try:
        with pytest.raises(SchemaTooNew, match="newer version"):
            upgrade(engine)
    finally:
        with engine.begin() as connection:
            restored = text("UPDATE alembic_version SET version_num = :ours")
            connection.execute(restored, {"ours": ours})


def test_four_upgrades_at_once_make_one(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    failed = []

    def run():
        opened = open_engine(url)
        try:
            upgrade(opened)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
            failed.append(error)
        opened.dispose()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    opened = open_engine(url)
    assert (failed, standing(opened)) == ([], "current")
    opened.dispose()


def test_foreign_keys_hold_again_after_an_upgrade(tmp_path):
    opened = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    upgrade(opened)
    with opened.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    opened.dispose()

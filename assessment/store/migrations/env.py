"""What Alembic runs for every command: the connection is passed in, nothing is configured here."""

from __future__ import annotations

from alembic import context

from assessment.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
context.run_migrations()

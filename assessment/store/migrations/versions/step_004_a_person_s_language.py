"""The language a person wants the pages in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The language a person wants the pages in."""
    op.add_column(
        "person", sa.Column("language", sa.String(length=16), nullable=False, server_default="")
    )

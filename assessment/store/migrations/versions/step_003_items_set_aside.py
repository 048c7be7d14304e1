"""A cycle's lead sets whole items aside for everybody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A cycle's lead sets whole items aside for everybody."""
    op.add_column("cycle", sa.Column("set_aside", sa.JSON(), nullable=False, server_default="{}"))

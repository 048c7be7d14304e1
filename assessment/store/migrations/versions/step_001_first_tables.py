"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first tables."""

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_organisation_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )

    op.create_table(
        "edition",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_edition_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "sha256", name=op.f("pk_edition")),
    )

    op.create_table(
        "person",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(email) <= 200", name=op.f("ck_person_email_length")),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_person_name_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint(
            "organisation_id", "email", name=op.f("uq_person_organisation_id_email")
        ),
    )
    op.create_index("ix_person_email", "person", ["email"], unique=False)

    op.create_table(
        "unit",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_unit_name_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "parent_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_unit_organisation_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_unit_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_unit")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_unit_organisation_id_name")),
    )

    op.create_table(
        "criteria_upload",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_criteria_upload_name_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "sha256"],
            ["edition.organisation_id", "edition.sha256"],
            name=op.f("fk_criteria_upload_organisation_id_sha256"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "name", name=op.f("pk_criteria_upload")),
    )

    op.create_table(
        "cycle",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sponsor", sa.String(length=200), nullable=False),
        sa.Column("criteria", sa.String(length=200), nullable=False),
        sa.Column("edition_sha256", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('named')", name=op.f("ck_cycle_mode")),
        sa.CheckConstraint(
            "state = 'draft' OR edition_sha256 IS NOT NULL", name=op.f("ck_cycle_pinned")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closing', 'closed')", name=op.f("ck_cycle_state")
        ),
        sa.CheckConstraint("length(purpose) <= 10000", name=op.f("ck_cycle_purpose_length")),
        sa.CheckConstraint("length(sponsor) <= 200", name=op.f("ck_cycle_sponsor_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_cycle_title_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "edition_sha256"],
            ["edition.organisation_id", "edition.sha256"],
            name=op.f("fk_cycle_organisation_id_edition_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "previous_id"],
            ["cycle.organisation_id", "cycle.id"],
            name=op.f("fk_cycle_organisation_id_previous_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_cycle_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_cycle")),
    )

    op.create_table(
        "role",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "role IN ('leader', 'consultant', 'administrator')", name=op.f("ck_role_role")
        ),
        sa.CheckConstraint(
            "unit_id IS NULL OR role = 'leader'", name=op.f("ck_role_unit_of_a_leader")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_role_organisation_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_role_organisation_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_role")),
        sa.UniqueConstraint(
            "organisation_id",
            "person_id",
            "role",
            "unit_id",
            name=op.f("uq_role_organisation_id_person_id_role_unit_id"),
        ),
    )
    op.create_index(
        "uq_role_for_everything",
        "role",
        ["organisation_id", "person_id", "role"],
        unique=True,
        sqlite_where=sa.text("unit_id IS NULL"),
        postgresql_where=sa.text("unit_id IS NULL"),
    )

    op.create_table(
        "sign_in_link",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_sign_in_link_organisation_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sign_in_link")),
    )

    op.create_table(
        "checklist_tick",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("done_by", sa.String(length=200), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cycle_id"],
            ["cycle.organisation_id", "cycle.id"],
            name=op.f("fk_checklist_tick_organisation_id_cycle_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "cycle_id", "step", name=op.f("pk_checklist_tick")
        ),
    )

    op.create_table(
        "respondent",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("pass_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(code) <= 200", name=op.f("ck_respondent_code_length")),
        sa.CheckConstraint("length(email) <= 200", name=op.f("ck_respondent_email_length")),
        sa.CheckConstraint("length(form) <= 64", name=op.f("ck_respondent_form_length")),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_respondent_name_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cycle_id"],
            ["cycle.organisation_id", "cycle.id"],
            name=op.f("fk_respondent_organisation_id_cycle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_respondent_organisation_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_respondent")),
        sa.UniqueConstraint(
            "organisation_id",
            "cycle_id",
            "code",
            name=op.f("uq_respondent_organisation_id_cycle_id_code"),
        ),
        sa.UniqueConstraint("pass_hash", name=op.f("uq_respondent_pass_hash")),
    )
    op.create_index(
        "ix_respondent_unit", "respondent", ["organisation_id", "unit_id"], unique=False
    )

    op.create_table(
        "comment",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('comment', 'strength', 'ofi', 'evidence', 'text', 'reason')",
            name=op.f("ck_comment_kind"),
        ),
        sa.CheckConstraint("length(place) <= 160", name=op.f("ck_comment_place_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_comment_text_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "respondent_id"],
            ["respondent.organisation_id", "respondent.id"],
            name=op.f("fk_comment_organisation_id_respondent_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "respondent_id", "place", "kind", name=op.f("pk_comment")
        ),
    )

    op.create_table(
        "history",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "respondent_id"],
            ["respondent.organisation_id", "respondent.id"],
            name=op.f("fk_history_organisation_id_respondent_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "respondent_id", "version", name=op.f("pk_history")
        ),
    )

    op.create_table(
        "session",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("respondent_id", sa.Uuid(), nullable=True),
        sa.Column("is_shared_device", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (respondent_id IS NULL)",
            name=op.f("ck_session_one_of_person_respondent"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_session_organisation_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "respondent_id"],
            ["respondent.organisation_id", "respondent.id"],
            name=op.f("fk_session_organisation_id_respondent_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_session")),
    )
    op.create_index("ix_session_person", "session", ["organisation_id", "person_id"], unique=False)
    op.create_index(
        "ix_session_respondent", "session", ["organisation_id", "respondent_id"], unique=False
    )

    op.create_table(
        "sheet",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("slots", sa.LargeBinary(), nullable=False),
        sa.Column("not_applicable", sa.JSON(), nullable=False),
        sa.Column("marked", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("version >= 0", name=op.f("ck_sheet_version")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "respondent_id"],
            ["respondent.organisation_id", "respondent.id"],
            name=op.f("fk_sheet_organisation_id_respondent_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "respondent_id", name=op.f("pk_sheet")),
    )

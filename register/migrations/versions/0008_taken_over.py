"""Rows that one event tells of, what was taken over from other systems, and what boards say of appointments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trail_row",
        sa.Column("object_kind", sa.String(length=60), nullable=False),
        sa.Column("object_id", sa.String(length=60), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("object_version", sa.Integer(), nullable=False),
        sa.Column("row_digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("object_kind", "object_id", name=op.f("pk_trail_row")),
    )
    with op.batch_alter_table("trail_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_row_batch"), ["batch"], unique=False)

    op.create_table(
        "appointment_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("board_number", sa.String(length=5), nullable=False),
        sa.Column("location_code", sa.String(length=6), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_claim_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_claim_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_claim")),
    )
    with op.batch_alter_table("appointment_claim", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_claim_waiting", ["person_id", "state"], unique=False)

    op.create_table(
        "taken_over",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("source_number", sa.String(length=60), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("stood", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_taken_over_person_id_person")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_taken_over_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("source", "source_number", "register_code", name=op.f("pk_taken_over")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_taken_over_registration_id")),
    )
    with op.batch_alter_table("taken_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taken_over_person_id"), ["person_id"], unique=False)

    _append_only()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER trail_row_append_only ON trail_row")
        op.execute("DROP FUNCTION trail_rows_are_append_only()")
    with op.batch_alter_table("taken_over", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_taken_over_person_id"))

    op.drop_table("taken_over")
    with op.batch_alter_table("appointment_claim", schema=None) as batch_op:
        batch_op.drop_index("ix_appointment_claim_waiting")

    op.drop_table("appointment_claim")
    with op.batch_alter_table("trail_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_row_batch"))

    op.drop_table("trail_row")


def _append_only() -> None:
    """What the trail says of a row refuses change and removal, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER trail_row_no_{verb.lower()} BEFORE {verb} ON trail_row "
                "BEGIN SELECT RAISE(ABORT, 'the trail is append only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION trail_rows_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the trail is append only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER trail_row_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_row "
        "FOR EACH STATEMENT EXECUTE FUNCTION trail_rows_are_append_only()"
    )

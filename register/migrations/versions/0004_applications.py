"""What applications ask and lack, what readers write, and what is registered of a teacher."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grant_condition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_grant_condition_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_condition")),
    )
    with op.batch_alter_table("grant_condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_condition_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index("ix_grant_condition_open", ["met_on", "due_on"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("months_before", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_reminder_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("registration_id", "due_on", "months_before", name=op.f("pk_reminder")),
    )
    op.create_table(
        "completion_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("items", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_completion_request_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_request")),
    )
    with op.batch_alter_table("completion_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_completion_request_application_id"), ["application_id"], unique=False)

    op.create_table(
        "file_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.String(length=60), nullable=False),
        sa.Column("advice", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_file_note_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_note")),
    )
    with op.batch_alter_table("file_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_note_application_id"), ["application_id"], unique=False)

    op.create_table(
        "qualification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("pedagogic_note", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("main_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_qualification_application_id_application")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_qualification_decision_id_decision")),
        sa.ForeignKeyConstraint(["main_id"], ["decision.id"], name=op.f("fk_qualification_main_id_decision")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_qualification_person_id_person")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_qualification_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_qualification_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_qualification_main_id"), ["main_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_qualification_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_qualification_registration_id"), ["registration_id"], unique=False)

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("requested_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ground", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("admitted_by", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("second_opinion", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("sampled", sa.Boolean(), nullable=True))

    with op.batch_alter_table("application_proof", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("application_proof", schema=None) as batch_op:
        batch_op.drop_column("level")

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_column("sampled")
        batch_op.drop_column("second_opinion")
        batch_op.drop_column("admitted_by")
        batch_op.drop_column("ground")
        batch_op.drop_column("requested_months")

    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_qualification_registration_id"))
        batch_op.drop_index(batch_op.f("ix_qualification_person_id"))
        batch_op.drop_index(batch_op.f("ix_qualification_main_id"))
        batch_op.drop_index(batch_op.f("ix_qualification_application_id"))

    op.drop_table("qualification")
    with op.batch_alter_table("file_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_note_application_id"))

    op.drop_table("file_note")
    with op.batch_alter_table("completion_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_completion_request_application_id"))

    op.drop_table("completion_request")
    op.drop_table("reminder")
    with op.batch_alter_table("grant_condition", schema=None) as batch_op:
        batch_op.drop_index("ix_grant_condition_open")
        batch_op.drop_index(batch_op.f("ix_grant_condition_decision_id"))

    op.drop_table("grant_condition")

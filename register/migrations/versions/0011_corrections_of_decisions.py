"""corrections of decisions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("hearing_until", sa.Date(), nullable=True),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("refuses", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("repair", sa.String(), nullable=False),
        sa.Column("found", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("gives", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("following_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('intended', 'heard') OR hearing_until IS NOT NULL",
            name=op.f("ck_correction_heard_in_a_term"),
        ),
        sa.CheckConstraint("signed_by IS NULL OR signed_by <> proposed_by", name=op.f("ck_correction_four_eyes")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_correction_decision_id_decision")),
        sa.ForeignKeyConstraint(["following_id"], ["decision.id"], name=op.f("fk_correction_following_id_decision")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("number", name=op.f("uq_correction_number")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_following_id"), ["following_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_state"))
        batch_op.drop_index(batch_op.f("ix_correction_person_id"))
        batch_op.drop_index(batch_op.f("ix_correction_following_id"))
        batch_op.drop_index(batch_op.f("ix_correction_decision_id"))

    op.drop_table("correction")

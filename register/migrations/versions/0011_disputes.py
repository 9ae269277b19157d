"""disputes"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispute_told",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_dispute_told_dispute_id_dispute")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_told")),
        sa.UniqueConstraint("dispute_id", "what", "due_on", name=op.f("uq_dispute_told_dispute_id_what_due_on")),
    )
    with op.batch_alter_table("dispute_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_told_dispute_id"), ["dispute_id"], unique=False)

    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_person_id"))
        batch_op.drop_constraint(batch_op.f("uq_exclusion_dispute_id_person_id"), type_="unique")
        batch_op.alter_column(
            "person_id", new_column_name="member_id", existing_type=sa.Uuid(), existing_nullable=False
        )

    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_exclusion_dispute_id_member_id"), ["dispute_id", "member_id"])
        batch_op.create_index(batch_op.f("ix_exclusion_member_id"), ["member_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_member_id"))
        batch_op.drop_constraint(batch_op.f("uq_exclusion_dispute_id_member_id"), type_="unique")
        batch_op.alter_column(
            "member_id", new_column_name="person_id", existing_type=sa.Uuid(), existing_nullable=False
        )

    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_exclusion_dispute_id_person_id"), ["dispute_id", "person_id"])
        batch_op.create_index(batch_op.f("ix_exclusion_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("dispute_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_told_dispute_id"))

    op.drop_table("dispute_told")

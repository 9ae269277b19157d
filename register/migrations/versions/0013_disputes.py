"""disputes"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconsideration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("because_of", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("following_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state <> 'left-standing' OR reasons <> ''", name=op.f("ck_reconsideration_left_standing_with_reasons")
        ),
        sa.ForeignKeyConstraint(["because_of"], ["decision.id"], name=op.f("fk_reconsideration_because_of_decision")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_reconsideration_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["following_id"], ["decision.id"], name=op.f("fk_reconsideration_following_id_decision")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reconsideration_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconsideration")),
        sa.UniqueConstraint("decision_id", "because_of", name=op.f("uq_reconsideration_decision_id_because_of")),
        sa.UniqueConstraint("number", name=op.f("uq_reconsideration_number")),
    )
    with op.batch_alter_table("reconsideration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconsideration_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reconsideration_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_reconsideration_state_due_on", ["state", "due_on"], unique=False)

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

    with op.batch_alter_table("reconsideration", schema=None) as batch_op:
        batch_op.drop_index("ix_reconsideration_state_due_on")
        batch_op.drop_index(batch_op.f("ix_reconsideration_person_id"))
        batch_op.drop_index(batch_op.f("ix_reconsideration_decision_id"))

    op.drop_table("reconsideration")

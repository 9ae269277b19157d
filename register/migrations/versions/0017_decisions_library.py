"""decisions library"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "library_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR checked_by IS NOT NULL", name=op.f("ck_library_entry_checked_before_publication")
        ),
        sa.CheckConstraint("checked_by IS NULL OR checked_by <> prepared_by", name=op.f("ck_library_entry_four_eyes")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_library_entry_decision_id_decision")),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_library_entry_dispute_id_dispute")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_entry")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_library_entry_decision_id")),
    )
    with op.batch_alter_table("library_entry", schema=None) as batch_op:
        batch_op.create_index("ix_library_entry_state_decided_on", ["state", "decided_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("library_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_library_entry_state_decided_on")

    op.drop_table("library_entry")

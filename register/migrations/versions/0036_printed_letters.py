"""for the post of which day a letter was printed"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "printed_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_printed_letter_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_letter")),
        sa.UniqueConstraint("decision_id", "sent_on", name=op.f("uq_printed_letter_decision_id_sent_on")),
    )


def downgrade() -> None:
    op.drop_table("printed_letter")

"""which committee decides on an objection, what was laid before it, and who of a dispute advises or had a hand in it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    with op.batch_alter_table("dispute") as batch:
        batch.add_column(sa.Column("body", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("draft", json, nullable=True))
    with op.batch_alter_table("dispute_seat") as batch:
        batch.add_column(sa.Column("advises", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("involved", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("dispute_seat", "involved")  # not by a copy of the table: rows of others refer to it
    op.drop_column("dispute_seat", "advises")
    op.drop_column("dispute", "draft")
    op.drop_column("dispute", "body")

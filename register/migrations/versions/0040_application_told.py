"""which last day to decide an applicant was told, and when that it had passed"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("application") as batch:
        batch.add_column(sa.Column("told_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("late_told_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("application", "late_told_on")  # not by a copy of the table: rows of others refer to it
    op.drop_column("application", "told_due_on")  # not by a copy of the table: rows of others refer to it

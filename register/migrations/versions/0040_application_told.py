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
    with op.batch_alter_table("application") as batch:
        batch.drop_column("late_told_on")
        batch.drop_column("told_due_on")

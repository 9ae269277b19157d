"""the last day to decide that a filer was told last, and until when they could say whether they want to be heard"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dispute") as batch:
        batch.add_column(sa.Column("told_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("hearing_reply_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("dispute", "hearing_reply_until")  # not by a copy of the table: rows of others refer to it
    op.drop_column("dispute", "told_due_on")  # not by a copy of the table: rows of others refer to it

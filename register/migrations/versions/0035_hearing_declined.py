"""on which day a party said that it does not want to be heard"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dispute") as batch:
        batch.add_column(sa.Column("hearing_declined_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("dispute", "hearing_declined_on")  # not by a copy of the table: rows of others refer to it

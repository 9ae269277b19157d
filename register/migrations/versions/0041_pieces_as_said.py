"""what is said in a dispute is a piece of its file: what it is, from whom, of which day"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("piece") as batch:
        batch.add_column(sa.Column("paper", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("maker", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("made_on", sa.Date(), nullable=True))
    with op.batch_alter_table("dispute") as batch:
        batch.add_column(sa.Column("kept_from_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("dispute", "kept_from_on")  # not by a copy of the table: rows of others refer to it
    op.drop_column("piece", "made_on")
    op.drop_column("piece", "maker")
    op.drop_column("piece", "paper")

"""the words with which a measure was intended"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("measure", sa.Column("intended", column, nullable=True))


def downgrade() -> None:
    op.drop_column("measure", "intended")  # not by a copy of the table: rows of others refer to it

"""to which other body an application was sent on"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("sent_to", sa.String(length=160), nullable=True))


def downgrade() -> None:
    op.drop_column("application", "sent_to")  # not by a copy of the table: rows of others refer to it

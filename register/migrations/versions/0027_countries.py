"""the country of an address; none is the Netherlands"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("country", sa.String(length=2), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE person DROP COLUMN country")  # in place: on SQLite a batch would drop what others refer to

"""the words of a letter, kept in the transaction of its decision; its bytes are made right after"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sent_letter") as batch:
        batch.add_column(sa.Column("words", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sent_letter") as batch:
        batch.drop_column("words")

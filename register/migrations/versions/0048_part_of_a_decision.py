"""of which decision on objection, or ruling, another decision is a part"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("part_of", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("decision", "part_of")

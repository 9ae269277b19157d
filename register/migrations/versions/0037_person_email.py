"""the office finds somebody by their address without reading everybody"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_person_email", "person", ["email"])


def downgrade() -> None:
    op.drop_index("ix_person_email", "person")

"""the trail by day"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_trail_event_day", "trail_event", ["on_day", "id"])


def downgrade() -> None:
    op.drop_index("ix_trail_event_day", table_name="trail_event")

"""whether a session gave its second factor; a secret that waits for its code"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sessions that are open give their holders' staff roles nothing until a code is given."""
    with op.batch_alter_table("login_session") as batch:
        batch.add_column(sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("totp_pending", sa.String(length=400), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE login_session DROP COLUMN second_factor_at")
    op.execute("ALTER TABLE account DROP COLUMN totp_pending")

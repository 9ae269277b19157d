"""keys in use"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "platform_key_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["platform_key.id"], name=op.f("fk_platform_key_use_key_id_platform_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_key_use")),
        sa.UniqueConstraint("key_id", name=op.f("uq_platform_key_use_key_id")),
    )


def downgrade() -> None:
    op.drop_table("platform_key_use")

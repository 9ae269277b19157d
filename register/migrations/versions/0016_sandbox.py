"""sandbox"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sandbox_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.String(length=20), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_sandbox_key_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_key")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_sandbox_key_provider_id")),
        sa.UniqueConstraint("user_id", name=op.f("uq_sandbox_key_user_id")),
    )
    op.create_table(
        "sandbox_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pretended_on", sa.Date(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_sandbox_message_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_message")),
    )
    with op.batch_alter_table("sandbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_sandbox_message_provider", ["provider_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sandbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_sandbox_message_provider")

    op.drop_table("sandbox_message")
    op.drop_table("sandbox_key")
